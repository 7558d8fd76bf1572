namespace TorchRef.Interop.Checkpoints.Comparing;

/// <summary>What was found out of a name.</summary>
public enum EntryVerdict
{
    /// <summary>Both files have the same there.</summary>
    Same,

    /// <summary>Elements or values differ.</summary>
    Value,

    /// <summary>Tensors of different element types.</summary>
    Type,

    /// <summary>Tensors of different shapes.</summary>
    Shape,

    /// <summary>A tensor, and something else.</summary>
    Kind,

    /// <summary>The second file hasn't got it.</summary>
    OnlyInFirst,

    /// <summary>The first file hasn't got it.</summary>
    OnlyInSecond,
}

/// <summary>A name in two checkpoints.</summary>
/// <param name="Name">The keys, joined by dots.</param>
/// <param name="First">What the first file has there: element type and shape of a tensor, or the value; null for nothing.</param>
/// <param name="Second">What the second has.</param>
/// <param name="Verdict">What was found out.</param>
public sealed record ComparedEntry(string Name, string? First, string? Second, EntryVerdict Verdict)
{
    /// <summary>The elements, of two tensors of the same shape; else null.</summary>
    public ElementComparison? Elements { get; init; }

    /// <summary>Whether nothing differs.</summary>
    public bool Agrees => Verdict == EntryVerdict.Same;
}
