namespace TorchRef.Checks.Gradients;

/// <summary>
/// Richardson's extrapolation of central differences to step 0, with an error bar (Ridders 1982, with a term for round-off,
/// which his estimate lacks and may therefore be far too small).
/// </summary>
internal static class Extrapolation
{
    /// <summary>How many steps one extrapolation uses: the error is then of order r⁸.</summary>
    private const int Depth = 4;

    /// <summary>The best value and its bar for one output.</summary>
    /// <param name="levels">From the largest step to the smallest.</param>
    /// <param name="output">Which output.</param>
    /// <returns>
    /// The value, its bar, and how much of the bar is round-off. The bar is infinite where nothing is finite.
    /// </returns>
    public static (double value, double bar, double noise) Best(List<Level> levels, int output)
    {
        Span<double> value = stackalloc double[Depth], noise = stackalloc double[Depth];
        Span<double> nextValue = stackalloc double[Depth], nextNoise = stackalloc double[Depth];
        var best = (value: double.NaN, bar: double.PositiveInfinity, noise: 0.0);
        var depth = 0;
        for (var j = 0; j < levels.Count; j++)
        {
            nextValue[0] = levels[j].Central[output];
            nextNoise[0] = levels[j].Noise[output];
            var nextDepth = Math.Min(depth + 1, Depth);
            var unsmooth = j < 2 ? 0 : Unsmooth(levels, j, output);
            for (var p = 1; p < nextDepth; p++)
            {
                var ratio = levels[j - p].R / levels[j].R;
                var weight = 1 / (ratio * ratio - 1);
                var correction = (nextValue[p - 1] - value[p - 1]) * weight;
                nextValue[p] = nextValue[p - 1] + correction;
                nextNoise[p] = nextNoise[p - 1] * (1 + weight) + noise[p - 1] * weight;
                // How far the value before moved with the last step, were it to go on shrinking as slowly as one order of
                // the step allows. The correction itself is too hopeful an estimate where steps are so large that the
                // higher terms aren't the smaller ones.
                var adjacent = levels[j - 1].R / levels[j].R;
                var truncation = Math.Max(Math.Abs(nextValue[p - 1] - value[p - 1]) / (adjacent * adjacent - 1), unsmooth);
                var bar = 2 * truncation + nextNoise[p];
                if (bar < best.bar) best = (nextValue[p], bar, nextNoise[p]);
            }
            nextValue.CopyTo(value);
            nextNoise.CopyTo(noise);
            depth = nextDepth;
        }
        return best;
    }
    /// <summary>
    /// Central differences of a smooth function close in with the square of the step. Where they close in more slowly (a bend
    /// in the slope near by, steps beyond the reach of the series) extrapolation gains nothing, and the error is of the
    /// order of what the last step still changed.
    /// </summary>
    private static double Unsmooth(List<Level> levels, int j, int output)
    {
        var (last, before) = (Math.Abs(levels[j].Central[output] - levels[j - 1].Central[output]), Math.Abs(levels[j - 1].Central[output] - levels[j - 2].Central[output]));
        var (ratio, earlier) = (levels[j - 1].R / levels[j].R, levels[j - 2].R / levels[j - 1].R);
        // Of a smooth function: before·(1 − 1/ratio²)/(earlier² − 1).
        var expected = before * (1 - 1 / (ratio * ratio)) / (earlier * earlier - 1);
        var noise = levels[j].Noise[output] + levels[j - 1].Noise[output];
        return last > 2 * expected + 2 * noise ? last / (ratio - 1) : 0;
    }
}
