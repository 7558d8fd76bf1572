using System.Collections.Immutable;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Standins.Tests.DataView;

public class DataViewTests
{
    [Fact]
    public void A_name_finds_the_last_column_that_has_it()
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("x", NumberDataViewType.Single);
        builder.AddColumn("y", TextDataViewType.Instance);
        builder.AddColumn("x", NumberDataViewType.Double);
        var schema = builder.ToSchema();
        Assert.Equal(2, schema["x"].Index);
        Assert.Equal([true, false, false], schema.Select(column => column.IsHidden));
        Assert.Null(schema.GetColumnOrNull("z"));
        Assert.Equal(typeof(ReadOnlyMemory<char>), schema[1].Type.RawType);
    }

    [Fact]
    public void Annotations_are_read_by_their_name()
    {
        var builder = new DataViewSchema.Annotations.Builder();
        builder.AddPrimitiveValue("IsNormalized", BooleanDataViewType.Instance, true);
        var annotations = builder.ToAnnotations();
        var value = false;
        annotations.GetValue("IsNormalized", ref value);
        Assert.True(value);
        var text = "";
        Assert.Throws<InvalidOperationException>(() => annotations.GetValue("IsNormalized", ref text));
        Assert.Throws<InvalidOperationException>(() => annotations.GetValue("other", ref value));
    }

    [Fact]
    public void Types_are_equal_by_what_they_are_made_of()
    {
        Assert.True(new VectorDataViewType(NumberDataViewType.Single, 2, 3).Equals(new VectorDataViewType(NumberDataViewType.Single, ImmutableArray.Create(2, 3))));
        Assert.False(new VectorDataViewType(NumberDataViewType.Single, 6).Equals(new VectorDataViewType(NumberDataViewType.Single, 2, 3)));
        Assert.True(new KeyDataViewType(typeof(uint), 10).Equals(new KeyDataViewType(typeof(uint), 10UL)));
        Assert.False(new KeyDataViewType(typeof(uint), 10).Equals(new KeyDataViewType(typeof(byte), 10)));
    }

    [Theory]
    [InlineData("Vector<Single, 2, *>", new[] { 2, 0 })]
    [InlineData("Vector<Single, 6>", new[] { 6 })]
    [InlineData("Vector<Single>", new[] { 0 })]
    public void A_vector_type_shows_its_dimensions(string text, int[] dimensions) =>
        Assert.Equal(text, new VectorDataViewType(NumberDataViewType.Single, dimensions).ToString());

    [Fact]
    public void A_key_has_as_many_values_as_fit()
    {
        Assert.Equal("Key<Byte, 0-254>", new KeyDataViewType(typeof(byte), 255).ToString());
        Assert.ThrowsAny<ArgumentException>(() => new KeyDataViewType(typeof(byte), 256));
        Assert.ThrowsAny<ArgumentException>(() => new KeyDataViewType(typeof(byte), 0));
        Assert.ThrowsAny<ArgumentException>(() => new KeyDataViewType(typeof(int), 3));
    }

    [Fact]
    public void A_sparse_vector_holds_zeros_where_it_holds_nothing()
    {
        var sparse = new VBuffer<float>(5, 2, [1, 2], [1, 3]);
        Assert.Equal([0, 1, 0, 2, 0], sparse.DenseValues());
        Assert.Equal(2, sparse.GetItemOrDefault(3));
        Assert.Equal(0, sparse.GetItemOrDefault(4));
        var slice = default(VBuffer<float>);
        sparse.CopyTo(ref slice, 1, 3);
        Assert.Equal([1, 0, 2], slice.DenseValues());
        Assert.False(slice.IsDense);
        sparse.CopyToDense(ref slice);
        Assert.Equal([0, 1, 0, 2, 0], slice.GetValues().ToArray());
        Assert.Equal([KeyValuePair.Create(1, 1f), KeyValuePair.Create(3, 2f)], sparse.Items());
    }

    [Fact]
    public void An_editor_uses_the_arrays_that_are_there()
    {
        var vector = new VBuffer<int>(3, [1, 2, 3]);
        var editor = VBufferEditor.Create(ref vector, 2);
        editor.Values[0] = 7;
        Assert.False(editor.CreatedNewValues);
        vector = editor.Commit();
        Assert.Equal([7, 2], vector.GetValues().ToArray());
        Assert.True(VBufferEditor.Create(ref vector, 9).CreatedNewValues);
    }

    [Fact]
    public void Row_ids_derived_in_different_ways_differ()
    {
        var id = new DataViewRowId(5, 0);
        var derived = new[] { id, id.Next(), id.Fork(), id.Combine(id), id.Next().Next() };
        Assert.Equal(derived.Length, derived.Distinct().Count());
        Assert.True(id.CompareTo(new DataViewRowId(0, 1)) < 0);
    }

    [Fact]
    public void A_cursor_reads_the_rows_of_a_view()
    {
        IDataView view = new Numbers(3);
        var column = view.Schema["x"];
        using var cursor = view.GetRowCursor([column]);
        var getter = cursor.GetGetter<float>(column);
        var (read, value) = (new List<float>(), 0f);
        while (cursor.MoveNext())
        {
            getter(ref value);
            read.Add(value);
        }
        Assert.Equal([0, 10, 20], read);
    }

    private sealed class Numbers(int count) : IDataView
    {
        public bool CanShuffle => false;

        public DataViewSchema Schema { get; } = MakeSchema();

        public long? GetRowCount() => count;

        public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => new Cursor(Schema, count);

        public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded, rand)];

        private static DataViewSchema MakeSchema()
        {
            var builder = new DataViewSchema.Builder();
            builder.AddColumn("x", NumberDataViewType.Single);
            return builder.ToSchema();
        }
    }

    private sealed class Cursor(DataViewSchema schema, int count) : DataViewRowCursor
    {
        private long _position = -1;

        public override long Position => _position;

        public override long Batch => 0;

        public override DataViewSchema Schema => schema;

        public override bool MoveNext() => ++_position < count;

        public override bool IsColumnActive(DataViewSchema.Column column) => true;

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = new DataViewRowId((ulong)_position, 0);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
            (ValueGetter<TValue>)(object)(ValueGetter<float>)((ref float value) => value = 10 * _position);
    }
}
