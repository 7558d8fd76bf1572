namespace TorchRef.Checks.Gradients;

/// <summary>Compares every entry of the Jacobian at one point.</summary>
internal sealed class FullCheck
{
    /// <summary>Two matrices of this many entries are kept for a diagnosis.</summary>
    public const long MostForDiagnosis = 4_000_000;

    private readonly CheckedFunction _function;
    private readonly GradCheckOptions _options;
    private readonly Random _random;
    private readonly NumericSite _site;
    private readonly NumericJacobian _numeric;
    private SiteResult _result;

    private FullCheck(CheckedFunction function, double[] point, GradCheckOptions options, Random random, int order, IProgress<double>? progress)
    {
        (_function, _options, _random) = (function, options, random);
        _site = new NumericSite(function, point, options.RelativeFloor, random);
        _numeric = NumericJacobian.Compute(_site, random, progress);
        _result = new SiteResult(_site, new Tally(function, options, order)) { Order = order, Structure = _numeric.Structure.Describe() };
    }

    public static SiteResult Run(CheckedFunction function, double[] point, GradCheckOptions options, Random random, int order, IProgress<double>? progress = null)
    {
        var check = new FullCheck(function, point, options, random, order, progress);
        check.Run();
        return check._result;
    }

    private void Run()
    {
        Contract.InspectPrecision(_site, _result.Findings);
        (double[] cotangent, double[] gradient)? dense;
        using (var linearization = _function.Linearize(_site.Point))
        {
            var varies = Array.Exists(_numeric.ColumnScale, scale => scale > 0);
            dense = Contract.InspectGraph(_function, _site, linearization, varies, _random, _result.Findings);
            if (dense is null && linearization.HasGraph) return;
            if (dense is null || _result.Failed)
            {
                CompareEverything(linearization, new Judge(_numeric, new double[_site.Point.Length], _options));
                return;
            }
        }
        var noise = AnalyticNoise.Estimate(_function, _site.Point, dense.Value.cotangent, dense.Value.gradient, _random);
        var judge = new Judge(_numeric, noise, _options);
        using (var linearization = _function.Linearize(_site.Point))
        {
            var (agrees, complete) = CompareGroups(linearization, judge);
            if (agrees && complete)
            {
                Plant.Errors(_numeric, judge, _site, _options, _random, _result);
                return;
            }
            CompareEverything(linearization, judge);
        }
        if (_result.Full is null || _result.Tally.Wrong == 0 || !Closer.Look(_numeric, judge, _result.Full)) return;
        // Closer to the point some of the wrong entries turned out right.
        _result = _result with { Tally = new Tally(_function, _options, _result.Order), Full = null };
        using (var linearization = _function.Linearize(_site.Point))
        {
            var (agrees, complete) = CompareGroups(linearization, judge);
            if (agrees && complete) Plant.Errors(_numeric, judge, _site, _options, _random, _result);
            else CompareEverything(linearization, judge);
        }
    }

    /// <summary>
    /// One backward for each group of outputs that no input has in common. What backward makes of all outputs at once must
    /// be the sum of that: else entries are where none should be.
    /// </summary>
    private (bool agrees, bool complete) CompareGroups(Linearization linearization, Judge judge)
    {
        var (sum, size) = (new double[_site.Point.Length], new double[_site.Point.Length]);
        var dense = Cotangents.Random(_site.Centre.Length, _random);
        var compared = new Tally(_function, _options, _result.Order);
        foreach (var (rows, slots) in _numeric.Structure.RowGroups())
        {
            var weights = new double[_site.Centre.Length];
            foreach (var row in rows) weights[row] = Cotangents.One(_random);
            var pulled = linearization.Pullback(weights);
            foreach (var row in rows)
                foreach (ref readonly var entry in _numeric.Row(row))
                {
                    var k = entry.Column;
                    if (Array.IndexOf(slots, _function.Inputs.SlotOf(k)) < 0) continue;
                    var analytic = pulled[k] / weights[row];
                    sum[k] += analytic * dense[row];
                    size[k] += Math.Abs(analytic * dense[row]);
                    compared.Add(row, k, analytic, judge.Of(row, entry, analytic, _site.Scales[k]));
                }
        }
        var whole = linearization.Pullback(dense);
        var complete = true;
        for (var k = 0; k < sum.Length; k++) complete &= !(Math.Abs(whole[k] - sum[k]) > 1e-9 * size[k] + double.Epsilon);
        if (compared.Wrong == 0 && complete) _result.Tally.Take(compared);
        return (compared.Wrong == 0, complete);
    }

    private void CompareEverything(Linearization linearization, Judge judge)
    {
        var rows = (int)Math.Clamp(MostForDiagnosis / Math.Max(1, _site.Point.Length), 1, _site.Centre.Length);
        var chosen = Enumerable.Range(0, _site.Centre.Length).ToArray();
        if (rows < chosen.Length)
        {
            _random.Shuffle(chosen);
            chosen = [.. chosen.Take(rows).Order()];
        }
        // 1 would hide a backward that squares what comes in; a power of two keeps every bit of what it makes, which tells of
        // the type it is made in, but also hides what rounding the incoming gradient does.
        foreach (var weight in (double[])[2, Math.E])
        {
            var tally = new Tally(_function, _options, _result.Order);
            _result.Full = Everything.Collect(linearization, _numeric, judge, _site, chosen, weight, tally);
            if (tally.Wrong == 0 && weight == 2) continue;
            _result.Tally.Take(tally);
            break;
        }
    }
}
