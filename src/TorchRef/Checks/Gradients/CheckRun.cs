using System.Diagnostics;
using TorchRef.Checks.Diagnosing;
using static TorchSharp.torch;

namespace TorchRef.Checks.Gradients;

/// <summary>A whole check: contract, the given point, points that hide less, the second order, and the report of it all.</summary>
internal sealed class CheckRun
{
    private readonly Func<Tensor[], Tensor[]> _function;
    private readonly Tensor[] _arguments;
    private readonly nn.Module? _module;
    private readonly GradCheckOptions _options;
    private readonly string[] _names;
    private readonly bool[] _differentiated;
    private readonly IReadOnlyList<(string name, Tensor parameter)> _parameters;
    private readonly Random _random;
    private readonly List<SiteResult> _sites = [];
    private readonly List<Finding> _findings = [];
    private readonly List<string> _blindSpots = [];
    private readonly List<string> _variations = [];
    private readonly long _started = Stopwatch.GetTimestamp();
    private long _evaluations;
    private long _backwards;
    private Diagnosis? _diagnosis;

    private CheckRun(Func<Tensor[], Tensor[]> function, Tensor[] arguments, nn.Module? module, GradCheckOptions options, IEnumerable<Finding> findings)
    {
        (_function, _arguments, _module, _options, _random) = (function, arguments, module, options, new Random(unchecked((int)options.Seed)));
        _findings.AddRange(findings);
        _names = [.. Enumerable.Range(0, arguments.Length).Select(a => options.InputNames is { } names && a < names.Count ? names[a] : module is not null && arguments.Length == 1 ? "input" : $"input {a}")];
        var asked = Array.Exists(arguments, IsAsked);
        _differentiated = Array.ConvertAll(arguments, argument => asked && module is null ? IsAsked(argument) : IsFloating(argument));
        var seen = new HashSet<IntPtr>();
        _parameters = module is null ? [] : [.. module.named_parameters().Where(named => named.parameter.requires_grad && IsFloating(named.parameter) && seen.Add(named.parameter.Handle)).Select(named => (named.name, (Tensor)named.parameter))];
    }

    public static GradCheckReport Run(Func<Tensor[], Tensor[]> function, Tensor[] arguments, nn.Module? module, GradCheckOptions options, IEnumerable<Finding> findings)
    {
        using var scope = NewDisposeScope();
        var run = new CheckRun(function, arguments, module, options, findings);
        run.Run();
        return run.Report();
    }

    public static bool IsFloating(Tensor tensor) => tensor.is_floating_point() || tensor.is_complex();

    private static bool IsAsked(Tensor tensor) => IsFloating(tensor) && tensor.requires_grad;

    private void Run()
    {
        if (_findings.Exists(finding => finding.Verdict != Verdict.Pass)) return;
        using var state = new StateGuard(_module, _options.Seed);
        using var function = Make(_arguments, state);
        try
        {
            _findings.AddRange(Contract.InspectForward(function, function.Point));
            if (_findings.Exists(finding => finding.Verdict != Verdict.Pass)) return;
            if (!Check(function, function.Point, 1, null, _options.Mode == GradCheckMode.Fast)) return;
            if (_options.Vary && !Vary(function, state)) return;
            if (_options.Order >= 2) CheckSecondOrder(function);
        }
        finally
        {
            (_evaluations, _backwards) = (_evaluations + function.Evaluations, _backwards + function.Backwards);
        }
    }

    private CheckedFunction Make(Tensor[] arguments, StateGuard state) =>
        new(_function, arguments, _names, _differentiated, _parameters, state) { Cancellation = _options.Cancellation };

    /// <summary>Compares at one point; where something is wrong, says what.</summary>
    private bool Check(CheckedFunction function, double[] point, int order, string? where, bool fast)
    {
        // At a point that was only looked at because of what another one hides, one projection is enough.
        var result = fast ? FastCheck.Run(function, point, where is null ? _options : _options with { Probes = 1 }, _random, order) : FullCheck.Run(function, point, _options, _random, order, where is null && order == 1 ? _options.Progress : null);
        if (result.Failed && fast && (long)point.Length * result.Site.Centre.Length <= FullCheck.MostForDiagnosis)
        {
            // What is wrong shows in all entries together.
            var full = FullCheck.Run(function, point, _options, _random, order);
            if (full.Failed) result = full;
        }
        result = result with { Where = where };
        _sites.Add(result);
        if (!result.Failed) return true;
        _diagnosis = Diagnoser.Of(result, _options);
        return false;
    }

    private bool Vary(CheckedFunction function, StateGuard state)
    {
        foreach (var variation in Variations.Of(function, _random))
            if (!VaryTo(function, variation.Point, variation.Why))
                return false;
        if (_sites[0].Tally.AllZero)
        {
            var point = (double[])function.Point.Clone();
            for (var k = 0; k < point.Length; k++) point[k] += _sites[0].Site.Scales[k] * (_random.NextDouble() - 0.5);
            if (!VaryTo(function, point, "all derivatives are 0 at the given point; looked at one near by")) return false;
        }
        return VaryBatch(state);
    }

    private bool VaryTo(CheckedFunction function, double[] point, string why)
    {
        if (!Array.TrueForAll(function.EvaluateOrNaN(point), double.IsFinite))
        {
            _blindSpots.Add($"{why} — but there the outputs aren't finite, so what the given point hides stays hidden");
            return true;
        }
        _variations.Add(why);
        return Check(function, point, 1, why, fast: true);
    }

    /// <summary>As many rows as columns hide a mix-up of the two: a module is given a batch of another size.</summary>
    private bool VaryBatch(StateGuard state)
    {
        var square = Array.FindIndex(_arguments, argument => argument.dim() >= 2 && argument.shape[0] > 1 && argument.shape[1..].Contains(argument.shape[0]));
        if (square < 0) return true;
        var why = $"{_names[square]} has two dimensions of size {_arguments[square].shape[0]}, which hides a mix-up of them; a batch of one more row was looked at";
        if (_module is null || _arguments.Length != 1)
        {
            _blindSpots.Add($"{_names[square]} has two dimensions of size {_arguments[square].shape[0]}: a mix-up of the two would give the right result here");
            return true;
        }
        using var noGraph = no_grad();
        var input = _arguments[0].detach();
        var larger = cat([input, input[TensorIndex.Slice(0, 1)] * 0.7 + input[TensorIndex.Slice(1, 2)] * 0.4], 0);
        using var function = Make([larger], state);
        try
        {
            function.Evaluate(function.Point);
        }
        catch (Exception exception) when (exception is not OperationCanceledException and not OutOfMemoryException)
        {
            _blindSpots.Add($"the input has two dimensions of size {input.shape[0]}, and no batch of another size is accepted ({Contract.FirstLine(exception.Message)}): a mix-up of the two would give the right result here");
            return true;
        }
        var agrees = VaryTo(function, function.Point, why);
        (_evaluations, _backwards) = (_evaluations + function.Evaluations, _backwards + function.Backwards);
        return agrees;
    }

    private void CheckSecondOrder(CheckedFunction first)
    {
        using var second = SecondOrder.Of(_function, _arguments, _names, _differentiated, _parameters, first, _random);
        try
        {
            _findings.AddRange(Contract.InspectForward(second, second.Point).Where(finding => finding.Cause != Cause.NoGradient));
            if (_findings.Exists(finding => finding.Verdict != Verdict.Pass)) return;
            Check(second, second.Point, 2, null, _options.Mode == GradCheckMode.Fast);
        }
        finally
        {
            (_evaluations, _backwards) = (_evaluations + second.Evaluations, _backwards + second.Backwards);
        }
    }

    private GradCheckReport Report()
    {
        foreach (var site in _sites) _findings.AddRange(site.Findings.Where(finding => !_findings.Contains(finding)));
        var planted = _sites.SelectMany(site => site.Planted).ToList();
        var summaries = Summaries();
        foreach (var summary in summaries.Where(summary => summary.LargestGradient == 0 && summary.Shape.All(size => size > 0)))
            _blindSpots.Add($"the derivatives by {summary.Name} are all 0, here and wherever else was looked: a wrong factor in them can't be seen");
        if (_module is not null && _module.named_buffers().Any())
            _blindSpots.Add($"values of buffers ({string.Join(", ", _module.named_buffers().Select(named => named.name).Take(4))}) are no gradients and weren't checked: ModuleParity compares them with a reference");
        if (_sites.Count > 0) _blindSpots.Add("whether forward computes the right thing: a gradient can be the right one of a wrong formula");
        foreach (var site in _sites.Where(site => site.Where is not null && site.Tally.Unseen > 0)) _blindSpots.Add($"{site.Where} — but there the error bars are too wide to tell");
        var verdict = Decide(planted, summaries);
        return new GradCheckReport
        {
            Verdict = verdict,
            Diagnosis = verdict == Verdict.Fail ? FirstCause() : verdict == Verdict.Inconclusive ? WhyInconclusive(planted, summaries) : Diagnosis.None,
            Seed = _options.Seed,
            Subject = _options.Subject ?? _module?.GetName() ?? "function",
            Elapsed = Stopwatch.GetElapsedTime(_started),
            Entries = [.. _sites.SelectMany(site => site.Tally.Worst()).OrderByDescending(Rank).Take(_options.WorstEntries)],
            Evaluations = _evaluations,
            Backwards = _backwards,
            Compared = _sites.Sum(site => site.Tally.Entries),
            Inputs = summaries,
            Findings = _findings,
            BlindSpots = _blindSpots,
            Variations = _variations,
            Planted = planted,
            Power = _sites.Count == 0 ? double.NaN : _sites.Where(site => site.Where is null).Select(site => site.Power).DefaultIfEmpty(double.NaN).Max(),
            OutputShapes = _sites.Count == 0 ? [] : [.. _sites[0].Function.Outputs.Slots.Select(slot => slot.Shape)],
            Structure = [.. _sites.Where(site => site.Order == 1).SelectMany(site => site.Structure).Distinct()],
            Options = _options,
            ErrorMaps = [.. _sites.Where(site => site.Full is not null).SelectMany(ErrorMaps)],
        };
    }

    private static (int, double) Rank(GradCheckEntry entry) => Tally.Rank(entry.Verdict, entry.Error, entry.Allowed > 0 ? entry.Error / entry.Allowed : 0);

    /// <summary>Over all points and orders; an input of the second order is the one of the first.</summary>
    private List<InputSummary> Summaries()
    {
        var merged = new Dictionary<string, InputSummary>();
        foreach (var summary in _sites.SelectMany(site => site.Tally.Summaries()))
        {
            merged[summary.Name] = !merged.TryGetValue(summary.Name, out var other) ? summary : other with
            {
                Verdict = Worse(other.Verdict, summary.Verdict),
                Entries = other.Entries + summary.Entries,
                Wrong = other.Wrong + summary.Wrong,
                Excused = other.Excused + summary.Excused,
                Kinks = other.Kinks + summary.Kinks,
                Unseen = other.Unseen + summary.Unseen,
                WorstRatio = Math.Max(other.WorstRatio, summary.WorstRatio),
                LargestGradient = Math.Max(other.LargestGradient, summary.LargestGradient),
            };
        }
        return [.. merged.Values];
    }

    private static Verdict Worse(Verdict one, Verdict other)
    {
        static int Weight(Verdict verdict) => verdict switch { Verdict.Fail => 3, Verdict.Inconclusive => 2, Verdict.Kink => 1, _ => 0 };
        return Weight(one) >= Weight(other) ? one : other;
    }

    private Verdict Decide(List<PlantedFault> planted, List<InputSummary> summaries)
    {
        if (_sites.Exists(site => site.Failed) || _findings.Exists(finding => finding.Verdict == Verdict.Fail)) return Verdict.Fail;
        if (_findings.Exists(finding => finding.Verdict == Verdict.Inconclusive) || _sites.Count == 0) return Verdict.Inconclusive;
        if (_sites.Exists(site => site.Tally.OnlyExcused.Any())) return Verdict.Inconclusive;
        if (_sites.Exists(site => site.Where is null && site.Tally.Unseen > 0) || planted.Exists(fault => !fault.Caught)) return Verdict.Inconclusive;
        if (summaries.All(summary => summary.LargestGradient == 0)) return _sites.Exists(site => site.Tally.Kinks > 0) ? Verdict.Kink : Verdict.Inconclusive;
        return _sites.Exists(site => site.Tally.Kinks > 0) ? Verdict.Kink : Verdict.Pass;
    }

    /// <summary>A broken contract explains wrong numbers, not the other way round.</summary>
    private Diagnosis FirstCause()
    {
        if (_findings.Find(finding => finding.Verdict == Verdict.Fail) is { } finding) return new Diagnosis(finding.Cause, finding.Text);
        return _diagnosis ?? new Diagnosis(Cause.Unknown, "the gradient is wrong");
    }

    private Diagnosis WhyInconclusive(List<PlantedFault> planted, List<InputSummary> summaries)
    {
        if (_findings.Find(finding => finding.Verdict == Verdict.Inconclusive) is { } finding) return new Diagnosis(finding.Cause, finding.Text);
        if (summaries.Sum(summary => summary.Unseen) is > 0 and var unseen) return new Diagnosis(Cause.Unknown, $"nothing wrong was seen, but for {unseen} of {summaries.Sum(summary => summary.Entries)} entries the error bars are too wide to tell");
        if (_sites.SelectMany(site => site.Tally.OnlyExcused).FirstOrDefault() is { } excused) return new Diagnosis(Cause.Unknown, $"the gradient of {excused} differs by more than its error bars, and is excused by the absolute tolerance only, which proves nothing");
        if (planted.Find(fault => !fault.Caught) is { } missed) return new Diagnosis(Cause.Unknown, $"nothing wrong was seen, but an error planted at {missed.Where} wasn't either");
        return new Diagnosis(Cause.MissingGradient, "all derivatives are 0, by differences and by autograd: a check that can't fail proves nothing");
    }

    private static IEnumerable<ErrorMap> ErrorMaps(SiteResult site)
    {
        var full = site.Full!;
        var outputs = site.Function.Outputs;
        foreach (var slot in site.Function.Inputs.Slots)
        {
            var ratios = new double[full.Rows.Length, slot.Count];
            for (var r = 0; r < full.Rows.Length; r++)
                for (var k = 0; k < slot.Count; k++)
                {
                    var (error, allowed) = (Math.Abs(full.Analytic[r][slot.Offset + k] - full.Numeric[r][slot.Offset + k]), full.Allowed[r][slot.Offset + k]);
                    ratios[r, k] = error == 0 ? 0 : error / allowed;
                }
            yield return new ErrorMap(slot.Name, site.Order, site.Where, ratios, Row, column => (slot.IndexOf(column), slot.PartOf(column)));
        }

        (int, IReadOnlyList<long>, string?) Row(int row)
        {
            var output = outputs.SlotOf(full.Rows[row]);
            var local = full.Rows[row] - outputs.Slots[output].Offset;
            return (output, outputs.Slots[output].IndexOf(local), outputs.Slots[output].PartOf(local));
        }
    }
}
