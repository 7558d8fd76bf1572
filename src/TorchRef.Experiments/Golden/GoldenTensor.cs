namespace TorchRef.Experiments.Golden;

/// <summary>
/// A tensor of a golden file: plain numbers, row-major in logical order whatever memory layout the case is about.
/// </summary>
/// <param name="Shape">Its sizes; none for a scalar.</param>
/// <param name="Dtype">float64, float32, bfloat16 or int64.</param>
/// <param name="Data">
/// Its elements; those of a float32 or bfloat16 tensor are exactly the singles that PyTorch had, so that casting them to
/// <see cref="float"/> loses nothing.
/// </param>
public sealed record GoldenTensor(long[] Shape, string Dtype, double[] Data)
{
    /// <summary>The element types that golden files use.</summary>
    public static IReadOnlyList<string> Dtypes { get; } = ["float64", "float32", "bfloat16", "int64"];

    /// <summary>Number of elements that the shape asks for.</summary>
    public long Count => Shape.Aggregate(1L, (total, size) => checked(total * size));

    /// <summary>The elements as singles.</summary>
    public float[] ToSingles() => Array.ConvertAll(Data, value => (float)value);

    /// <summary>The elements as whole numbers.</summary>
    /// <exception cref="InvalidOperationException">The tensor isn't an int64 one.</exception>
    public long[] ToInt64() => Dtype == "int64"
        ? Array.ConvertAll(Data, value => (long)value)
        : throw new InvalidOperationException($"whole numbers come from int64 tensors: expected int64 but got {Dtype}");

    /// <summary>The single element of a tensor of one.</summary>
    /// <exception cref="InvalidOperationException">The tensor has more or fewer.</exception>
    public double Item() => Data.Length == 1
        ? Data[0]
        : throw new InvalidOperationException($"an item is the only element: expected 1 element but got {Data.Length}");

    /// <summary>Same type, same shape, same elements (NaN equals NaN).</summary>
    public bool Equals(GoldenTensor? other) =>
        other is not null && Dtype == other.Dtype && Shape.AsSpan().SequenceEqual(other.Shape) && Data.AsSpan().SequenceEqual(other.Data);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Dtype);
        foreach (var size in Shape) hash.Add(size);
        foreach (var value in Data) hash.Add(value);
        return hash.ToHashCode();
    }

    /// <summary>Such as <c>float64[2, 3]</c>.</summary>
    public override string ToString() => $"{Dtype}[{string.Join(", ", Shape)}]";
}
