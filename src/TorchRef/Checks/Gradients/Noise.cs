namespace TorchRef.Checks.Gradients;

/// <summary>
/// How much round-off there is in each number that a function computes, measured: differences of the third and higher order
/// between values at points a few units in the last place apart hold nothing else (Moré and Wild 2011, "Estimating
/// computational noise").
/// </summary>
internal static class Noise
{
    private const int Points = 8;
    private const double Unit = 2.220446049250313e-16;

    /// <summary>Fewer points to either side: round-off may be another there (to the left and the right of a kink, for one).</summary>
    private const int PointsBeside = 5;

    /// <summary>How far to either side, in units of the inputs' scales: about as far as the steps reach.</summary>
    private const double Beside = 1.0 / 1024;

    /// <summary>And further apart than the last places: over those alone the round-off of a long computation may go all one way.</summary>
    private const double Wider = 1e-10;

    /// <param name="values">The function.</param>
    /// <param name="point">Around where.</param>
    /// <param name="scales">The inputs' own scales.</param>
    /// <param name="layout">The layout of what is computed.</param>
    /// <param name="random">Draws the directions.</param>
    /// <returns>A standard deviation for each number: over the last places only, and over a little more and to either side too.</returns>
    public static (double[] near, double[] around) Estimate(Func<double[], double[]> values, double[] point, double[] scales, Layout layout, Random random)
    {
        var side = Array.ConvertAll(scales, scale => Beside * scale * Cotangents.One(random));
        var near = At(values, point, scales, 0, Points, layout, random);
        var noise = (double[])near.Clone();
        foreach (var sign in (int[])[1, -1])
        {
            var beside = (double[])point.Clone();
            for (var k = 0; k < beside.Length; k++) beside[k] += sign * side[k];
            var there = At(values, beside, scales, Wider, PointsBeside, layout, random);
            for (var o = 0; o < noise.Length; o++) noise[o] = Math.Max(noise[o], there[o]);
        }
        return (near, noise);
    }

    /// <summary>The round-off of all outputs along one input, over distances like those of the steps.</summary>
    public static double[] Along(CheckedFunction function, double[] point, int column, double spacing)
    {
        const int Count = 9;
        var table = new double[Count][];
        var moved = (double[])point.Clone();
        for (var i = 0; i < Count; i++)
        {
            moved[column] = point[column] + (i - Count / 2) * spacing;
            table[i] = function.EvaluateOrNaN(moved);
        }
        var (noise, factor) = (new double[table[0].Length], 1.0);
        for (var order = 1; order < Count - 1; order++)
        {
            Difference(table, Count - order);
            factor *= order / (2.0 * (2 * order - 1));
            // The higher the order the less of a smooth function is left in it.
            if (order >= 5) Raise(noise, table, Count - order, factor);
        }
        return Array.ConvertAll(noise, value => double.IsFinite(value) ? value : double.PositiveInfinity);
    }

    private static void Difference(double[][] table, int rows)
    {
        for (var i = 0; i < rows; i++)
            for (var o = 0; o < table[i].Length; o++)
                table[i][o] = table[i + 1][o] - table[i][o];
    }

    /// <summary>Takes the standard deviation that differences of one order show, where it is more.</summary>
    private static void Raise(double[] noise, double[][] table, int rows, double factor)
    {
        for (var o = 0; o < noise.Length; o++)
        {
            var squares = 0.0;
            for (var i = 0; i < rows; i++) squares += table[i][o] * table[i][o];
            noise[o] = Math.Max(noise[o], Math.Sqrt(factor * squares / rows));
        }
    }

    private static double[] At(Func<double[], double[]> values, double[] point, double[] scales, double wider, int points, Layout layout, Random random)
    {
        var step = new double[point.Length];
        for (var k = 0; k < step.Length; k++)
            step[k] = (Math.Max(Math.Abs(point[k]), scales[k] * 1e-2) * Unit * (4 + random.Next(5)) + wider * scales[k] * (0.5 + random.NextDouble())) * (random.Next(2) == 0 ? 1 : -1);
        var table = new double[points][];
        var moved = new double[point.Length];
        for (var i = 0; i < points; i++)
        {
            for (var k = 0; k < moved.Length; k++) moved[k] = point[k] + (i - points / 2) * step[k];
            table[i] = values(moved);
        }
        var noise = new double[layout.Total];
        var magnitude = Array.ConvertAll(table[0], Math.Abs);
        var factor = 1.0;
        for (var order = 1; order < points - 1; order++)
        {
            Difference(table, points - order);
            // (q!)²/(2q)! turns the variance of differences of order q back into that of the values.
            factor *= order / (2.0 * (2 * order - 1));
            if (order >= Math.Min(3, points - 3)) Raise(noise, table, points - order, factor);
        }
        for (var o = 0; o < noise.Length; o++)
            if (!double.IsFinite(noise[o]))
                noise[o] = double.IsFinite(magnitude[o]) ? Unit * magnitude[o] : 0;
        Pool(noise, magnitude, layout);
        return noise;
    }

    /// <summary>
    /// Few differences leave a single estimate loose; that of its tensor, relative to the values or as it is, whichever is
    /// less, holds it up.
    /// </summary>
    private static void Pool(double[] noise, double[] magnitude, Layout layout)
    {
        foreach (var slot in layout.Slots)
        {
            double relative = 0, absolute = 0;
            var counted = 0;
            for (var o = slot.Offset; o < slot.End; o++)
            {
                absolute += noise[o] * noise[o];
                if (!(magnitude[o] > 0) || !double.IsFinite(magnitude[o])) continue;
                relative += noise[o] / magnitude[o] * (noise[o] / magnitude[o]);
                counted++;
            }
            if (counted == 0) continue;
            absolute = Math.Sqrt(absolute / slot.Count);
            relative = Math.Sqrt(relative / counted);
            for (var o = slot.Offset; o < slot.End; o++)
                if (double.IsFinite(magnitude[o]))
                    noise[o] = Math.Max(noise[o], Math.Min(absolute, relative * magnitude[o]));
        }
    }
}
