using Microsoft.ML.Data;
using TorchRef.Interop.DataViews;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchRef.Interop.Tests.DataViews;

public sealed class TableDataViewTests
{
    [Theory]
    [InlineData(ScalarType.Float32, "Single")]
    [InlineData(ScalarType.Float64, "Double")]
    [InlineData(ScalarType.Byte, "Byte")]
    [InlineData(ScalarType.Int8, "SByte")]
    [InlineData(ScalarType.Int16, "Int16")]
    [InlineData(ScalarType.Int32, "Int32")]
    [InlineData(ScalarType.Int64, "Int64")]
    [InlineData(ScalarType.Bool, "Boolean")]
    public void A_tensor_comes_back_bit_for_bit(ScalarType type, string name)
    {
        using var scope = NewDisposeScope();
        var scalars = (arange(120) * 37).remainder(101).to_type(type);   // [120]
        var vectors = scalars.view(20, 2, 3);                            // [20, 2, 3]
        using var view = new TableDataView(TableColumn.Of("x", scalars.narrow(0, 0, 20)), TableColumn.Of("v", vectors));

        Assert.Equal([name, $"Vector<{name}, 2, 3>"], view.Schema.Select(column => column.Type.ToString()!));
        var read = view.ToTensors("x", "v");
        Assert.Equal(type, read["v"].dtype);
        Assert.True(read["x"].Equals(scalars.narrow(0, 0, 20)));
        Assert.True(read["v"].Equals(vectors));
    }

    [Theory]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.BFloat16)]
    public void Short_floats_become_float32_without_loss(ScalarType type)
    {
        using var scope = NewDisposeScope();
        var values = randn(100).to_type(type);                           // [100]
        using var view = new TableDataView(TableColumn.Of("x", values));

        Assert.Same(NumberDataViewType.Single, view.Schema["x"].Type);
        Assert.True(view.ToTensor("x").to_type(type).Equals(values));
    }

    [Fact]
    public void Special_values_stay()
    {
        using var scope = NewDisposeScope();
        var values = tensor(new[] { float.NaN, float.PositiveInfinity, -0f, float.Epsilon, float.MaxValue }); // [5]
        using var view = new TableDataView(TableColumn.Of("x", values));

        Assert.Equal(values.bytes.ToArray(), view.ToTensor("x").bytes.ToArray());
    }

    [Fact]
    public void Any_memory_layout_is_read_in_its_order()
    {
        using var scope = NewDisposeScope();
        var whole = arange(24, ScalarType.Float32).view(4, 6);          // [4, 6]
        using var view = new TableDataView(TableColumn.Of("columns", whole.t().narrow(0, 1, 4)), TableColumn.Of("steps", whole[TensorIndex.Colon, TensorIndex.Slice(0, 6, 2)]), TableColumn.Of("one", ones(1).expand(4, 2)));

        Assert.True(view.ToTensor("columns").Equals(whole.t().narrow(0, 1, 4)));
        Assert.True(view.ToTensor("steps").Equals(whole[TensorIndex.Colon, TensorIndex.Slice(0, 6, 2)]));
        Assert.True(view.ToTensor("one").Equals(ones(4, 2)));
    }

    [Fact]
    public void The_view_keeps_a_handle_of_its_own()
    {
        TableDataView view;
        using (NewDisposeScope())
        {
            var parameter = nn.Parameter(ones(3, 2));
            view = new TableDataView(TableColumn.Of("x", parameter * 2));
        }

        using (view) Assert.Equal(12, view.ToTensor("x").sum().item<float>());
        var refused = Assert.Throws<ObjectDisposedException>(() => view.ToTensor("x"));
        Assert.Contains(nameof(TableDataView), refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Disposing_releases_all_tensors()
    {
        using var values = ones(10, 3);
        using var classes = zeros(10, ScalarType.Int64);
        var before = LiveTensors.Count();

        var view = new TableDataView(TableColumn.Of("x", values), TableColumn.Keys("k", classes, 2));
        Assert.NotEqual(before, Tensor.TotalCount);
        using (var read = view.ToTensor("x")) Assert.Equal(30, read.numel());
        view.Dispose();

        Assert.Equal(before, LiveTensors.Count());
    }

    [Fact]
    public void Classes_become_keys_with_names()
    {
        using var scope = NewDisposeScope();
        var classes = tensor(new long[] { 0, 2, -1, 1 });               // [4]
        using var view = new TableDataView(TableColumn.Keys("named", classes, ["a", "b", "c"]), TableColumn.Keys("counted", classes.to_type(ScalarType.Int8).view(4, 1), 7));

        Assert.True(view.Schema["named"].Type.Equals(new KeyDataViewType(typeof(uint), 3)));
        Assert.Equal("Vector<Key<UInt32, 0-6>, 1>", view.Schema["counted"].Type.ToString());
        VBuffer<ReadOnlyMemory<char>> names = default;
        view.Schema["named"].Annotations.GetValue("KeyValues", ref names);
        Assert.Equal(["a", "b", "c"], names.DenseValues().Select(name => name.ToString()));
        using var cursor = view.GetRowCursor(view.Schema);
        var (getter, key, keys) = (cursor.GetGetter<uint>(view.Schema["named"]), 0u, new List<uint>());
        while (cursor.MoveNext())
        {
            getter(ref key);
            keys.Add(key);
        }
        Assert.Equal([1, 3, 0, 2], keys);
        Assert.True(view.ToTensor("named").Equals(classes));
        Assert.True(view.ToTensor("counted").Equals(classes.view(4, 1)));
    }

    [Fact]
    public void Slots_have_names()
    {
        using var values = ones(2, 2, 2);
        using var view = new TableDataView(TableColumn.Of("x", values, ["a", "b", "c", "d"]));
        var slots = view.Schema["x"].Annotations;

        Assert.Equal("Vector<String, 4>", slots.Schema["SlotNames"].Type.ToString());
        VBuffer<ReadOnlyMemory<char>> names = default;
        slots.GetValue("SlotNames", ref names);
        Assert.Equal(["a", "b", "c", "d"], names.DenseValues().Select(name => name.ToString()));
    }

    [Fact]
    public void Numbers_and_words_are_columns_too()
    {
        using var view = new TableDataView(TableColumn.Of("loss", new[] { 0.5, double.NaN }), TableColumn.Of("step", new[] { 7L, 8L }), TableColumn.Of("name", new[] { "half", null }));

        Assert.Equal(["Double", "Int64", "String"], view.Schema.Select(column => column.Type.ToString()!));
        Assert.Equal([0.5, double.NaN], view.ToTensor("loss").data<double>().ToArray());
        Assert.Equal([7L, 8L], view.ToTensor("step").data<long>().ToArray());
        Assert.Equal(["half", ""], view.ToStrings("name"));
    }

    [Fact]
    public void Of_two_columns_with_one_name_the_second_is_found()
    {
        using var view = new TableDataView(TableColumn.Of("x", new[] { 1.0 }), TableColumn.Of("x", new[] { 2L }));

        Assert.Equal(2, view.ToTensor("x").item<long>());
        using var cursor = view.GetRowCursor([view.Schema[0]]);
        cursor.MoveNext();
        var hidden = 0.0;
        cursor.GetGetter<double>(view.Schema[0])(ref hidden);
        Assert.Equal(1, hidden);
        Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<long>(view.Schema[1]));
    }

    [Fact]
    public void What_makes_no_column_is_refused()
    {
        using var scope = NewDisposeScope();

        Refused("a column has a row for each of the first dimension: expected at least one dimension but got a scalar for x", () => TableColumn.Of("x", tensor(1f)));
        Refused("a vector of ML.NET has a size, and 0 stands for an unknown one: expected places but got [3, 0] for x", () => TableColumn.Of("x", zeros(3, 0)));
        Refused("a column has an element type that ML.NET knows: expected real numbers or truth values but got ComplexFloat32 for x", () => TableColumn.Of("x", zeros(3, ScalarType.ComplexFloat32)));
        Refused("each place of a vector has a name: expected 2 but got 1 for x", () => TableColumn.Of("x", zeros(3, 2), ["a"]));
        Refused("each place of a vector has a name: expected 0 but got 1 for x", () => TableColumn.Of("x", zeros(3), ["a"]));
        Refused("classes are whole numbers: expected an integer type but got Float32 for x", () => TableColumn.Keys("x", zeros(3), 2));
        Refused("a class is below the number of classes, and −1 is a missing one: expected −1 to 2 but got 3 in row 1 of x", () => TableColumn.Keys("x", tensor(new long[] { 0, 3, 9 }), 3));
        Refused("a class is below the number of classes, and −1 is a missing one: expected −1 to 2 but got -2 in row 0 of x", () => TableColumn.Keys("x", tensor(new long[,] { { 0, -2 }, { 1, 1 } }), 3));
        Refused("a key stands for one of some classes: expected at least 1 but got 0 for x", () => TableColumn.Keys("x", zeros(3, ScalarType.Int64), 0));
        Refused("KeyValues name something: expected at least one name but got none", () => TableColumn.Keys("x", zeros(3, ScalarType.Int64), []));
        Refused("a table has columns: expected at least one but got none", () => new TableDataView());
        Refused("the columns of a table have the same rows: expected 3, as x has, but got 4 for y", () => new TableDataView(TableColumn.Of("x", zeros(3)), TableColumn.Of("y", zeros(4))));
    }

    private static void Refused(string message, Func<object> make) => Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(make).Message, StringComparison.Ordinal);
}
