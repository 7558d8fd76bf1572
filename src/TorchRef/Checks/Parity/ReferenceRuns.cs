using static TorchSharp.torch;

namespace TorchRef.Checks.Parity;

/// <summary>What the reference does in the steps of a plan, in both element types and on nudged numbers, and what follows from it.</summary>
internal sealed class ReferenceRuns
{
    /// <summary>Rounded, and nudged three times: a single nudge may happen to change nothing.</summary>
    private static readonly (Rounding rounding, long salt)[] s_samples = [(Rounding.Float32, 0), (Rounding.Nudged, 1), (Rounding.Nudged, 2), (Rounding.Nudged, 3)];

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
        IReadOnlyList<StepTrace> exact;
        List<IReadOnlyList<StepTrace>> wide = [], narrow = [];
        using (enter(ScalarType.Float64))
        {
            exact = bench.Run(bench.Reference, plan, ScalarType.Float64, Rounding.None);
            foreach (var (rounding, salt) in s_samples) wide.Add(bench.Run(bench.Reference, plan, ScalarType.Float64, rounding, salt: salt));
        }
        using (var context = enter(ScalarType.Float32))
        {
            if (context.Obstacle is null)
                foreach (var (rounding, salt) in s_samples) narrow.Add(bench.Run(bench.Reference, plan, ScalarType.Float32, rounding, salt: salt));
        }
        return new ReferenceRuns
        {
            Exact = exact,
            Rounded = wide[0],
            Narrow = narrow.Count > 0 ? narrow[0] : [],
            Allowances = [.. exact.Select((trace, i) => AllowancesOf(trace, [.. wide.Select((run, sample) => (Values(run, i), narrow.Count > 0 ? Values(narrow[sample], i) : []))]))],
        };
    }

    private static Dictionary<string, Allowance> AllowancesOf(StepTrace exact, List<(Dictionary<string, Tensor?> wide, Dictionary<string, Tensor?> narrow)> samples)
    {
        var allowances = new Dictionary<string, Allowance>(StringComparer.Ordinal);
        foreach (var (name, value) in exact.Quantities)
            if (value is not null) allowances[name] = Allowance.Of(value, [.. samples.Select(sample => (sample.wide.GetValueOrDefault(name), sample.narrow.GetValueOrDefault(name)))]);
        return allowances;
    }

    private static Dictionary<string, Tensor?> Values(IReadOnlyList<StepTrace> traces, int i) =>
        i < traces.Count ? traces[i].Quantities.ToDictionary(pair => pair.name, pair => pair.value, StringComparer.Ordinal) : [];
}
