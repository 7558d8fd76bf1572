using Microsoft.ML;
using Microsoft.ML.Data;
using TorchRef.Interop.DataViews;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchRef.Interop.Tests.DataViews;

public sealed class DataViewTensorsTests
{
    [Fact]
    public void Unsigned_numbers_take_the_next_type_that_holds_them()
    {
        using var scope = NewDisposeScope();

        Is([0, 65_535], ScalarType.Int32, OneColumn.Of<ushort>(NumberDataViewType.UInt16, 0, 65_535));
        Is([0, 4_294_967_295], ScalarType.Int64, OneColumn.Of<uint>(NumberDataViewType.UInt32, 0, 4_294_967_295));
        Is([0, long.MaxValue], ScalarType.Int64, OneColumn.Of<ulong>(NumberDataViewType.UInt64, 0, long.MaxValue));
        Assert.Equal("int64 must hold an unsigned number: expected at most 9223372036854775807 but got 9223372036854775808 in x",
            Assert.Throws<InvalidDataException>(() => OneColumn.Of<ulong>(NumberDataViewType.UInt64, 1UL << 63).ToTensor("x")).Message);
    }

    [Fact]
    public void Keys_of_each_width_are_classes_and_missing_ones_minus_one()
    {
        using var scope = NewDisposeScope();

        Is([0, 4, -1, -1], ScalarType.Int64, OneColumn.Of<byte>(new KeyDataViewType(typeof(byte), 5), 1, 5, 0, 6));
        Is([0, 4, -1, -1], ScalarType.Int64, OneColumn.Of<ushort>(new KeyDataViewType(typeof(ushort), 5), 1, 5, 0, 6));
        Is([0, 4, -1, -1], ScalarType.Int64, OneColumn.Of<uint>(new KeyDataViewType(typeof(uint), 5), 1, 5, 0, 6));
        Is([0, 4, -1, -1], ScalarType.Int64, OneColumn.Of<ulong>(new KeyDataViewType(typeof(ulong), 5), 1, 5, 0, ulong.MaxValue));
        Is([long.MaxValue - 1, -1], ScalarType.Int64, OneColumn.Of<ulong>(new KeyDataViewType(typeof(ulong), ulong.MaxValue), long.MaxValue, ulong.MaxValue));
    }

    [Fact]
    public void Sparse_vectors_are_filled_up()
    {
        using var scope = NewDisposeScope();
        var numbers = OneColumn.OfVectors(NumberDataViewType.Single, 4, new VBuffer<float>(4, 2, [5, 6], [1, 3]), new VBuffer<float>(4, 0, null!, null!), new VBuffer<float>(4, [1, 2, 3, 4]));
        var keys = OneColumn.OfVectors(new KeyDataViewType(typeof(uint), 9), 3, new VBuffer<uint>(3, 1, [7], [2]));

        Assert.True(numbers.ToTensor("x").Equals(tensor(new float[,] { { 0, 5, 0, 6 }, { 0, 0, 0, 0 }, { 1, 2, 3, 4 } })));
        Assert.True(keys.ToTensor("x").Equals(tensor(new long[,] { { -1, -1, 6 } })));
    }

    [Fact]
    public void A_vector_of_several_dimensions_keeps_them()
    {
        var view = OneColumn.Of(new VectorDataViewType(NumberDataViewType.Byte, 2, 3), new VBuffer<byte>(6, [1, 2, 3, 4, 5, 6]));

        using var read = view.ToTensor("x");

        Assert.Equal([1, 2, 3], read.shape);
        Assert.Equal(6, read[0, 1, 2].item<byte>());
    }

    [Fact]
    public void A_vector_that_is_not_as_its_column_says_is_refused()
    {
        var empty = OneColumn.OfVectors(NumberDataViewType.Single, 4, new VBuffer<float>(4, [1, 2, 3, 4]), default(VBuffer<float>));
        var longer = OneColumn.OfVectors(new KeyDataViewType(typeof(uint), 9), 1, new VBuffer<uint>(2, [1, 2]));

        Assert.Equal("a vector has the size that its column says: expected 4 places but got 0 at row 1 of x", Assert.Throws<InvalidDataException>(() => empty.ToTensor("x")).Message);
        Assert.Equal("a vector has the size that its column says: expected 1 places but got 2 at row 0 of x", Assert.Throws<InvalidDataException>(() => longer.ToTensor("x")).Message);
    }

    [Fact]
    public void What_no_tensor_holds_is_refused_by_name()
    {
        Refused("the rows of a tensor have one shape: expected vectors of a known size but x is Vector<Single>", OneColumn.OfVectors<float>(NumberDataViewType.Single, 0));
        Refused("the rows of a tensor have one shape: expected vectors of a known size but x is Vector<Single, 2, *>", OneColumn.Of<VBuffer<float>>(new VectorDataViewType(NumberDataViewType.Single, 2, 0)));
        Refused("a tensor holds numbers: expected numbers, truth values, keys or vectors of them but x is String, which ToStrings reads", OneColumn.Of<ReadOnlyMemory<char>>(TextDataViewType.Instance));
        Refused("a tensor holds numbers: expected numbers, truth values, keys or vectors of them but x is DateTime", OneColumn.Of<DateTime>(DateTimeDataViewType.Instance));
        Refused("a tensor holds numbers: expected numbers, truth values, keys or vectors of them but x is Vector<String, 3>", OneColumn.OfVectors<ReadOnlyMemory<char>>(TextDataViewType.Instance, 3));
    }

    [Fact]
    public void Columns_are_found_by_name_once()
    {
        var view = Views.Of("table", 3);

        Assert.StartsWith("a column must be there to be read: expected Number, Pair, Class but got Label", Assert.Throws<ArgumentException>(() => view.ToTensors("Number", "Label")).Message, StringComparison.Ordinal);
        Assert.StartsWith("columns are read by name: expected at least one of Number, Pair, Class but got none", Assert.Throws<ArgumentException>(() => view.ToTensors()).Message, StringComparison.Ordinal);
        Assert.StartsWith("a column is read once: expected different names but got Pair twice", Assert.Throws<ArgumentException>(() => view.ToTensors("Pair", "Pair")).Message, StringComparison.Ordinal);
        Assert.StartsWith("text is read as text: expected a column of String but Pair is Vector<Single, 2>", Assert.Throws<ArgumentException>(() => view.ToStrings("Pair")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("table")]
    [InlineData("records")]
    [InlineData("stream")]
    [InlineData("endless stream")]
    public void However_many_rows_there_are_all_are_read(string kind)
    {
        foreach (var rows in new[] { 0, 1, 1023, 1024, 1025, 5000 })
        {
            using var scope = NewDisposeScope();

            var read = Views.Of(kind, rows).ToTensors("Number", "Pair", "Class");

            Assert.True(read["Number"].Equals(arange(rows, ScalarType.Int64)));
            Assert.Equal([rows, 2], read["Pair"].shape);
            Assert.True(read["Class"].Equals(arange(rows, ScalarType.Int64).remainder(3)));
        }
    }

    [Fact]
    public void Only_the_columns_asked_for_are_read()
    {
        var view = new RecordDataView(new NumberSource(3), [.. Views.Columns(), new RecordColumn<float>("Never", NumberDataViewType.Single, (_, ref _) => throw new InvalidOperationException("nobody asked"))]);

        using var read = view.ToTensor("Class");

        Assert.Equal([0L, 1, 2], read.data<long>().ToArray());
    }

    [Fact]
    public void Reading_leaves_no_tensor_behind()
    {
        var view = Views.Of("endless stream", 3000);
        view.ToTensor("Pair").Dispose();
        var before = LiveTensors.Count();

        view.ToTensor("Pair").Dispose();

        Assert.Equal(before, LiveTensors.Count());
    }

    private static void Is(long[] expected, ScalarType type, IDataView view)
    {
        var read = view.ToTensor("x");
        Assert.Equal(type, read.dtype);
        Assert.Equal(expected, read.to_type(ScalarType.Int64).data<long>().ToArray());
    }

    private static void Refused(string message, IDataView view)
    {
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => view.ToTensor("x")).Message, StringComparison.Ordinal);
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => new DataViewBatches(view, 1, "x")).Message, StringComparison.Ordinal);
    }
}
