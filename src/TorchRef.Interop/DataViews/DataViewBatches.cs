using System.Collections;
using Microsoft.ML;
using static TorchSharp.torch;

namespace TorchRef.Interop.DataViews;

/// <summary>Any IDataView as mini-batches of tensors, streaming: no more rows are in memory than a batch has, and those read ahead.</summary>
/// <remarks>
/// <para>Element types and shapes are those of <see cref="DataViewTensors"/>.</para>
/// <para>
/// A batch is valid until the next is asked for, which releases it, as leaving the loop does; <see cref="DataViewBatch.Keep"/>
/// leaves it to the caller. Whatever dispose scope the loop runs in, it has no part in this.
/// </para>
/// <para>
/// The order of an epoch depends on <see cref="ShuffleSeed"/> and the epoch's number alone, so that a training that goes on with
/// epoch 7 sees the batches which it would have seen. Reading ahead changes nothing but the time.
/// </para>
/// </remarks>
public sealed class DataViewBatches : IEnumerable<DataViewBatch>
{
    private readonly IDataView _view;
    private readonly int _batchSize, _prefetch;
    private readonly int? _shuffleSeed;
    private readonly string[] _columns;
    private readonly ColumnReader[] _readers;

    /// <summary>Describes batches; nothing is read yet.</summary>
    /// <param name="view">Any view.</param>
    /// <param name="batchSize">Rows of a batch; the last may have fewer.</param>
    /// <param name="columns">The columns' names, at least one. Only these are read.</param>
    /// <exception cref="ArgumentException">There is no such column, or a tensor can't hold it.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A batch has no rows.</exception>
    public DataViewBatches(IDataView view, int batchSize, params IReadOnlyList<string> columns)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        (_view, _batchSize, _columns) = (view, batchSize, [.. columns]);
        _readers = [.. ColumnChoice.Named(view.Schema, columns).Select(ColumnReader.Of)];
    }

    /// <summary>Whether a last batch with fewer rows is left out; false by default.</summary>
    public bool DropLast { get; init; }

    /// <summary>Seed of the order, another for each epoch; null, the default, for the view's own order.</summary>
    /// <exception cref="ArgumentException">The view can't be shuffled.</exception>
    public int? ShuffleSeed
    {
        get => _shuffleSeed;
        init
        {
            if (value is not null && !_view.CanShuffle) throw new ArgumentException("a view is shuffled that can be: expected CanShuffle to be true but got false (ML.NET's ShuffleRows makes such a view of any)", nameof(value));
            _shuffleSeed = value;
        }
    }

    /// <summary>How many batches are read ahead on another thread; 0, the default, for none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public int Prefetch
    {
        get => _prefetch;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _prefetch = value;
        }
    }

    /// <summary>Where the tensors are; null, the default, for the CPU.</summary>
    public Device? Device { get; init; }

    /// <summary>The batches of an epoch, in its order; each time they are asked for they are read anew.</summary>
    /// <param name="epoch">From 0; without a seed all epochs are alike.</param>
    /// <exception cref="InvalidDataException">A value isn't what its column says.</exception>
    public IEnumerable<DataViewBatch> Epoch(int epoch)
    {
        foreach (var batch in _prefetch > 0 ? Prefetching.Ahead(Read(epoch), _prefetch) : Read(epoch))
        {
            try
            {
                yield return batch;
            }
            finally
            {
                if (!batch.IsKept) batch.Dispose();
            }
        }
    }

    /// <summary>The batches of epoch 0.</summary>
    public IEnumerator<DataViewBatch> GetEnumerator() => Epoch(0).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private IEnumerable<DataViewBatch> Read(int epoch)
    {
        using var rows = new RowReader(_view, _readers, _batchSize, _shuffleSeed is { } seed ? new Random(Mixed(seed, epoch)) : null);
        for (var index = 0L; rows.Read() is > 0 and var count && (count == _batchSize || !DropLast); index++)
            yield return new DataViewBatch(index, count, _columns, Placed(rows.ToTensors(count)));
    }

    private Tensor[] Placed(Tensor[] tensors)
    {
        if (Device is null || Device.type == TorchSharp.DeviceType.CPU) return tensors;
        for (var i = 0; i < tensors.Length; i++)
        {
            using var onCpu = tensors[i];
            tensors[i] = onCpu.to(Device).DetachFromDisposeScope();     // [rows, …]
        }
        return tensors;
    }

    /// <summary>Neighbouring seeds and epochs must not give related orders: SplitMix64's mixing.</summary>
    private static int Mixed(int seed, int epoch)
    {
        var mixed = unchecked(((ulong)(uint)seed << 32 | (uint)epoch) + 0x9E3779B97F4A7C15);
        mixed = unchecked((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9);
        mixed = unchecked((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB);
        return unchecked((int)(mixed ^ (mixed >> 31)));
    }
}
