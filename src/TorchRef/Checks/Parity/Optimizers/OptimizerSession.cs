using System.Diagnostics;
using TorchRef.Numerics;
using static TorchSharp.torch;

namespace TorchRef.Checks.Parity;

/// <summary>One comparison of two optimisers.</summary>
internal sealed class OptimizerSession
{
    /// <summary>Round-offs of the element type that a parameter's step may be off by.</summary>
    private const double Margin64 = 4096, Margin32 = 16;

    private readonly Func<nn.Module, ParityOptimizer> _candidate, _reference;
    private readonly int _steps;
    private readonly OptimizerParityOptions _options;
    private readonly OptimizerBench _bench;
    private readonly OrderedDictionary<(ScalarType type, string quantity), ParityEntry> _entries = [];
    private readonly Dictionary<ScalarType, UlpHistogram> _ulps = [];
    private readonly List<Finding> _findings = [];
    private readonly List<PlantedFault> _planted = [];
    private Divergence? _first;
    private string _names = "";

    public OptimizerSession(Func<nn.Module, ParityOptimizer> candidate, Func<nn.Module, ParityOptimizer> reference, int steps, OptimizerParityOptions options)
    {
        if (steps < 1) throw new ArgumentException($"optimisers are compared by their steps: expected at least 1 but got {steps}");
        (_candidate, _reference, _steps, _options, _bench) = (candidate, reference, steps, options, new OptimizerBench(options.Seed));
    }

    public OptimizerParityReport Run()
    {
        var watch = Stopwatch.StartNew();
        using var scope = NewDisposeScope();
        var random = get_rng_state();                           // [bytes]
        try
        {
            foreach (var problem in new[] { OptimizerBench.RandomGradients, OptimizerBench.Quadratic }) Compare(problem);
            var failed = _first is not null || _findings.Any(finding => finding.Verdict == Verdict.Fail);
            var diagnosis = failed ? new OptimizerDiagnosis(_bench, _candidate, _reference).Of([.. _entries.Values], _first, _findings) : Diagnosis.None;
            return Report(failed, diagnosis, watch);
        }
        finally
        {
            set_rng_state(random);
        }
    }

    private void Compare(string problem)
    {
        var expected = _bench.Run(_reference, problem, _steps, ScalarType.Float64);
        var narrow = _bench.Run(_reference, problem, _steps, ScalarType.Float32);
        var actual = _bench.Run(_candidate, problem, _steps, ScalarType.Float64);
        _names = $"{actual.Name} against {expected.Name}";
        if (expected.Failure is { } failure)
        {
            Find(Cause.Throws, $"the reference itself throws on {problem}: {failure}", Verdict.Inconclusive);
            return;
        }
        Contracts(problem, actual, expected);
        for (var step = 0; step < actual.Parameters.Count; step++)
            foreach (var (name, theirs) in expected.Parameters[step])
            {
                var allowance = AllowanceOf(theirs, narrow, step, name);
                Compare(problem, step, name, actual.Parameters[step][name], theirs, theirs, allowance, ScalarType.Float64);
                if (step == expected.Parameters.Count - 1 && problem == OptimizerBench.RandomGradients) Plant(name, theirs, step, allowance);
            }
        if (_options.CompareState) CompareState(problem, actual, expected);
        if (!_options.Float32 || narrow.Failure is not null) return;
        var mine = _bench.Run(_candidate, problem, _steps, ScalarType.Float32);
        if (actual.Failure is null) Contracts(problem, mine, narrow);
        for (var step = 0; step < mine.Parameters.Count; step++)
            foreach (var (name, theirs) in expected.Parameters[step])
                Compare(problem, step, name, mine.Parameters[step][name], theirs, narrow.Parameters[step][name], AllowanceOf(theirs, narrow, step, name), ScalarType.Float32);
    }

    private void Contracts(string problem, OptimizerTrace actual, OptimizerTrace expected)
    {
        if (actual.Failure is { } failure) Find(Cause.Throws, $"the candidate throws in step {actual.Parameters.Count + 1} on {problem}: {failure}", Verdict.Fail);
        foreach (var (name, (change, value)) in actual.ChangedGradients)
            if (!expected.ChangedGradients.ContainsKey(name))
            {
                Find(Cause.GradientChanged, FormattableString.Invariant($"a step changes the gradient itself: that of {name} by {change:G4} where the parameter is {value:G4}{(value == 0 ? "" : $", {change / value:G4} times as much")}; the reference leaves .grad alone"), Verdict.Fail);
                break;
            }
    }

    private Allowance AllowanceOf(Tensor value, OptimizerTrace narrow, int step, string name)
    {
        // What a step leaves is compared with the parameter's size: a parameter can't be more exact than that.
        var largest = Allowance.LargestOf(value);
        var own = narrow.Failure is null && step < narrow.Parameters.Count ? Allowance.Difference(narrow.Parameters[step][name], value).distance : 0;
        var unit = Math.ScaleB(largest, -23);
        return new Allowance((own + unit) * Math.ScaleB(1, -29) * Margin64, 2 * own + Margin32 * unit, largest);
    }

    private void Compare(string problem, int step, string name, Tensor actual, Tensor expected, Tensor peer, Allowance allowance, ScalarType type)
    {
        var (error, index) = Allowance.Difference(actual, expected);
        var allowed = allowance.In(type);
        var diverged = !(error <= allowed);
        var entry = new ParityEntry(name, problem, step + 1, type, error, allowed, allowance.Largest, index, 1, diverged ? 1 : 0, diverged ? Verdict.Fail : Verdict.Pass);
        if (_entries.TryGetValue((type, name), out var worst))
        {
            var (compared, wrong) = (worst.Compared + 1, worst.Diverged + entry.Diverged);
            entry = (entry.Ratio > worst.Ratio ? entry : worst) with { Compared = compared, Diverged = wrong, Verdict = wrong > 0 ? Verdict.Fail : Verdict.Pass };
        }
        _entries[(type, name)] = entry;
        if (diverged) _first ??= new Divergence(problem, step + 1, type, name, index, At(actual, index), At(expected, index), allowed);
        if (actual.dtype != peer.dtype || actual.dtype != type || !actual.shape.SequenceEqual(peer.shape)) return;
        if (!_ulps.TryGetValue(type, out var histogram)) _ulps[type] = histogram = new UlpHistogram();
        histogram.Add(actual, peer);
    }

    private void CompareState(string problem, OptimizerTrace actual, OptimizerTrace expected)
    {
        foreach (var (name, theirs) in expected.State)
        {
            if (!actual.State.TryGetValue(name, out var mine) || mine.Count == 0 || theirs.Count == 0 || name == OptimizerProblem.Unused) continue;
            foreach (var (key, value) in theirs)
            {
                if (!mine.TryGetValue(key, out var own) || !own.shape.SequenceEqual(value.shape)) continue;
                var largest = Allowance.LargestOf(value);
                Compare(problem, _steps - 1, $"{key} of {name}", own, value, value.to_type(own.dtype == value.dtype ? value.dtype : ScalarType.Int64), new Allowance(1e-12 * largest, 1e-5 * largest, largest), ScalarType.Float64);
            }
            var (missing, more) = (theirs.Keys.Except(mine.Keys).ToList(), mine.Keys.Except(theirs.Keys).ToList());
            if (missing.Count > 0 || more.Count > 0)
                Find(Cause.None, $"they remember under other names: the reference {string.Join(", ", theirs.Keys)}, the candidate {string.Join(", ", mine.Keys)}; what has no counterpart wasn't compared", Verdict.Pass);
        }
    }

    private void Plant(string name, Tensor value, int step, Allowance allowance)
    {
        if (allowance.Largest == 0) return;
        var size = _options.RequiredPower * allowance.Largest;
        var changed = value.flatten().clone();                  // [elements]
        changed.narrow(0, 0, 1).add_(size);
        var (error, index) = Allowance.Difference(changed.view(value.shape), value);
        _planted.Add(new PlantedFault($"{name}[{string.Join(", ", index)}] after step {step + 1}", size, _options.RequiredPower, error > allowance.Float64));
    }

    private void Find(Cause cause, string text, Verdict verdict)
    {
        if (_findings.All(known => known.Cause != cause)) _findings.Add(new Finding(cause, text, verdict));
    }

    private static double At(Tensor tensor, long[] index)
    {
        using var scope = NewDisposeScope();
        var element = Allowance.InFloat64(tensor);
        foreach (var i in index) element = element.select(0, i);
        return element.numel() == 1 ? element.item<double>() : double.NaN;
    }

    private OptimizerParityReport Report(bool failed, Diagnosis diagnosis, Stopwatch watch)
    {
        var blindSpots = new List<string>();
        if (_planted.Any(one => !one.Caught)) blindSpots.Add(FormattableString.Invariant($"{string.Join(", ", _planted.Where(one => !one.Caught).Select(one => one.Where))}: an error of {_options.RequiredPower:G2} can't be told from round-off"));
        if (_steps < 2) blindSpots.Add("a single step doesn't show what is kept from one step to the next");
        var blind = _planted.Count == 0 || _planted.Any(one => !one.Caught);
        return new OptimizerParityReport
        {
            Verdict = failed ? Verdict.Fail : blind ? Verdict.Inconclusive : Verdict.Pass,
            Diagnosis = diagnosis,
            Seed = _options.Seed,
            Subject = _options.Subject ?? _names,
            Elapsed = watch.Elapsed,
            Entries = [.. _entries.Values],
            FirstDivergence = _first,
            Findings = _findings,
            BlindSpots = blindSpots,
            Planted = _planted,
            Ulps = _ulps,
            Steps = _steps,
            Evaluations = _bench.Evaluations,
            Options = _options,
        };
    }
}
