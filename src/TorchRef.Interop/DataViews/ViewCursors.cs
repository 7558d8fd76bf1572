using Microsoft.ML;

namespace TorchRef.Interop.DataViews;

/// <summary>Opens the cursors of a view.</summary>
internal static class ViewCursors
{
    /// <summary>Rows that are read at once: enough that a stream is read in large pieces and threads rarely wait for each other.</summary>
    public const int BlockSize = 128;

    // Blocks for each cursor of a set, so that a slow thread leaves its share to the others.
    private const int BlocksPerCursor = 4;

    // Each cursor has room of its own for a block, whatever number is asked for.
    private const int CursorsPerProcessor = 16;

    /// <summary>How many cursors a set has: what was asked for, but no more than there are rows, nor than help.</summary>
    public static int SetSize(int n, long? rows)
    {
        var wanted = n > 0 ? Math.Min(n, CursorsPerProcessor * Environment.ProcessorCount) : Environment.ProcessorCount;
        return (int)Math.Min(wanted, Math.Max(rows ?? wanted, 1));
    }

    /// <summary>How many rows a cursor of a set takes at a time.</summary>
    public static int BlockSizeOf(int cursors, long? rows) =>
        cursors == 1 || rows is null ? BlockSize : (int)Math.Clamp((rows.Value + cursors * BlocksPerCursor - 1) / (cursors * BlocksPerCursor), 1, BlockSize);

    /// <summary>Cursors that share a feed, which is disposed of with the last of them.</summary>
    public static DataViewRowCursor[] Open(DataViewSchema schema, IReadOnlyList<ViewColumn> columns, bool[] active, IBlockFeed feed, int n, int blockSize, int recordLength)
    {
        var shared = new SharedFeed(feed, n);
        return [.. Enumerable.Range(0, n).Select(_ => new ViewCursor(schema, columns, active, shared, new RowBlock(blockSize, recordLength)))];
    }
}
