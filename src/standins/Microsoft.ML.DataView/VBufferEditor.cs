namespace Microsoft.ML.Data;

/// <summary>Opens vectors for writing.</summary>
public static class VBufferEditor
{
    public static VBufferEditor<T> CreateFromBuffer<T>(scoped ref VBuffer<T> destination) =>
        Create(ref destination, destination.Length, destination.HeldCount);

    /// <summary>Room for a vector in the destination's arrays, or in new ones where those are too short.</summary>
    public static VBufferEditor<T> Create<T>(
        scoped ref VBuffer<T> destination,
        int newLogicalLength,
        int? valuesCount = null,
        int? maxValuesCapacity = null,
        bool keepOldOnResize = false,
        bool requireIndicesOnDense = false)
    {
        Require.That(newLogicalLength >= 0, nameof(newLogicalLength), "a length can't be negative", "0 or more", newLogicalLength);
        var count = valuesCount ?? newLogicalLength;
        Require.That(count >= 0 && count <= newLogicalLength, nameof(valuesCount), "a vector holds at most its length", $"0 to {newLogicalLength} values", count);
        var values = destination.Storage;
        var indices = destination.IndexStorage;
        var withIndices = count < newLogicalLength || requireIndicesOnDense;
        var newValues = Grow(ref values, count, maxValuesCapacity, keepOldOnResize);
        var newIndices = withIndices && Grow(ref indices, count, maxValuesCapacity, keepOldOnResize);
        return new(newLogicalLength, count, values, indices, withIndices, newValues, newIndices);
    }

    /// <summary>Doubles an array that is too short, so that one growing vector isn't copied again and again.</summary>
    private static bool Grow<T>(ref T[]? array, int count, int? most, bool keep)
    {
        var length = array?.Length ?? 0;
        if (array is not null && length >= count) return false;
        var grown = new T[Math.Max(count, (int)Math.Min(2L * length, most ?? Array.MaxLength))];
        if (keep) array?.CopyTo(grown, 0);
        array = grown;
        return true;
    }
}

/// <summary>A vector open for writing: fill the spans, then commit.</summary>
public readonly ref struct VBufferEditor<T>
{
    public readonly Span<T> Values;

    /// <summary>The places of the values; empty when dense, unless asked for.</summary>
    public readonly Span<int> Indices;

    private readonly int _length;
    private readonly T[]? _values;
    private readonly int[]? _indices;

    internal VBufferEditor(int length, int count, T[]? values, int[]? indices, bool withIndices, bool newValues, bool newIndices)
    {
        _length = length;
        _values = values;
        _indices = indices;
        Values = values.AsSpan(0, count);
        Indices = withIndices ? indices.AsSpan(0, count) : default;
        CreatedNewValues = newValues;
        CreatedNewIndices = newIndices;
    }

    public bool CreatedNewValues { get; }

    public bool CreatedNewIndices { get; }

    public VBuffer<T> Commit() => CommitTruncated(Values.Length);

    /// <summary>The vector with only the first values of those that there was room for.</summary>
    public VBuffer<T> CommitTruncated(int physicalValuesCount)
    {
        Require.That(physicalValuesCount <= Values.Length, nameof(physicalValuesCount),
            "a vector can't commit more than it has room for", $"at most {Values.Length}", physicalValuesCount);
        return new(_length, physicalValuesCount, _values, _indices);
    }
}
