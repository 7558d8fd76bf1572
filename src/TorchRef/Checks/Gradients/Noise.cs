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

    /// <param name="values">The function.</param>
    /// <param name="point">Around where.</param>
    /// <param name="scales">The inputs' own scales, for those that are 0.</param>
    /// <param name="layout">The layout of what is computed.</param>
    /// <param name="random">Draws the direction.</param>
    /// <returns>A standard deviation for each number.</returns>
    public static double[] Estimate(Func<double[], double[]> values, double[] point, double[] scales, Layout layout, Random random)
    {
        var step = new double[point.Length];
        for (var k = 0; k < step.Length; k++)
            step[k] = Math.Max(Math.Abs(point[k]), scales[k] * 1e-2) * Unit * (4 + random.Next(5)) * (random.Next(2) == 0 ? 1 : -1);
        var table = new double[Points][];
        var moved = new double[point.Length];
        for (var i = 0; i < Points; i++)
        {
            for (var k = 0; k < moved.Length; k++) moved[k] = point[k] + (i - Points / 2) * step[k];
            table[i] = values(moved);
        }
        var noise = new double[layout.Total];
        var magnitude = Array.ConvertAll(table[0], Math.Abs);
        var (square, factor) = (new double[layout.Total], 1.0);
        for (var order = 1; order < Points - 1; order++)
        {
            for (var i = 0; i < Points - order; i++)
                for (var o = 0; o < noise.Length; o++)
                    table[i][o] = table[i + 1][o] - table[i][o];
            // (q!)²/(2q)! turns the variance of differences of order q back into that of the values.
            factor *= order / (2.0 * (2 * order - 1));
            if (order < 3) continue;
            Array.Clear(square);
            for (var i = 0; i < Points - order; i++)
                for (var o = 0; o < noise.Length; o++)
                    square[o] += table[i][o] * table[i][o];
            for (var o = 0; o < noise.Length; o++) noise[o] = Math.Max(noise[o], Math.Sqrt(factor * square[o] / (Points - order)));
        }
        for (var o = 0; o < noise.Length; o++)
            if (!double.IsFinite(noise[o]))
                noise[o] = Unit * magnitude[o];
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
