using static TorchSharp.torch;

namespace TorchRef.Checks.Parity;

/// <summary>What the reference does in the steps of a plan, in both element types and on nudged numbers, and what follows from it.</summary>
internal sealed class ReferenceRuns
{
    /// <summary>In float64 on the exact numbers.</summary>
    public required IReadOnlyList<StepTrace> Exact { get; init; }

    /// <summary>In float64 on the numbers rounded to float32.</summary>
    public required IReadOnlyList<StepTrace> Rounded { get; init; }

    /// <summary>In float32 on those; empty where it can't be had in float32.</summary>
    public required IReadOnlyList<StepTrace> Narrow { get; init; }

    /// <summary>For each step, how far each quantity may be off.</summary>
    public required IReadOnlyList<IReadOnlyDictionary<string, Allowance>> Allowances { get; init; }

    /// <summary>The step in which the reference throws, or null.</summary>
    public StepTrace? Failure => Exact.FirstOrDefault(trace => trace.Failure is not null);

    public static ReferenceRuns Of(ParityBench bench, IReadOnlyList<ParityStep> plan, Func<ScalarType, TypeContext> enter)
    {
        IReadOnlyList<StepTrace> exact, rounded, nudged, narrow = [], nudgedNarrow = [];
        using (enter(ScalarType.Float64))
        {
            exact = bench.Run(bench.Reference, plan, ScalarType.Float64, Rounding.None);
            rounded = bench.Run(bench.Reference, plan, ScalarType.Float64, Rounding.Float32);
            nudged = bench.Run(bench.Reference, plan, ScalarType.Float64, Rounding.Nudged);
        }
        using (var context = enter(ScalarType.Float32))
        {
            if (context.Obstacle is null)
            {
                narrow = bench.Run(bench.Reference, plan, ScalarType.Float32, Rounding.Float32);
                nudgedNarrow = bench.Run(bench.Reference, plan, ScalarType.Float32, Rounding.Nudged);
            }
        }
        return new ReferenceRuns
        {
            Exact = exact,
            Rounded = rounded,
            Narrow = narrow,
            Allowances = [.. exact.Select((trace, i) => AllowancesOf(trace, Values(rounded, i), Values(narrow, i), Values(nudged, i), Values(nudgedNarrow, i)))],
        };
    }

    private static Dictionary<string, Allowance> AllowancesOf(
        StepTrace exact, Dictionary<string, Tensor?> wide, Dictionary<string, Tensor?> narrow, Dictionary<string, Tensor?> nudgedWide, Dictionary<string, Tensor?> nudgedNarrow)
    {
        var allowances = new Dictionary<string, Allowance>(StringComparer.Ordinal);
        foreach (var (name, value) in exact.Quantities)
            if (value is not null) allowances[name] = Allowance.Of(value, wide.GetValueOrDefault(name), narrow.GetValueOrDefault(name), nudgedWide.GetValueOrDefault(name), nudgedNarrow.GetValueOrDefault(name));
        return allowances;
    }

    private static Dictionary<string, Tensor?> Values(IReadOnlyList<StepTrace> traces, int i) =>
        i < traces.Count ? traces[i].Quantities.ToDictionary(pair => pair.name, pair => pair.value, StringComparer.Ordinal) : [];
}
