namespace TorchRef.Interop.DataViews;

/// <summary>A few rows that follow each other in the order of a cursor, with their bytes where they come from a stream.</summary>
/// <param name="capacity">How many rows fit.</param>
/// <param name="recordLength">Bytes of a row; 0 where rows are looked up by their number.</param>
internal sealed class RowBlock(int capacity, int recordLength)
{
    private readonly byte[] _bytes = new byte[checked(capacity * recordLength)];

    public int Capacity => Rows.Length;

    /// <summary>How many blocks came before it among all cursors that share the rows.</summary>
    public long Number { get; set; }

    public int Count { get; set; }

    /// <summary>The rows' numbers in the view, in any order when it is shuffled.</summary>
    public long[] Rows { get; } = new long[capacity];

    public Span<byte> Record(int index) => _bytes.AsSpan(index * recordLength, recordLength);
}
