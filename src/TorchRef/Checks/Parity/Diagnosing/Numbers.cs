using static TorchSharp.torch;

namespace TorchRef.Checks.Parity;

/// <summary>Tensors as plain numbers, and how one array follows from another.</summary>
internal static class Numbers
{
    /// <summary>The elements in row-major order, in float64.</summary>
    public static double[] Of(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        using var data = Allowance.InFloat64(tensor).contiguous().data<double>();
        return data.ToArray();
    }

    public static double Largest(double[] values) => values.Length == 0 ? 0 : values.Max(Math.Abs);

    /// <summary>Whether two arrays agree up to a share of their largest value.</summary>
    public static bool Same(double[] one, double[] other, double tolerance)
    {
        if (one.Length != other.Length) return false;
        var bound = tolerance * Math.Max(Largest(one), Largest(other));
        for (var i = 0; i < one.Length; i++)
            if (!(Math.Abs(one[i] - other[i]) <= bound)) return false;
        return true;
    }

    /// <summary>The f with actual = f·expected, or null where there is none.</summary>
    public static double? Factor(double[] actual, double[] expected, double tolerance)
    {
        var square = Dot(expected, expected);
        if (actual.Length != expected.Length || actual.Length == 0 || square == 0 || !actual.All(double.IsFinite)) return null;
        var factor = Dot(actual, expected) / square;
        // 1 is no factor: what is left of the difference is something else.
        return factor != 0 && Math.Abs(factor - 1) > 10 * tolerance && Same(actual, [.. expected.Select(value => factor * value)], tolerance) ? factor : null;
    }

    /// <summary>For each group the f with actual = f·expected in it, or null where one has none. Groups of one element or of zeros say nothing and give NaN.</summary>
    public static double[]? FactorPerGroup(double[] actual, double[] expected, int[] groups, int count, double tolerance)
    {
        var (product, square, size) = (new double[count], new double[count], new int[count]);
        for (var i = 0; i < actual.Length; i++)
        {
            product[groups[i]] += actual[i] * expected[i];
            square[groups[i]] += expected[i] * expected[i];
            size[groups[i]]++;
        }
        var factors = product.Zip(square, (p, s) => s == 0 ? double.NaN : p / s).ToArray();
        var bound = tolerance * Math.Max(Largest(actual), Largest(expected));
        for (var i = 0; i < actual.Length; i++)
            if (!(Math.Abs(actual[i] - (double.IsNaN(factors[groups[i]]) ? 0 : factors[groups[i]]) * expected[i]) <= bound)) return null;
        return size.All(one => one > 1) && factors.Any(factor => Math.Abs(factor - 1) > 10 * tolerance) ? factors : null;
    }

    /// <summary>For each group the line y = slope·x + offset through all of its points, or null where one has none.</summary>
    public static (double[] slope, double[] offset)? LinePerGroup(double[] x, double[] y, int[] groups, int count, double tolerance)
    {
        var (n, sx, sy) = (new double[count], new double[count], new double[count]);
        for (var i = 0; i < x.Length; i++)
        {
            n[groups[i]]++;
            sx[groups[i]] += x[i];
            sy[groups[i]] += y[i];
        }
        if (n.Any(one => one < 3)) return null;
        var (sxx, sxy) = (new double[count], new double[count]);
        for (var i = 0; i < x.Length; i++)
        {
            var g = groups[i];
            sxx[g] += (x[i] - sx[g] / n[g]) * (x[i] - sx[g] / n[g]);
            sxy[g] += (x[i] - sx[g] / n[g]) * (y[i] - sy[g] / n[g]);
        }
        if (sxx.Any(one => one == 0)) return null;
        var slope = sxy.Zip(sxx, (p, s) => p / s).ToArray();
        var offset = Enumerable.Range(0, count).Select(g => sy[g] / n[g] - slope[g] * sx[g] / n[g]).ToArray();
        var bound = tolerance * Largest(y);
        for (var i = 0; i < x.Length; i++)
            if (!(Math.Abs(y[i] - slope[groups[i]] * x[i] - offset[groups[i]]) <= bound)) return null;
        return (slope, offset);
    }

    /// <summary>The coefficients with target = Σ coefficient·column, by least squares; null where they don't reproduce it.</summary>
    public static double[]? Combination(double[][] columns, double[] target, double tolerance)
    {
        var k = columns.Length;
        if (target.Length < k + 1) return null;
        // Normal equations of columns scaled to length 1; small enough for elimination by hand.
        var lengths = columns.Select(column => Math.Sqrt(Dot(column, column))).ToArray();
        if (lengths.Any(length => length == 0)) return null;
        var m = new double[k, k + 1];
        for (var i = 0; i < k; i++)
        {
            for (var j = 0; j < k; j++) m[i, j] = Dot(columns[i], columns[j]) / lengths[i] / lengths[j];
            m[i, k] = Dot(columns[i], target) / lengths[i];
        }
        if (!Eliminate(m, k)) return null;
        var result = Enumerable.Range(0, k).Select(i => m[i, k] / lengths[i]).ToArray();
        var fitted = Enumerable.Range(0, target.Length).Select(i => result.Select((c, j) => c * columns[j][i]).Sum()).ToArray();
        return Same(fitted, target, tolerance) ? result : null;
    }

    public static double Dot(double[] one, double[] other) => one.Zip(other, (a, b) => a * b).Sum();

    private static bool Eliminate(double[,] m, int k)
    {
        for (var column = 0; column < k; column++)
        {
            var pivot = Enumerable.Range(column, k - column).MaxBy(row => Math.Abs(m[row, column]));
            if (Math.Abs(m[pivot, column]) < 1e-9) return false;
            for (var j = 0; j <= k; j++) (m[column, j], m[pivot, j]) = (m[pivot, j], m[column, j]);
            for (var row = 0; row < k; row++)
            {
                if (row == column) continue;
                var factor = m[row, column] / m[column, column];
                for (var j = column; j <= k; j++) m[row, j] -= factor * m[column, j];
            }
        }
        for (var i = 0; i < k; i++) m[i, k] /= m[i, i];
        return true;
    }
}
