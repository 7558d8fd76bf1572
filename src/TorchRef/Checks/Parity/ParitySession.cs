using System.Diagnostics;
using static TorchSharp.torch;

namespace TorchRef.Checks.Parity;

/// <summary>One comparison of two modules, from the copies made before it to the report.</summary>
internal sealed class ParitySession
{
    private readonly ParitySubject _candidate, _reference;
    private readonly IReadOnlyList<Tensor[]> _batches;
    private readonly ModuleParityOptions _options;
    private readonly List<Finding> _findings = [];
    private readonly List<string> _blindSpots = [];
    private readonly ParityComparison _comparison = new();
    private readonly StateNames _names;
    private Diagnosis? _diagnosis;

    public ParitySession(ParitySubject candidate, ParitySubject reference, IReadOnlyList<Tensor[]> batches, ModuleParityOptions options)
    {
        if (batches.Count == 0) throw new ArgumentException("modules are compared on batches: expected at least one input but got none");
        if (ReferenceEquals(candidate.Module, reference.Module)) throw new ArgumentException("two modules are compared: expected two objects but got the same one twice");
        (_candidate, _reference, _batches, _options) = (candidate, reference, batches, options);
        _names = new StateNames(candidate.Module, reference.Module, options.Names);
    }

    private bool Failed => !_comparison.Agrees || _findings.Any(finding => finding.Verdict == Verdict.Fail);

    public ModuleParityReport Run()
    {
        var watch = Stopwatch.StartNew();
        using var scope = NewDisposeScope();
        var random = get_rng_state();                           // [bytes]
        try
        {
            using var mine = new ModuleKeeper(_candidate.Module);
            using var theirs = new ModuleKeeper(_reference.Module);
            return Compare(type => TypeContext.Enter(_candidate, "candidate", type, mine, _batches[0]), type => TypeContext.Enter(_reference, "reference", type, theirs, _batches[0]), watch);
        }
        finally
        {
            set_rng_state(random);
        }
    }

    private ModuleParityReport Compare(Func<ScalarType, TypeContext> candidateIn, Func<ScalarType, TypeContext> referenceIn, Stopwatch watch)
    {
        var bench = new ParityBench(_candidate, _reference, _names, _options);
        if (_options.CompareStateDict) _findings.AddRange(_names.Differences.Select(text => new Finding(Cause.StateDictKeys, text, Verdict.Fail)));
        if (_options.RandomizeState && _options.CopyState) RandomState.Set(bench, _options.Seed);
        ParityPlan plan;
        using (var context = referenceIn(ScalarType.Float64))
        {
            if (context.Obstacle is { } obstacle)
            {
                _blindSpots.Add(obstacle);
                return Report(bench, null, null, watch);
            }
            plan = new ParityPlan(bench, _batches, _options, ScalarType.Float64);
        }
        var runs = ReferenceRuns.Of(bench, plan.Steps, referenceIn);
        bench.InPlace = runs.Exact.Any(trace => trace.ChangedInputs.Count > 0);
        using (var reference = referenceIn(ScalarType.Float64))
        using (var candidate = candidateIn(ScalarType.Float64))
        {
            if (candidate.Obstacle is { } obstacle) _blindSpots.Add(obstacle);
            else CompareIn(bench, plan, runs, ScalarType.Float64, runs.Exact, runs.Exact);
        }
        if (_options.Float32 && runs.Narrow.Count > 0) CompareInFloat32(bench, plan, runs, candidateIn, referenceIn);
        return Report(bench, plan, runs, watch);
    }

    private void CompareInFloat32(ParityBench bench, ParityPlan plan, ReferenceRuns runs, Func<ScalarType, TypeContext> candidateIn, Func<ScalarType, TypeContext> referenceIn)
    {
        using var reference = referenceIn(ScalarType.Float32);
        using var candidate = candidateIn(ScalarType.Float32);
        if (candidate.Obstacle is { } obstacle) _blindSpots.Add(obstacle);
        else CompareIn(bench, plan, runs, ScalarType.Float32, runs.Rounded, runs.Narrow);
    }

    private void CompareIn(ParityBench bench, ParityPlan plan, ReferenceRuns runs, ScalarType type, IReadOnlyList<StepTrace> expected, IReadOnlyList<StepTrace> peers)
    {
        var (agreed, first) = (!Failed, _comparison.Entries.Count == 0);
        var traces = bench.Run(_candidate, plan.Steps, type, type == ScalarType.Float64 ? Rounding.None : Rounding.Float32);
        var count = Math.Min(traces.Count, Math.Min(expected.Count, peers.Count));
        for (var i = 0; i < count; i++) _comparison.Add(traces[i], expected[i], peers[i], runs.Allowances[i], type);
        if (first || agreed) Add(ParityContracts.Check(traces, peers, _options));
        if (first && runs.Failure is null) Add([.. ParityContracts.BadInputs(bench, _options).Select(text => new Finding(Cause.Throws, text, Verdict.Fail))]);
        if (!Failed || _diagnosis is not null) return;
        // Where float64 agrees there is no wrong formula left to find in float32.
        _diagnosis = first || _findings.Any(finding => finding.Verdict == Verdict.Fail)
            ? ParityDiagnosis.Of(new ParityEvidence(bench, Pairs(bench, runs, type, traces, peers), type), _findings)
            : ParityDiagnosis.OfFloat32(_comparison.Entries);
    }

    /// <summary>Each step once more, from the reference's state: so that each difference is that step's own.</summary>
    private IReadOnlyList<StepPair> Pairs(ParityBench bench, ReferenceRuns runs, ScalarType type, IReadOnlyList<StepTrace> traces, IReadOnlyList<StepTrace> peers)
    {
        var pairs = new List<StepPair>();
        for (var i = 0; i < peers.Count && peers[i].Failure is null; i++)
        {
            if (bench.CandidateInitial is null) bench.SetState(_candidate, peers[i].StateBefore, Rounding.None, type);
            else if (i >= traces.Count) break;
            var mine = bench.CandidateInitial is not null ? traces[i]
                : bench.RunStep(_candidate, peers[i].Step, type, type == ScalarType.Float64 ? Rounding.None : Rounding.Float32);
            pairs.Add(new StepPair(mine, peers[i], runs.Allowances[i], type));
        }
        return pairs;
    }

    private void Add(IEnumerable<Finding> findings) => _findings.AddRange(findings.Where(finding => _findings.All(known => known.Text != finding.Text)));

    private ModuleParityReport Report(ParityBench bench, ParityPlan? plan, ReferenceRuns? runs, Stopwatch watch)
    {
        var planted = runs is null ? [] : NegativeControl.Plant(runs, _options, _blindSpots);
        if (plan is not null) _blindSpots.AddRange(plan.BlindSpots);
        if (runs is not null) ParityContracts.Blindness(runs, _options, _blindSpots);
        if (runs?.Failure is { } failure) _findings.Add(new Finding(Cause.Throws, $"the reference itself throws in {failure.Step.Where}: {failure.Failure}", Verdict.Inconclusive));
        var blind = runs is null || runs.Failure is not null || planted.Count == 0 || planted.Any(one => !one.Caught) || _comparison.Entries.Count == 0;
        return new ModuleParityReport
        {
            Verdict = Failed ? Verdict.Fail : blind ? Verdict.Inconclusive : Verdict.Pass,
            Diagnosis = Failed ? _diagnosis ?? new Diagnosis(Cause.Unknown, "the two differ, in no way that is known") : Diagnosis.None,
            Seed = _options.Seed,
            Subject = _options.Subject ?? $"{_candidate.Module.GetType().Name} against {_reference.Module.GetType().Name}",
            Elapsed = watch.Elapsed,
            Entries = _comparison.Entries,
            FirstDivergence = _comparison.First,
            Findings = _findings,
            BlindSpots = [.. _blindSpots.Distinct()],
            Variations = plan is null ? [] : plan.Variations,
            Planted = planted,
            Ulps = _comparison.Ulps,
            Phases = plan is null ? [] : [.. plan.Steps.Select(step => step.Phase).Distinct()],
            Evaluations = bench.Evaluations,
            Options = _options,
        };
    }
}
