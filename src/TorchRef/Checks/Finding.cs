namespace TorchRef.Checks;

/// <summary>Something about the function itself that a check came upon: a broken contract, or what it had to do about one.</summary>
/// <param name="Cause">The kind.</param>
/// <param name="Text">A sentence for the reader.</param>
/// <param name="Verdict">What it does to the verdict: Fail, Inconclusive, or Pass for a remark.</param>
public sealed record Finding(Cause Cause, string Text, Verdict Verdict);
