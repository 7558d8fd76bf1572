using TorchRef.Numerics;
using static TorchSharp.torch;

namespace TorchRef.Checks.Parity;

/// <summary>Compares what two modules did, step by step, and keeps the worst of each quantity.</summary>
internal sealed class ParityComparison
{
    private readonly OrderedDictionary<(ScalarType type, string quantity), ParityEntry> _worst = [];

    public IReadOnlyList<ParityEntry> Entries => [.. _worst.Values];

    /// <summary>The first that differs, in the order of computation.</summary>
    public Divergence? First { get; private set; }

    /// <summary>Distances from the reference in the same element type, in units in the last place.</summary>
    public Dictionary<ScalarType, UlpHistogram> Ulps { get; } = [];

    public bool Agrees => First is null;

    /// <summary>Compares one step. In float32 the expected values are the reference's float64 results.</summary>
    public void Add(StepTrace candidate, StepTrace expected, StepTrace reference, IReadOnlyDictionary<string, Allowance> allowances, ScalarType type)
    {
        if (expected.Failure is not null || reference.Failure is not null) return;
        var mine = candidate.Quantities.ToDictionary(pair => pair.name, pair => pair.value, StringComparer.Ordinal);
        var same = reference.Quantities.ToDictionary(pair => pair.name, pair => pair.value, StringComparer.Ordinal);
        foreach (var (name, theirs) in expected.Quantities)
        {
            // What the candidate doesn't have at all is a matter of the state dict; what it computes as nothing is zero.
            if (!mine.TryGetValue(name, out var actual)) continue;
            if (actual is null && (theirs is null || candidate.Failure is not null)) continue;
            if (actual is not null && theirs is not null && !actual.shape.SequenceEqual(theirs.shape)) continue;
            var (a, e) = (actual ?? zeros_like(theirs!), theirs ?? zeros_like(actual!)); // the quantity's shape
            Compare(name, a, e, candidate.Step, allowances.GetValueOrDefault(name), type);
            if (same.GetValueOrDefault(name) is { } peer && actual is not null && actual.dtype == peer.dtype && actual.dtype == type && actual.shape.SequenceEqual(peer.shape))
            {
                if (!Ulps.TryGetValue(type, out var histogram)) Ulps[type] = histogram = new UlpHistogram();
                histogram.Add(actual, peer);
            }
        }
    }

    private void Compare(string name, Tensor actual, Tensor expected, ParityStep step, Allowance allowance, ScalarType type)
    {
        var (error, index) = Allowance.Difference(actual, expected);
        var allowed = allowance.In(type);
        var diverged = !(error <= allowed);
        var entry = new ParityEntry(name, step.Phase, step.Number, type, error, allowed, allowance.Largest, index, 1, diverged ? 1 : 0, diverged ? Verdict.Fail : Verdict.Pass);
        if (_worst.TryGetValue((type, name), out var worst))
        {
            var (compared, wrong) = (worst.Compared + 1, worst.Diverged + entry.Diverged);
            entry = (entry.Ratio > worst.Ratio ? entry : worst) with { Compared = compared, Diverged = wrong, Verdict = wrong > 0 ? Verdict.Fail : Verdict.Pass };
        }
        _worst[(type, name)] = entry;
        if (diverged) First ??= new Divergence(step.Phase, step.Number, type, name, index, At(actual, index), At(expected, index), allowed);
    }

    private static double At(Tensor tensor, long[] index)
    {
        using var scope = NewDisposeScope();
        var element = Allowance.InFloat64(tensor);
        foreach (var i in index) element = element.select(0, i);
        return element.numel() == 1 ? element.item<double>() : double.NaN;
    }
}
