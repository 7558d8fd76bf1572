using TorchRef.Experiments.Charts.Layout;

namespace TorchRef.Experiments.Charts;

/// <summary>One range, such as where a round of a search looked for the learning rate.</summary>
/// <param name="Name">What the range is, such as <c>round 2</c>.</param>
/// <param name="Low">Where it starts.</param>
/// <param name="High">Where it ends, not below the start.</param>
public sealed record RangeRow(string Name, double Low, double High)
{
    /// <summary>A value to mark, such as the best one found; null, the default, for none.</summary>
    public double? Mark { get; init; }

    internal void Check()
    {
        if (Low > High) throw new ArgumentException($"A range starts where it ends or below: expected at most {NumberText.Exact(High)} for '{Name}' but got {NumberText.Exact(Low)}.");
    }
}
