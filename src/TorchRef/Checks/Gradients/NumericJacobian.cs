using System.Runtime.InteropServices;

namespace TorchRef.Checks.Gradients;

/// <summary>The Jacobian by differences, with bars, row by row; only entries where an input touches an output are kept.</summary>
internal sealed class NumericJacobian
{
    private const int Directions = 2;

    private readonly List<NumericEntry>[] _rows;

    private NumericJacobian(Structure structure, NumericSite site)
    {
        (Structure, Site) = (structure, site);
        (ColumnScale, RowScale) = (new double[site.Point.Length], new double[site.Centre.Length]);
        _rows = new List<NumericEntry>[site.Centre.Length];
        for (var o = 0; o < _rows.Length; o++) _rows[o] = [];
    }

    /// <summary>Where it was taken.</summary>
    public NumericSite Site { get; }

    public Structure Structure { get; }

    /// <summary>The largest derivative in each column.</summary>
    public double[] ColumnScale { get; }

    /// <summary>The largest derivative in each row, each in units of its column's input scale.</summary>
    public double[] RowScale { get; }

    /// <summary>The entries of a row, in the order of their columns.</summary>
    public ReadOnlySpan<NumericEntry> Row(int row) => CollectionsMarshal.AsSpan(_rows[row]);

    /// <summary>Any entry.</summary>
    public NumericEntry this[int row, int column]
    {
        get
        {
            var entries = Row(row);
            var (low, high) = (0, entries.Length - 1);
            while (low <= high)
            {
                var middle = (low + high) / 2;
                if (entries[middle].Column == column) return entries[middle];
                if (entries[middle].Column < column) low = middle + 1;
                else high = middle - 1;
            }
            return new NumericEntry(column, 0, 0, Settled: true, Variation: 0, Touched: false, Kink: null);
        }
    }

    /// <summary>Puts a better entry in the place of one.</summary>
    public void Replace(int row, NumericEntry better)
    {
        var at = _rows[row].FindIndex(entry => entry.Column == better.Column);
        if (at >= 0) _rows[row][at] = better;
    }

    /// <summary>Differentiates by every input; guesses a structure, and does without where it turns out not to hold.</summary>
    public static NumericJacobian Compute(NumericSite site, Random random, IProgress<double>? progress = null)
    {
        var guess = Structure.Guess(site.Function, site.Point, site.Centre, site.Scales, random);
        var jacobian = Compute(site, guess, progress);
        if (guess.IsDense || jacobian.HoldsAlongRandomDirections(site, random)) return jacobian;
        return Compute(site, Structure.Dense(site.Function.Inputs, site.Function.Outputs), progress);
    }

    private static NumericJacobian Compute(NumericSite site, Structure structure, IProgress<double>? progress)
    {
        var jacobian = new NumericJacobian(structure, site);
        var groups = structure.ColumnGroups();
        for (var g = 0; g < groups.Count; g++)
        {
            var owners = structure.Owners(groups[g]);
            var steps = Array.ConvertAll(groups[g], k => Direction.Quantized(site.Point[k], site.Scales[k]));
            jacobian.Add(site, site.Differentiate(new Direction(groups[g], steps, owners)), groups[g], steps, owners);
            progress?.Report((g + 1.0) / groups.Count);
        }
        foreach (var row in jacobian._rows) row.Sort((one, other) => one.Column.CompareTo(other.Column));
        return jacobian;
    }

    private void Add(NumericSite site, Slopes slopes, int[] group, double[] steps, int[] owners)
    {
        for (var o = 0; o < owners.Length; o++)
        {
            if (owners[o] < 0) continue;
            var (k, step) = (group[owners[o]], steps[owners[o]]);
            var width = Math.Abs(step);
            var kink = slopes.Kinks.Count > 0 && slopes.Kinks.TryGetValue(o, out var found)
                ? new Kink(found.Left / step, found.Right / step, found.Bar / width, found.Distance * width) : null;
            var entry = new NumericEntry(k, slopes.Value[o] / step, slopes.Bar[o] / width, slopes.Settled[o], slopes.Variation[o] / width, Touched: true, kink);
            _rows[o].Add(entry);
            // What may as well be 0 is no measure of size.
            if (!(Math.Abs(entry.Value) > 2 * entry.Bar)) continue;
            ColumnScale[k] = Math.Max(ColumnScale[k], Math.Abs(entry.Value));
            RowScale[o] = Math.Max(RowScale[o], Math.Abs(entry.Value) * site.Scales[k]);
        }
    }

    /// <summary>Along a direction in which all inputs move at once, the derivatives must be the sums of those found.</summary>
    private bool HoldsAlongRandomDirections(NumericSite site, Random random)
    {
        for (var direction = 0; direction < Directions; direction++)
        {
            var steps = new double[site.Point.Length];
            for (var k = 0; k < steps.Length; k++) steps[k] = Direction.Quantized(site.Point[k], site.Scales[k] * Cotangents.One(random) / Math.Sqrt(steps.Length));
            var slopes = site.Differentiate(new Direction([.. Enumerable.Range(0, steps.Length)], steps, null));
            for (var o = 0; o < site.Centre.Length; o++)
            {
                double sum = 0, bar = 0, size = 0;
                var smooth = slopes.Settled[o];
                foreach (ref readonly var entry in Row(o))
                {
                    smooth &= entry.Settled && entry.Kink is null;
                    var step = steps[entry.Column];
                    sum += entry.Value * step;
                    bar += entry.Bar * Math.Abs(step);
                    size += Math.Abs(entry.Value * step);
                }
                if (smooth && Math.Abs(sum - slopes.Value[o]) > 10 * (bar + slopes.Bar[o]) + 1e-9 * size) return false;
            }
        }
        return true;
    }
}
