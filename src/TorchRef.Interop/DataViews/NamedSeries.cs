namespace TorchRef.Interop.DataViews;

/// <summary>Numbers that belong together, one after another.</summary>
/// <param name="Run">What they were measured in.</param>
/// <param name="Name">What they are.</param>
/// <param name="Values">The numbers.</param>
public sealed record NamedSeries(string Run, string Name, IReadOnlyList<double> Values);
