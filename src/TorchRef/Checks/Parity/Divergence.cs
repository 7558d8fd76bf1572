using TorchRef.Checks.Reporting;
using static TorchSharp.torch;

namespace TorchRef.Checks;

/// <summary>Where two ways part: the first thing that differs, in the order in which it was computed.</summary>
/// <param name="Phase">The phase: "training", "evaluation" …; of optimisers the problem.</param>
/// <param name="Step">The number of the step in its phase, from 1.</param>
/// <param name="Type">The element type that both computed in.</param>
/// <param name="Quantity">What differs.</param>
/// <param name="Index">Where in it.</param>
/// <param name="Actual">The candidate's value there.</param>
/// <param name="Expected">The reference's value there.</param>
/// <param name="Allowed">The difference that would be put down to round-off.</param>
public sealed record Divergence(string Phase, int Step, ScalarType Type, string Quantity, IReadOnlyList<long> Index, double Actual, double Expected, double Allowed)
{
    /// <summary>The expected value with as many digits as it takes to see the difference.</summary>
    internal string ExpectedText => Digits(Expected);

    /// <summary>The candidate's, likewise.</summary>
    internal string ActualText => Digits(Actual);

    /// <summary>"[2, 1]", or nothing for a scalar.</summary>
    internal string Place => Index.Count == 0 ? "" : $"[{string.Join(", ", Index)}]";

    /// <inheritdoc/>
    public override string ToString() => $"{Quantity}{Place} in step {Step} of {Phase} ({Type.ToString().ToLowerInvariant()}): expected {ExpectedText} but got {ActualText}";

    private string Digits(double value)
    {
        var apart = Math.Abs(Actual - Expected) / Math.Max(Math.Abs(Actual), Math.Abs(Expected));
        return ReportNumber.Of(value, apart is > 0 and < 1 ? Math.Clamp(3 - (int)Math.Log10(apart), 6, 17) : 6);
    }
}
