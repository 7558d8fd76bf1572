namespace TorchRef.Checks.Gradients;

/// <summary>
/// A second look before anything is called wrong, with steps a thousand and a million times smaller: a function may hide
/// from large steps how it goes close by (a small ripple on a steep slope, a kink at 1e-8).
/// </summary>
internal static class Closer
{
    /// <summary>So many wrong columns are looked at; where none of them turns out right the others won't either.</summary>
    private const int Sample = 8;

    private const int Most = 256;

    /// <summary>Looks again at wrong entries, and puts better numbers in where those agree with the analytic ones.</summary>
    /// <returns>Whether there are any.</returns>
    public static bool Look(NumericJacobian numeric, Judge judge, Matrices full)
    {
        var site = numeric.Site;
        var columns = Enumerable.Range(0, site.Point.Length).Where(k => Array.Exists(full.Wrong, row => row[k])).ToArray();
        var mended = 0;
        for (var c = 0; c < Math.Min(columns.Length, Most); c++)
        {
            if (c == Sample && mended == 0) break;
            var k = columns[c];
            for (var r = 0; r < full.Rows.Length; r++)
            {
                if (!full.Wrong[r][k]) continue;
                var entry = numeric[full.Rows[r], k];
                var error = Math.Abs(full.Analytic[r][k] - entry.Value);
                if (!entry.Touched) continue;
                if ((Slope(site, full.Rows[r], k, full.Analytic[r][k], error, judge.Floor) ?? Rougher(site, full.Rows[r], entry, error)) is not { } better) continue;
                numeric.Replace(full.Rows[r], entry with { Value = better.value, Bar = better.bar, Settled = true, Kink = null });
                mended++;
            }
        }
        return mended > 0;
    }

    /// <summary>
    /// The same slope with a wider bar, where over distances like those of the steps there is more round-off than over the
    /// last places (a number near 1 less 1 stands still over those, and jumps over these), enough of it to explain the error.
    /// </summary>
    private static (double value, double bar)? Rougher(NumericSite site, int row, NumericEntry entry, double error)
    {
        if (!double.IsFinite(error)) return null;
        var step = site.Scales[entry.Column] / 1024;
        var noise = Noise.Along(site.Function, site.Point, entry.Column, step / 8, row);
        var bar = entry.Bar + 4 * noise / step;
        return error <= bar ? (entry.Value, bar) : null;
    }

    /// <summary>The slope close to the point, if it is known well enough to tell and agrees with the analytic one; else null.</summary>
    public static (double value, double bar)? Slope(NumericSite site, int row, int column, double analytic, double error, double floor)
    {
        if (!double.IsFinite(analytic) || !double.IsFinite(error)) return null;
        foreach (var closer in (double[])[1.0 / 1024, 1.0 / (1 << 20)])
        {
            var step = Direction.Quantized(site.Point[column], site.Scales[column] * closer);
            var slopes = site.Differentiate(new Direction([column], [step], null));
            var (value, bar) = (slopes.Value[row] / step, slopes.Bar[row] / Math.Abs(step));
            if (slopes.Kinks.ContainsKey(row) || !(bar <= 0.1 * error)) continue;
            if (Math.Abs(analytic - value) <= bar + floor * Math.Max(Math.Abs(analytic), Math.Abs(value))) return (value, bar);
        }
        return null;
    }
}
