namespace TorchRef.Checks.Gradients;

/// <summary>The Jacobian by differences, with bars, stored by groups of columns that share evaluations.</summary>
internal sealed class NumericJacobian
{
    private const int Directions = 2;

    private readonly int[] _group;
    private readonly double[] _step;
    private readonly List<Slopes> _slopes = [];
    private readonly List<int>?[] _columnsOf;

    private NumericJacobian(Structure structure, int inputs, int outputs)
    {
        Structure = structure;
        (_group, _step, ColumnScale) = (new int[inputs], new double[inputs], new double[inputs]);
        (RowScale, _columnsOf) = (new double[outputs], new List<int>?[outputs]);
    }

    public Structure Structure { get; }

    /// <summary>The largest derivative in each column.</summary>
    public double[] ColumnScale { get; }

    /// <summary>The largest derivative in each row, each in units of its column's input scale.</summary>
    public double[] RowScale { get; }

    /// <summary>The inputs that touch an output.</summary>
    public IReadOnlyList<int> ColumnsOf(int row) => _columnsOf[row] ?? [];

    /// <summary>How steep an output's way to a large step is: what a derivative that happens to be 0 is measured by.</summary>
    public double Variation(int row, int column) =>
        Structure.Touches(column, row) ? _slopes[_group[column]].Variation[row] / Math.Abs(_step[column]) : 0;

    /// <summary>Whether an input touches an output, and the derivative, its bar, whether it settled, and the kink there if there is one.</summary>
    public (double value, double bar, bool settled, Kink? kink) this[int row, int column]
    {
        get
        {
            if (!Structure.Touches(column, row)) return (0, 0, true, null);
            var (slopes, step) = (_slopes[_group[column]], _step[column]);
            var kink = slopes.Kinks.Count > 0 && slopes.Kinks.TryGetValue(row, out var found)
                ? new Kink(found.Left / step, found.Right / step, found.Bar / Math.Abs(step), found.Distance * Math.Abs(step)) : null;
            return (slopes.Value[row] / step, slopes.Bar[row] / Math.Abs(step), slopes.Settled[row], kink);
        }
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
        var jacobian = new NumericJacobian(structure, site.Point.Length, site.Centre.Length);
        var groups = structure.ColumnGroups();
        foreach (var group in groups)
        {
            var owner = structure.Owners(group);
            var steps = Array.ConvertAll(group, k => Direction.Quantized(site.Point[k], site.Scales[k]));
            var slopes = site.Differentiate(new Direction(group, steps, owner));
            for (var c = 0; c < group.Length; c++) (jacobian._group[group[c]], jacobian._step[group[c]]) = (jacobian._slopes.Count, steps[c]);
            for (var o = 0; o < owner.Length; o++)
            {
                if (owner[o] < 0) continue;
                var k = group[owner[o]];
                (jacobian._columnsOf[o] ??= []).Add(k);
                if (!double.IsFinite(slopes.Bar[o])) continue;
                var value = Math.Abs(slopes.Value[o]);
                jacobian.ColumnScale[k] = Math.Max(jacobian.ColumnScale[k], value / Math.Abs(steps[owner[o]]));
                jacobian.RowScale[o] = Math.Max(jacobian.RowScale[o], value / Math.Abs(steps[owner[o]]) * site.Scales[k]);
            }
            jacobian._slopes.Add(slopes);
            progress?.Report((double)jacobian._slopes.Count / groups.Count);
        }
        return jacobian;
    }

    /// <summary>Along a direction in which all inputs move at once, the derivatives must be the sums of those found.</summary>
    private bool HoldsAlongRandomDirections(NumericSite site, Random random)
    {
        for (var direction = 0; direction < Directions; direction++)
        {
            var steps = new double[site.Point.Length];
            for (var k = 0; k < steps.Length; k++)
                steps[k] = Direction.Quantized(site.Point[k], site.Scales[k] * (0.5 + random.NextDouble()) * (random.Next(2) == 0 ? 1 : -1) / Math.Sqrt(steps.Length));
            var slopes = site.Differentiate(new Direction([.. Enumerable.Range(0, steps.Length)], steps, null));
            for (var o = 0; o < site.Centre.Length; o++)
            {
                double sum = 0, bar = 0, size = 0;
                var smooth = slopes.Settled[o];
                foreach (var k in ColumnsOf(o))
                {
                    if (!smooth) break;
                    var entry = this[o, k];
                    smooth = entry.settled && entry.kink is null;
                    sum += entry.value * steps[k];
                    bar += entry.bar * Math.Abs(steps[k]);
                    size += Math.Abs(entry.value * steps[k]);
                }
                if (smooth && Math.Abs(sum - slopes.Value[o]) > 10 * (bar + slopes.Bar[o]) + 1e-9 * size) return false;
            }
        }
        return true;
    }
}
