namespace TorchRef.Experiments.Charts.Layout;

/// <summary>A tick with its label broken into lines; no lines for a minor tick or one whose label had no room.</summary>
internal sealed record AxisLabel(double Value, IReadOnlyList<string> Lines);
