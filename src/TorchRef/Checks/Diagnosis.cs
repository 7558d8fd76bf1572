namespace TorchRef.Checks;

/// <summary>The first guess at what is wrong, and what it rests on.</summary>
/// <param name="Cause">The kind of mistake.</param>
/// <param name="Text">A sentence for the reader: what is wrong and where, with the evidence.</param>
/// <param name="Subject">The input, parameter or buffer that it is about, or null.</param>
/// <param name="Factor">The number by which something is wrong, where the cause is a factor.</param>
public sealed record Diagnosis(Cause Cause, string Text, string? Subject = null, double? Factor = null)
{
    /// <summary>Nothing is wrong.</summary>
    public static Diagnosis None { get; } = new(Cause.None, "nothing is wrong");

    /// <inheritdoc/>
    public override string ToString() => Text;
}
