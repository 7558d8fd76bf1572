namespace TorchRef.Experiments.Claims;

/// <summary>One thing that was measured for a claim.</summary>
/// <param name="What">What was asked, as a statement that may be true or not.</param>
/// <param name="Measured">The numbers, in words.</param>
/// <param name="IsTrue">Whether the statement is true, by the numbers.</param>
/// <param name="IsLimit">Whether the statement names a limit of the claim, rather than the claim or a part of it.</param>
public sealed record ClaimEvidence(string What, string Measured, bool IsTrue, bool IsLimit);
