using TorchRef.Experiments.Charts;

namespace TorchRef.Experiments.Running;

/// <summary>A chart and the name of its file.</summary>
/// <param name="Name">The file's name without <c>.svg</c>: lower-case words joined by hyphens.</param>
/// <param name="Chart">The chart.</param>
public sealed record NamedChart(string Name, Chart Chart);
