namespace TorchRef.Checks;

/// <summary>The check of the check: a small error put into one analytic entry, which must be seen.</summary>
/// <param name="Where">The entry.</param>
/// <param name="Size">The error put in.</param>
/// <param name="RelativeSize">The same, relative to the largest entry of its column.</param>
/// <param name="Caught">Whether it was seen.</param>
public sealed record PlantedFault(string Where, double Size, double RelativeSize, bool Caught);
