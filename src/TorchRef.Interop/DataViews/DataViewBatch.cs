using static TorchSharp.torch;

namespace TorchRef.Interop.DataViews;

/// <summary>Some rows of a view, a tensor for each column.</summary>
public sealed class DataViewBatch : IDisposable
{
    private readonly IReadOnlyList<string> _columns;
    private readonly Tensor[] _tensors;

    internal DataViewBatch(long index, int count, IReadOnlyList<string> columns, Tensor[] tensors) => (Index, Count, _columns, _tensors) = (index, count, columns, tensors);

    /// <summary>How many batches came before it in its epoch.</summary>
    public long Index { get; }

    /// <summary>How many rows it has.</summary>
    public int Count { get; }

    /// <summary>The values of a column.</summary>
    /// <param name="column">A name that the batches were asked for.</param>
    /// <returns>(rows) for scalars, (rows, d₁, …) for vectors; the batch's own, to be read only.</returns>
    /// <exception cref="ArgumentException">The batches weren't asked for it.</exception>
    public Tensor this[string column]
    {
        get
        {
            for (var i = 0; i < _columns.Count; i++)
                if (_columns[i] == column)
                    return _tensors[i];
            throw new ArgumentException($"a batch has the columns that were asked for: expected {string.Join(", ", _columns)} but got {column}", nameof(column));
        }
    }

    internal bool IsKept { get; private set; }

    /// <summary>Leaves the tensors to the caller, who disposes of the batch then.</summary>
    /// <returns>This batch.</returns>
    public DataViewBatch Keep()
    {
        IsKept = true;
        return this;
    }

    /// <summary>Releases the tensors.</summary>
    public void Dispose()
    {
        foreach (var tensor in _tensors) tensor.Dispose();
    }
}
