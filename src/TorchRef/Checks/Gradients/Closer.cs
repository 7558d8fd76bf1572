namespace TorchRef.Checks.Gradients;

/// <summary>
/// A second look before anything is called wrong, with steps a thousand and a million times smaller: a function may hide
/// from large steps how it goes close by (a small ripple on a steep slope, a kink at 1e-8). And a look at its round-off over
/// distances like those of the steps: a number near 1 less 1 stands still over the last places, and jumps over those.
/// </summary>
internal sealed class Closer
{
    /// <summary>So many wrong columns are looked at; where none of them turns out right the others won't either.</summary>
    private const int Sample = 4;

    private const int Most = 256;

    private readonly NumericSite _site;
    private readonly int _column;
    private readonly List<(double step, Slopes slopes)> _looks = [];
    private double[]? _noise;

    private Closer(NumericSite site, int column) => (_site, _column) = (site, column);

    /// <summary>Looks again at wrong entries, and puts better numbers in where those explain the analytic ones.</summary>
    /// <returns>Whether there are any.</returns>
    public static bool Look(NumericJacobian numeric, Judge judge, Matrices full)
    {
        var columns = Enumerable.Range(0, numeric.Site.Point.Length).Where(k => Array.Exists(full.Wrong, row => row[k])).ToArray();
        var mended = 0;
        for (var c = 0; c < Math.Min(columns.Length, Most); c++)
        {
            if (c == Sample && mended == 0) break;
            var k = columns[c];
            var closer = new Closer(numeric.Site, k);
            for (var r = 0; r < full.Rows.Length; r++)
            {
                if (!full.Wrong[r][k]) continue;
                var entry = numeric[full.Rows[r], k];
                if (!entry.Touched || closer.Better(full.Rows[r], full.Analytic[r][k], entry.Value, entry.Bar, judge.Floor) is not { } better) continue;
                numeric.Replace(full.Rows[r], entry with { Value = better.value, Bar = better.bar, Settled = true, Kink = null });
                mended++;
            }
        }
        return mended > 0;
    }

    /// <summary>Whether a closer look at one entry explains its analytic value.</summary>
    public static bool Explains(NumericSite site, int row, int column, double analytic, double value, double bar, double floor) =>
        new Closer(site, column).Better(row, analytic, value, bar, floor) is not null;

    private (double value, double bar)? Better(int row, double analytic, double value, double bar, double floor)
    {
        var error = Math.Abs(analytic - value);
        if (!double.IsFinite(error)) return null;
        for (var look = 0; look < 2; look++)
        {
            var (step, slopes) = Slopes(look);
            var (near, nearBar) = (slopes.Value[row] / step, slopes.Bar[row] / Math.Abs(step));
            // Only a bar that tells the two apart says anything.
            if (slopes.Kinks.ContainsKey(row) || !(nearBar <= 0.1 * error)) continue;
            if (Math.Abs(analytic - near) <= nearBar + floor * Math.Max(Math.Abs(analytic), Math.Abs(near))) return (near, nearBar);
        }
        var distance = _site.Scales[_column] / 1024;
        _noise ??= Noise.Along(_site.Function, _site.Point, _column, distance / 8);
        var wider = bar + 4 * _noise[row] / distance;
        return error <= wider ? (value, wider) : null;
    }

    private (double step, Slopes slopes) Slopes(int look)
    {
        while (_looks.Count <= look)
        {
            var step = Direction.Quantized(_site.Point[_column], _site.Scales[_column] * (_looks.Count == 0 ? 1.0 / 1024 : 1.0 / (1 << 20)));
            _looks.Add((step, _site.Differentiate(new Direction([_column], [step], null))));
        }
        return _looks[look];
    }
}
