namespace TorchRef.Checks.Gradients;

/// <summary>
/// Compares random projections: the derivative of a random combination of outputs along a random direction of one input,
/// by differences and by one backward.
/// </summary>
internal sealed class FastCheck
{
    private readonly CheckedFunction _function;
    private readonly GradCheckOptions _options;
    private readonly Random _random;
    private readonly NumericSite _site;
    private readonly SiteResult _result;
    private readonly double[] _rowScale;
    private double[] _noise = [];

    private FastCheck(CheckedFunction function, double[] point, GradCheckOptions options, Random random, int order)
    {
        (_function, _options, _random) = (function, options, random);
        _site = new NumericSite(function, point, options.RelativeFloor, random);
        _result = new SiteResult(_site, new Tally(function, options, order)) { Order = order };
        _rowScale = Scales.Of(_site.Centre, function.Outputs);
    }

    public static SiteResult Run(CheckedFunction function, double[] point, GradCheckOptions options, Random random, int order)
    {
        var check = new FastCheck(function, point, options, random, order);
        check.Run();
        return check._result;
    }

    private void Run()
    {
        var probes = new List<(TensorSlot slot, Direction direction, Slopes slopes)>();
        foreach (var slot in _function.Inputs.Slots)
            for (var p = 0; p < (slot.Count == 0 ? 0 : Math.Max(1, _options.Probes)); p++)
            {
                var direction = Along([.. Enumerable.Range(slot.Offset, slot.Count)]);
                probes.Add((slot, direction, _site.Differentiate(direction)));
            }
        Contract.InspectPrecision(_site, _result.Findings);
        (double[] cotangent, double[] gradient)? dense;
        using (var linearization = _function.Linearize(_site.Point))
        {
            var varies = probes.Exists(probe => Enumerable.Range(0, _site.Centre.Length).Any(o => Math.Abs(probe.slopes.Value[o]) > 4 * probe.slopes.Bar[o]));
            dense = Contract.InspectGraph(_function, _site, linearization, varies, _random, _result.Findings);
        }
        if (dense is null) return;
        _noise = AnalyticNoise.Estimate(_function, _site.Point, dense.Value.cotangent, dense.Value.gradient, _random);
        using (var linearization = _function.Linearize(_site.Point))
        {
            foreach (var (slot, direction, slopes) in probes) Compare(linearization, slot, direction, slopes);
        }
    }

    private Direction Along(int[] columns)
    {
        var steps = Array.ConvertAll(columns, k => Direction.Quantized(_site.Point[k], _site.Scales[k] * Cotangents.One(_random) / Math.Sqrt(columns.Length)));
        return new Direction(columns, steps, null);
    }

    private void Compare(Linearization linearization, TensorSlot slot, Direction direction, Slopes slopes)
    {
        var weights = new double[_site.Centre.Length];
        var unseen = 0;
        for (var o = 0; o < weights.Length; o++)
        {
            // Near a kink, or where differences don't settle, nothing is compared.
            if (IsClear(slopes, o)) weights[o] = Cotangents.One(_random) / _rowScale[o];
            else unseen++;
        }
        var (analytic, numeric, bar, allowed, gradient) = Projection(linearization, direction, slopes, weights);
        var ratio = Math.Abs(analytic - numeric) / allowed;
        var failed = !(ratio <= 1) && Math.Abs(analytic - numeric) > _options.AbsoluteTolerance;
        var judgement = new Judgement(numeric, bar, allowed, ratio, failed ? Verdict.Fail : unseen == weights.Length ? Verdict.Inconclusive : Verdict.Pass);
        if (!failed)
        {
            _result.Tally.Projection(slot, judgement);
            NotePower(slot, direction, gradient, allowed);
            PlantOne(slot, direction, weights, analytic, numeric, allowed);
            return;
        }
        Trace(linearization, direction, weights);
    }

    private bool IsClear(Slopes slopes, int o) =>
        !slopes.Kinks.ContainsKey(o) && (slopes.Settled[o] || slopes.Bar[o] <= _options.RequiredPower * Math.Max(Math.Abs(slopes.Value[o]), slopes.Variation[o]));

    private (double analytic, double numeric, double bar, double allowed, double[] gradient) Projection(Linearization linearization, Direction direction, Slopes slopes, double[] weights)
    {
        var gradient = linearization.Pullback(weights);
        double analytic = 0, size = 0, noise = 0, numeric = 0, bar = 0;
        for (var c = 0; c < direction.Columns.Length; c++)
        {
            var term = gradient[direction.Columns[c]] * direction.Steps[c];
            analytic += term;
            size += Math.Abs(term);
            noise += 8 * _noise[direction.Columns[c]] * Math.Abs(term);
        }
        for (var o = 0; o < weights.Length; o++)
        {
            if (weights[o] == 0) continue;
            numeric += weights[o] * slopes.Value[o];
            bar += Math.Abs(weights[o]) * slopes.Bar[o];
            size = Math.Max(size, Math.Abs(weights[o] * slopes.Value[o]));
        }
        return (analytic, numeric, bar, bar + noise + _options.RelativeFloor * size + double.Epsilon, gradient);
    }

    /// <summary>The smallest error of one entry that must show, whatever its place: its weight and step are at least half of the usual.</summary>
    private void NotePower(TensorSlot slot, Direction direction, double[] gradient, double allowed)
    {
        var squares = 0.0;
        for (var c = 0; c < direction.Columns.Length; c++) squares += Math.Pow(gradient[direction.Columns[c]] * _site.Scales[direction.Columns[c]], 2);
        // The root mean square of the entries, from that of their random combinations (E u² = 13/12).
        var typical = Math.Sqrt(squares / slot.Count / (13.0 / 12) / Math.Max(1, _site.Centre.Length));
        if (!(typical > 0)) return;
        var relative = 2 * allowed / (0.5 * 0.5 / Math.Sqrt(slot.Count)) / typical;
        _result.Power = Math.Max(_result.Power, relative);
    }

    /// <summary>The check's own check: an error of one entry, of the size that is said to show, must.</summary>
    private void PlantOne(TensorSlot slot, Direction direction, double[] weights, double analytic, double numeric, double allowed)
    {
        var (c, o) = (_random.Next(direction.Columns.Length), _random.Next(weights.Length));
        if (weights[o] == 0 || _result.Power == 0) return;
        var size = 2.5 * allowed / (0.25 / Math.Sqrt(slot.Count)) * _rowScale[o] / _site.Scales[direction.Columns[c]];
        var output = _function.Outputs.Slots[_function.Outputs.SlotOf(o)];
        var where = $"{output.Name}[{string.Join(", ", output.IndexOf(o - output.Offset))}] by {slot.Name}[{string.Join(", ", slot.IndexOf(direction.Columns[c] - slot.Offset))}]";
        var caught = Math.Abs(analytic + size * weights[o] * direction.Steps[c] - numeric) > allowed;
        _result.Planted.Add(new PlantedFault(where, size, _result.Power, caught));
    }

    /// <summary>Halves the inputs, then the outputs, and follows the half that is wrong.</summary>
    private void Trace(Linearization linearization, Direction direction, double[] weights)
    {
        var columns = direction.Columns;
        while (columns.Length > 1)
        {
            int[][] halves = [columns[..(columns.Length / 2)], columns[(columns.Length / 2)..]];
            columns = halves.MaxBy(half =>
            {
                var part = Along(half);
                var (analytic, numeric, _, allowed, _) = Projection(linearization, part, _site.Differentiate(part), weights);
                return double.IsFinite(analytic) ? Math.Abs(analytic - numeric) / allowed : double.PositiveInfinity;
            })!;
        }
        var single = new Direction(columns, [Direction.Quantized(_site.Point[columns[0]], _site.Scales[columns[0]])], null);
        var slopes = _site.Differentiate(single);
        var rows = Enumerable.Range(0, weights.Length).Where(o => weights[o] != 0).ToArray();
        while (rows.Length > 1)
        {
            int[][] halves = [rows[..(rows.Length / 2)], rows[(rows.Length / 2)..]];
            rows = halves.MaxBy(half =>
            {
                var part = new double[weights.Length];
                foreach (var o in half) part[o] = weights[o];
                var (analytic, numeric, _, allowed, _) = Projection(linearization, single, slopes, part);
                return double.IsFinite(analytic) ? Math.Abs(analytic - numeric) / allowed : double.PositiveInfinity;
            })!;
        }
        var (row, column) = (rows[0], columns[0]);
        var unit = new double[weights.Length];
        unit[row] = 1;
        var entry = linearization.Pullback(unit)[column];
        var (value, bar) = (slopes.Value[row] / single.Steps[0], slopes.Bar[row] / Math.Abs(single.Steps[0]));
        var tolerance = bar + _options.RelativeFloor * Math.Max(Math.Abs(entry), Math.Abs(value));
        var explained = Closer.Explains(_site, row, column, entry, value, bar, _options.RelativeFloor);
        _result.Tally.Add(row, column, entry, new Judgement(value, bar, tolerance, Math.Abs(entry - value) / tolerance, explained ? Verdict.Inconclusive : Verdict.Fail));
    }
}
