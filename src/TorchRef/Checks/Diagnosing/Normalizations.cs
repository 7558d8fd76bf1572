using TorchRef.Checks.Gradients;
using TorchRef.Checks.Reporting;

namespace TorchRef.Checks.Diagnosing;

/// <summary>
/// Hypotheses about a normalisation's derivative. Every row of the right one is α·δ + β·1 + κ·(x − mean) over the elements
/// that share the statistics: the element itself, what it does to the mean, what it does to the variance. The wrong one is
/// taken apart in the same way.
/// </summary>
internal static class Normalizations
{
    public static Diagnosis? Terms(Block block)
    {
        if (Rows(block) is not { } rows) return null;
        var own = Ratio(rows, row => row.analytic.own, row => row.numeric.own);
        var mean = Ratio(rows, row => row.analytic.mean, row => row.numeric.mean);
        var variance = Ratio(rows, row => row.analytic.variance, row => row.numeric.variance);
        if (own is not { } o || !Near(o, 1)) return null;
        var name = block.Slot.Name;
        if (mean is { } m && variance is { } v)
        {
            if (IsNothing(m) && IsNothing(v)) return new Diagnosis(Cause.DetachedStatistics, $"the gradient of {name} treats mean and variance as constants: both of their terms are missing", name);
            if (Near(m, 1) && !Near(v, 1)) return new Diagnosis(Cause.VarianceTerm, $"the gradient of {name}: the term by which the variance depends on it {Amount(v, block)}", name, v);
            if (Near(v, 1) && !Near(m, 1)) return new Diagnosis(Cause.MeanTerm, $"the gradient of {name}: the term by which the mean depends on it {Amount(m, block)}", name, m);
            if (Near(m / v, 1)) return new Diagnosis(Cause.WrongReduction, $"the gradient of {name}: the terms of mean and variance are both {FactorNames.Of(m, block.Function, null)} times what they must be: averaged over another number of elements", name, m);
            if (!Near(m, 1) && !Near(v, 1)) return new Diagnosis(Cause.DetachedStatistics, $"the gradient of {name}: the term of the mean {Amount(m, block)}, that of the variance {Amount(v, block)}", name);
        }
        return null;
    }

    /// <summary>
    /// Looser: what is missing has, along the batch, the form of a mean's term (the same for all examples), of a
    /// covariance's (made of the centred inputs), or of both.
    /// </summary>
    public static Diagnosis? Statistics(Block block)
    {
        var shape = block.Slot.Shape;
        if (block.IsParameter || shape.Length != 2 || shape[0] < shape[1] + 2) return null;
        var (n, c) = ((int)shape[0], (int)shape[1]);
        var basis = Orthonormal(block.Values, n, c);
        bool mean = false, covariance = false;
        for (var r = 0; r < block.Rows.Length; r++)
            for (var channel = 0; channel < c; channel++)
            {
                var rest = new double[n];
                for (var i = 0; i < n; i++) rest[i] = block.Numeric[r][i * c + channel] - block.Analytic[r][i * c + channel];
                for (var b = 0; b < basis.Count; b++)
                {
                    var share = basis[b].Zip(rest, (x, y) => x * y).Sum();
                    for (var i = 0; i < n; i++) rest[i] -= share * basis[b][i];
                    if (Math.Abs(share) <= 1e-6 * block.Largest) continue;
                    if (b == 0) mean = true;
                    else covariance = true;
                }
                if (rest.Any(value => Math.Abs(value) > 1e-5 * block.Largest)) return null;
            }
        var name = block.Slot.Name;
        return (mean, covariance) switch
        {
            (true, true) => new Diagnosis(Cause.DetachedStatistics, $"the gradient of {name}: what is missing goes with the batch's mean and its variances: statistics are treated as constants", name),
            (true, false) => new Diagnosis(Cause.MeanTerm, $"the gradient of {name}: what is missing is the same for all examples: the term by which the mean depends on it", name),
            (false, true) => new Diagnosis(Cause.VarianceTerm, $"the gradient of {name}: what is missing goes with the centred inputs: the term by which the variance (or covariance) depends on it", name),
            _ => null,
        };
    }

    /// <summary>1, then the centred columns, made orthonormal.</summary>
    private static List<double[]> Orthonormal(double[] values, int n, int c)
    {
        var basis = new List<double[]> { Enumerable.Repeat(1 / Math.Sqrt(n), n).ToArray() };
        for (var channel = 0; channel < c; channel++)
        {
            var column = Enumerable.Range(0, n).Select(i => values[i * c + channel]).ToArray();
            foreach (var vector in basis)
            {
                var share = vector.Zip(column, (x, y) => x * y).Sum();
                for (var i = 0; i < n; i++) column[i] -= share * vector[i];
            }
            var length = Math.Sqrt(column.Sum(value => value * value));
            if (length > 1e-9) basis.Add(Array.ConvertAll(column, value => value / length));
        }
        return basis;
    }

    private static string Amount(double ratio, Block block) => IsNothing(ratio) ? "is missing" : $"is {FactorNames.Of(ratio, block.Function, null)} times what it must be";

    private static bool Near(double ratio, double value) => Math.Abs(ratio - value) < 1e-4;

    private static bool IsNothing(double ratio) => Math.Abs(ratio) < 1e-5;

    /// <summary>The common ratio of a term in all rows, or null where it isn't one.</summary>
    private static double? Ratio(List<((double own, double mean, double variance) analytic, (double own, double mean, double variance) numeric)> rows, Func<((double own, double mean, double variance) analytic, (double own, double mean, double variance) numeric), double> analytic, Func<((double own, double mean, double variance) analytic, (double own, double mean, double variance) numeric), double> numeric)
    {
        double product = 0, squares = 0, rest = 0;
        foreach (var row in rows)
        {
            product += analytic(row) * numeric(row);
            squares += numeric(row) * numeric(row);
        }
        if (!(squares > 0)) return null;
        var ratio = product / squares;
        foreach (var row in rows) rest += Math.Pow(analytic(row) - ratio * numeric(row), 2);
        return rest <= 1e-8 * squares * Math.Max(1, ratio * ratio) ? ratio : null;
    }

    /// <summary>Both rows of every output, taken apart; null where they aren't made of these terms.</summary>
    private static List<((double own, double mean, double variance) analytic, (double own, double mean, double variance) numeric)>? Rows(Block block)
    {
        var values = block.Values;
        var rows = new List<((double, double, double), (double, double, double))>();
        for (var r = 0; r < block.Rows.Length; r++)
        {
            // Only a normalisation of the same shape has an element of its own for each output.
            var (output, _) = block.OutputOf(r);
            var slot = block.Function.Outputs.Slots[output];
            if (!slot.Shape.AsSpan().SequenceEqual(block.Slot.Shape)) return null;
            var self = block.Rows[r] - slot.Offset;
            var shared = Enumerable.Range(0, block.Slot.Count).Where(k => !block.IsZero(block.Numeric[r][k], r, k) || !block.IsZero(block.Analytic[r][k], r, k)).ToArray();
            if (shared.Length < 3 || !shared.Contains(self)) continue;
            var (mean, deviation) = Moments(values, shared);
            if (!(deviation > 0)) return null;
            if (Fit(block.Numeric[r], shared, self, values, mean, deviation) is not { } numeric || Fit(block.Analytic[r], shared, self, values, mean, deviation) is not { } analytic) return null;
            rows.Add((analytic, numeric));
        }
        return rows.Count >= 2 ? rows : null;
    }

    private static (double mean, double deviation) Moments(double[] values, int[] of)
    {
        var mean = of.Average(k => values[k]);
        return (mean, Math.Sqrt(of.Average(k => (values[k] - mean) * (values[k] - mean))));
    }

    /// <summary>Least squares in the three terms; null where something is left over.</summary>
    private static (double own, double mean, double variance)? Fit(double[] row, int[] shared, int self, double[] values, double mean, double deviation)
    {
        // Without the element itself two terms remain, which are orthogonal but for its absence.
        double n = 0, sx = 0, sxx = 0, sy = 0, sxy = 0, largest = 0;
        foreach (var k in shared)
        {
            largest = Math.Max(largest, Math.Abs(row[k]));
            if (k == self) continue;
            var x = (values[k] - mean) / deviation;
            n++;
            sx += x;
            sxx += x * x;
            sy += row[k];
            sxy += x * row[k];
        }
        var determinant = n * sxx - sx * sx;
        if (!(Math.Abs(determinant) > 1e-9 * n * n)) return null;
        var variance = (n * sxy - sx * sy) / determinant;
        var constant = (sy - variance * sx) / n;
        foreach (var k in shared)
        {
            if (k == self) continue;
            if (Math.Abs(row[k] - constant - variance * (values[k] - mean) / deviation) > 1e-4 * largest) return null;
        }
        return (row[self] - constant - variance * (values[self] - mean) / deviation, constant, variance);
    }

    /// <summary>
    /// Whether the error is ε's: it fades as the input grows, faster than the gradient, while the gradient's own form stays.
    /// </summary>
    public static Diagnosis? Epsilon(Block block, GradCheckOptions options)
    {
        var spread = block.Site.Centre.Max() - block.Site.Centre.Min();
        var (near, far) = (ErrorAt(block, 1, options), ErrorAt(block, 16, options));
        if (near is not { } atOne || far is not { } atSixteen || !(atOne.error > 0)) return null;
        // The outputs of a normalisation stay where they are.
        if (!(atSixteen.change <= 0.05 * spread)) return null;
        if (!(atSixteen.error < 0.2 * atOne.error)) return null;
        return new Diagnosis(Cause.Epsilon, $"the error in the gradient of {block.Slot.Name} fades as the input's scale grows ({ReportNumber.Of(atOne.error)} of the gradient here, {ReportNumber.Of(atSixteen.error)} at 16 times the scale): ε is missing, another one, or on the other side of the root", block.Slot.Name);
    }

    private static (double error, double change)? ErrorAt(Block block, double scale, GradCheckOptions options)
    {
        var function = block.Function;
        var point = (double[])block.Site.Point.Clone();
        var scaled = block.Slot.Offset < (function.ArgumentSlots > 0 ? function.Inputs.Slots[function.ArgumentSlots - 1].End : 0) ? block.Slot : function.Inputs.Slots[0];
        for (var k = scaled.Offset; k < scaled.End; k++) point[k] *= scale;
        var random = new Random(1);
        var site = new NumericSite(function, point, options.RelativeFloor, random);
        if (!Array.TrueForAll(site.Centre, double.IsFinite)) return null;
        var direction = Array.ConvertAll(Enumerable.Range(block.Slot.Offset, block.Slot.Count).ToArray(), k => Direction.Quantized(point[k], site.Scales[k] * Cotangents.One(random) / Math.Sqrt(block.Slot.Count)));
        var slopes = site.Differentiate(new Direction([.. Enumerable.Range(block.Slot.Offset, block.Slot.Count)], direction, null));
        var cotangent = Cotangents.Random(site.Centre.Length, random);
        double[] gradient;
        using (var linearization = function.Linearize(point)) gradient = linearization.Pullback(cotangent);
        double analytic = 0, numeric = 0, size = 0;
        for (var k = 0; k < direction.Length; k++) analytic += gradient[block.Slot.Offset + k] * direction[k];
        for (var o = 0; o < cotangent.Length; o++)
        {
            numeric += cotangent[o] * slopes.Value[o];
            size += Math.Abs(cotangent[o] * slopes.Value[o]);
        }
        var change = site.Centre.Select((value, o) => Math.Abs(value - block.Site.Centre[o])).Max();
        return (Math.Abs(analytic - numeric) / size, change);
    }
}
