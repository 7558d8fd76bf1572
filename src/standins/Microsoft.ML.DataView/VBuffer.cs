using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Microsoft.ML.Data;

/// <summary>
/// A vector. A dense one holds all its values; a sparse one holds some, with their ascending indices, and the rest are
/// the type's default. The arrays may be longer than what is used of them.
/// </summary>
public readonly struct VBuffer<T> : IEnumerable
{
    public readonly int Length;
    private readonly T[]? _values;
    private readonly int[]? _indices;
    private readonly int _count;

    /// <summary>A dense vector.</summary>
    public VBuffer(int length, T[] values, int[]? indices = null)
        : this(length, length, values, indices)
    {
    }

    /// <summary>A vector with <paramref name="count"/> values of its own: sparse, unless that is all of them.</summary>
    public VBuffer(int length, int count, T[]? values, int[]? indices)
    {
        Require.That(length >= 0, nameof(length), "a length can't be negative", "0 or more", length);
        Require.That(count >= 0 && count <= length, nameof(count), "a vector holds at most its length", $"0 to {length} values", count);
        Require.That((values?.Length ?? 0) >= count, nameof(values), "the values counted must be there", $"{count} or more", values?.Length);
        Require.That(count == length || (indices?.Length ?? 0) >= count, nameof(indices), "each value of a sparse vector has an index", $"{count} or more", indices?.Length);
        Length = length;
        _count = count;
        _values = values;
        _indices = indices;
    }

    public bool IsDense => _count == Length;

    /// <summary>The values held: all of a dense vector, those with an index of a sparse one.</summary>
    public ReadOnlySpan<T> GetValues() => _values.AsSpan(0, _count);

    /// <summary>The places of <see cref="GetValues"/>; empty when dense.</summary>
    public ReadOnlySpan<int> GetIndices() => IsDense ? default : _indices.AsSpan(0, _count);

    public T GetItemOrDefault(int index)
    {
        Require.That(index >= 0 && index < Length, nameof(index), "an index is below the length", $"0 to {Length - 1}", index);
        if (IsDense) return _values![index];
        var place = GetIndices().BinarySearch(index);
        return place >= 0 ? _values![place] : default!;
    }

    public void GetItemOrDefault(int index, ref T destination) => destination = GetItemOrDefault(index);

    /// <summary>Index and value of each value held, or of all.</summary>
    public IEnumerable<KeyValuePair<int, T>> Items(bool all = false)
    {
        if (all) return DenseValues().Select((value, index) => KeyValuePair.Create(index, value));
        var (values, indices, dense) = (_values, _indices, IsDense);
        return Enumerable.Range(0, _count).Select(place => KeyValuePair.Create(dense ? place : indices![place], values![place]));
    }

    public IEnumerable<T> DenseValues() => IsDense ? (_values ?? []).Take(Length) : Expanded(_values, _indices, _count, Length);

    /// <summary>The values held, one after another.</summary>
    public IEnumerator GetEnumerator() => GetValues().ToArray().GetEnumerator();

    public void CopyTo(Span<T> destination) => CopyTo(destination, 0);

    /// <summary>Writes all values, those that aren't held as <paramref name="defaultValue"/>.</summary>
    public void CopyTo(Span<T> destination, int destinationIndex, T defaultValue = default!)
    {
        Require.That(destinationIndex >= 0 && destinationIndex <= destination.Length - Length, nameof(destination),
            "the destination must hold the vector", $"room for {Length} from {destinationIndex} on", destination.Length);
        var place = destination.Slice(destinationIndex, Length);
        if (IsDense)
        {
            GetValues().CopyTo(place);
            return;
        }
        place.Fill(defaultValue);
        for (var i = 0; i < _count; i++) place[_indices![i]] = _values![i];
    }

    /// <summary>Makes the destination the same vector, in its own arrays where they are long enough.</summary>
    public void CopyTo(ref VBuffer<T> destination) => CopyTo(ref destination, 0, Length);

    /// <summary>Makes the destination a slice of this vector, as sparse as it is here.</summary>
    public void CopyTo(ref VBuffer<T> destination, int sourceIndex, int length)
    {
        Require.That(sourceIndex >= 0 && sourceIndex <= Length, nameof(sourceIndex), "a slice starts in the vector", $"0 to {Length}", sourceIndex);
        Require.That(length >= 0 && length <= Length - sourceIndex, nameof(length), "a slice ends in the vector", $"0 to {Length - sourceIndex} values", length);
        var first = IsDense ? sourceIndex : FirstFrom(sourceIndex);
        var count = IsDense ? length : FirstFrom(sourceIndex + length) - first;
        var editor = VBufferEditor.Create(ref destination, length, count);
        GetValues().Slice(first, count).CopyTo(editor.Values);
        for (var i = 0; i < editor.Indices.Length; i++) editor.Indices[i] = _indices![first + i] - sourceIndex;
        destination = editor.Commit();
    }

    public void CopyToDense(ref VBuffer<T> destination)
    {
        var editor = VBufferEditor.Create(ref destination, Length);
        CopyTo(editor.Values);
        destination = editor.Commit();
    }

    /// <summary>Makes the destination a dense vector of a part of an array.</summary>
    [SuppressMessage("Design", "CA1000", Justification = "The signature is the package's.")]
    public static void Copy(T[] source, int sourceIndex, ref VBuffer<T> destination, int length)
    {
        var available = source?.Length ?? 0;
        Require.That(length >= 0 && length <= available, nameof(length), "what is copied must be there", $"0 to {available} values", length);
        Require.That(sourceIndex >= 0 && sourceIndex <= available - length, nameof(sourceIndex), "what is copied must be there", $"0 to {available - length}", sourceIndex);
        var editor = VBufferEditor.Create(ref destination, length);
        source.AsSpan(sourceIndex, length).CopyTo(editor.Values);
        destination = editor.Commit();
    }

    public override string ToString() =>
        IsDense ? $"Dense vector of size {Length}" : $"Sparse vector of size {Length}, {_count} explicit values";

    internal T[]? Storage => _values;

    internal int[]? IndexStorage => _indices;

    internal int HeldCount => _count;

    private int FirstFrom(int index)
    {
        var place = GetIndices().BinarySearch(index);
        return place < 0 ? ~place : place;
    }

    private static IEnumerable<T> Expanded(T[]? values, int[]? indices, int count, int length)
    {
        for (int index = 0, place = 0; index < length; index++)
            yield return place < count && indices![place] == index ? values![place++] : default!;
    }
}
