namespace TorchRef.Experiments.Claims;

/// <summary>Something that one of the study notes says.</summary>
/// <param name="Id">A letter for the note and a number, such as <c>B5</c>.</param>
/// <param name="Note">The note's number, 000 to 004.</param>
/// <param name="Statement">What it says, in one sentence.</param>
public sealed record Claim(string Id, string Note, string Statement);
