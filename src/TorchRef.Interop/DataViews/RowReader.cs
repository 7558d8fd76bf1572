using Microsoft.ML;
using static TorchSharp.torch;

namespace TorchRef.Interop.DataViews;

/// <summary>Reads columns of a view front to back, some rows at a time.</summary>
internal sealed class RowReader : IDisposable
{
    private readonly DataViewRowCursor _cursor;
    private readonly ColumnBuffer[] _buffers;
    private readonly int _capacity;

    /// <param name="view">The view.</param>
    /// <param name="columns">What to read of it.</param>
    /// <param name="capacity">How many rows at a time.</param>
    /// <param name="random">Decides the order; null for the view's own.</param>
    public RowReader(IDataView view, IReadOnlyList<ColumnReader> columns, int capacity, Random? random)
    {
        _capacity = capacity;
        _cursor = view.GetRowCursor(columns.Select(column => column.Column), random);
        try
        {
            _buffers = [.. columns.Select(column => column.Open(_cursor, capacity))];
        }
        catch
        {
            _cursor.Dispose();
            throw;
        }
    }

    /// <summary>Reads the next rows.</summary>
    /// <returns>How many: fewer than the capacity only at the end, and then 0.</returns>
    public int Read()
    {
        var count = 0;
        for (; count < _capacity && _cursor.MoveNext(); count++)
            foreach (var buffer in _buffers) buffer.Read(count);
        return count;
    }

    /// <summary>The rows that were read, a tensor for each column, in no dispose scope.</summary>
    public Tensor[] ToTensors(int count) => [.. _buffers.Select(buffer => buffer.ToTensor(count))]; // each [count, …]

    public void Dispose() => _cursor.Dispose();
}
