using Microsoft.ML;
using Microsoft.ML.Data;
using TorchRef.Interop.DataViews;
using static TorchSharp.torch;

namespace TorchRef.Interop.Tests.DataViews;

/// <summary>Views of each kind with the same content: row i has Number = i, Pair = (i, −i), and the key i modulo 3.</summary>
internal static class Views
{
    /// <summary>The kinds, for theories.</summary>
    public static TheoryData<string> Kinds => ["table", "records", "stream", "endless stream"];

    public static IDataView Of(string kind, int rows) => kind switch
    {
        "table" => Table(rows),
        "records" => new RecordDataView(new NumberSource(rows) { CanSeek = true }, Columns()),
        "stream" => new RecordDataView(new NumberSource(rows), Columns()) { PoolSize = 50 },
        _ => new RecordDataView(new NumberSource(rows) { IsCountKnown = false }, Columns()) { PoolSize = 50 },
    };

    public static TableDataView Table(int rows)
    {
        using var numbers = arange(rows, ScalarType.Int64);             // [rows]
        using var pairs = stack([numbers, -numbers], 1).to_type(ScalarType.Float32); // [rows, 2]
        using var classes = numbers.remainder(3);                       // [rows]
        return new TableDataView(TableColumn.Of("Number", numbers), TableColumn.Of("Pair", pairs), TableColumn.Keys("Class", classes, 3));
    }

    public static IEnumerable<RecordColumn> Columns() =>
    [
        new RecordColumn<long>("Number", NumberDataViewType.Int64, (record, ref value) => value = BitConverter.ToInt32(record)),
        new RecordColumn<VBuffer<float>>("Pair", new VectorDataViewType(NumberDataViewType.Single, 2), (record, ref value) =>
        {
            var editor = VBufferEditor.Create(ref value, 2);
            editor.Values[0] = BitConverter.ToInt32(record);
            editor.Values[1] = -editor.Values[0];
            value = editor.Commit();
        }),
        new RecordColumn<uint>("Class", new KeyDataViewType(typeof(uint), 3), (record, ref value) => value = (uint)(BitConverter.ToInt32(record) % 3) + 1),
    ];

    /// <summary>What is left of a cursor: identity, batch and Number of each row.</summary>
    public static List<(DataViewRowId Id, long Batch, long Number)> Rest(DataViewRowCursor cursor)
    {
        var (id, number) = (cursor.GetIdGetter(), cursor.GetGetter<long>(cursor.Schema["Number"]));
        var (rows, identity, value) = (new List<(DataViewRowId, long, long)>(), default(DataViewRowId), 0L);
        while (cursor.MoveNext())
        {
            id(ref identity);
            number(ref value);
            rows.Add((identity, cursor.Batch, value));
        }
        return rows;
    }

    public static List<(DataViewRowId Id, long Batch, long Number)> Rows(IDataView view, Random? random = null)
    {
        using var cursor = view.GetRowCursor([view.Schema["Number"]], random);
        return Rest(cursor);
    }

    public static List<long> Numbers(IDataView view, Random? random = null) => [.. Rows(view, random).Select(row => row.Number)];
}

/// <summary>Records of four bytes, each its own number.</summary>
internal sealed class NumberSource(int promised) : IRecordSource
{
    private readonly int? _actual;
    private int _open;

    public bool IsCountKnown { get; init; } = true;

    public bool CanSeek { get; init; }

    /// <summary>How many records there really are.</summary>
    public int Actual
    {
        get => _actual ?? promised;
        init => _actual = value;
    }

    /// <summary>The record whose reading fails.</summary>
    public int Broken { get; init; } = -1;

    /// <summary>Readers that nobody has disposed of.</summary>
    public int Open => Volatile.Read(ref _open);

    public int RecordLength => sizeof(int);

    public long? Count => IsCountKnown ? promised : null;

    IRecordReader IRecordSource.Open()
    {
        Interlocked.Increment(ref _open);
        return new Reader(this);
    }

    private sealed class Reader(NumberSource source) : IRecordReader
    {
        private int _next;
        private bool _disposed;

        public bool ReadNext(Span<byte> record)
        {
            if (_next == source.Actual) return false;
            ReadAt(_next++, record);
            return true;
        }

        public void ReadAt(long index, Span<byte> record)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (index == source.Broken) throw new InvalidDataException($"record {index} is damaged");
            BitConverter.TryWriteBytes(record, (int)index);
        }

        public void Dispose()
        {
            _disposed = true;
            Interlocked.Decrement(ref source._open);
        }
    }
}
