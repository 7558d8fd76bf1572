namespace TorchRef.Checks;

/// <summary>One entry of a Jacobian: ∂(output at an index)/∂(input at an index), by autograd and by differences.</summary>
/// <param name="Output">Which output.</param>
/// <param name="OutputIndex">Where in it.</param>
/// <param name="Input">The name of the input or parameter.</param>
/// <param name="InputIndex">Where in it.</param>
/// <param name="Analytic">What autograd says.</param>
/// <param name="Numeric">What differences say.</param>
/// <param name="Bar">The error bar: the derivative lies within numeric ± bar.</param>
/// <param name="Allowed">The distance between the two that is still put down to round-off: the bar and the floor of the engine's own derivatives.</param>
/// <param name="Verdict">Pass, Fail, Kink, or Inconclusive where the bar is too wide to tell.</param>
public sealed record GradCheckEntry(
    int Output, IReadOnlyList<long> OutputIndex, string Input, IReadOnlyList<long> InputIndex,
    double Analytic, double Numeric, double Bar, double Allowed, Verdict Verdict)
{
    /// <summary>For complex tensors "real" or "imaginary": which part of the output.</summary>
    public string? OutputPart { get; init; }

    /// <summary>For complex tensors "real" or "imaginary": which part of the input.</summary>
    public string? InputPart { get; init; }

    /// <summary>What the output is called: "output", or "output 0", "output 1" … where there are several.</summary>
    public string OutputName { get; init; } = $"output {Output}";

    /// <summary>1 for the derivative, 2 for the derivative of the derivative.</summary>
    public int Order { get; init; } = 1;

    /// <summary>At a kink, the slope on the side of smaller inputs.</summary>
    public double? LeftSlope { get; init; }

    /// <summary>At a kink, the slope on the side of larger inputs.</summary>
    public double? RightSlope { get; init; }

    /// <summary>How far from the input value the kink is; 0 where it is at it.</summary>
    public double? KinkDistance { get; init; }

    /// <summary>|analytic − numeric|.</summary>
    public double Error => Math.Abs(Analytic - Numeric);

    /// <summary>"output 0[2, 1]" or "∂output…" as text: which entry this is.</summary>
    public string Where => $"{OutputName}[{string.Join(", ", OutputIndex)}]{Part(OutputPart)} by {Input}[{string.Join(", ", InputIndex)}]{Part(InputPart)}";

    private static string Part(string? part) => part is null ? "" : $" ({part})";
}
