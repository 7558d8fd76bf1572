using static TorchSharp.torch;

namespace TorchRef.Checks.Parity;

/// <summary>Plants a small error into each quantity and requires that the comparison sees it.</summary>
internal static class NegativeControl
{
    public static IReadOnlyList<PlantedFault> Plant(ReferenceRuns runs, ModuleParityOptions options, List<string> blindSpots)
    {
        var planted = new List<PlantedFault>();
        foreach (var name in runs.Exact.SelectMany(trace => trace.Quantities.Select(pair => pair.name)).Distinct())
        {
            // Where it shows best: the step with the least noise beside the largest value.
            var best = runs.Exact.Select((trace, i) => (trace, allowance: runs.Allowances[i].GetValueOrDefault(name), value: trace.Quantities.FirstOrDefault(pair => pair.name == name).value))
                .Where(one => one.value is not null && one.allowance.Largest > 0)
                .OrderBy(one => one.allowance.Float64 / one.allowance.Largest).FirstOrDefault();
            if (best.value is null) continue;
            planted.Add(PlantInto(best.value, best.trace.Step, name, best.allowance, options));
            if (!planted[^1].Caught) blindSpots.Add(FormattableString.Invariant($"{name} can't be told apart to {options.RequiredPower:G2} of its largest value: its own round-off is {best.allowance.Float64 / best.allowance.Largest:G2}"));
        }
        return planted;
    }

    private static PlantedFault PlantInto(Tensor value, ParityStep step, string name, Allowance allowance, ModuleParityOptions options)
    {
        using var scope = NewDisposeScope();
        var place = new Random((int)(options.Seed & int.MaxValue)).NextInt64(value.numel());
        var inexact = value.is_floating_point() || value.is_complex();
        var size = inexact ? options.RequiredPower * allowance.Largest : 1;
        var changed = value.flatten().to_type(inexact ? value.dtype : ScalarType.Float64, copy: true); // [elements]
        changed.narrow(0, place, 1).add_(size);
        var (error, index) = Allowance.Difference(changed.view(value.shape), value);
        return new PlantedFault($"{name}[{string.Join(", ", index)}] in {step.Where}", size, size / allowance.Largest, error > allowance.Float64);
    }
}
