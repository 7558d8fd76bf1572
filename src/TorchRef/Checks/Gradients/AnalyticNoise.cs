namespace TorchRef.Checks.Gradients;

/// <summary>
/// How much round-off the analytic gradient has, measured: backward at points a few units in the last place away gives
/// the same up to it. Batch normalisation of values far from 0, for one, loses digits in backward as in forward.
/// </summary>
internal static class AnalyticNoise
{
    private const int Points = 3;

    /// <param name="function">The function.</param>
    /// <param name="point">Where.</param>
    /// <param name="cotangent">An incoming gradient.</param>
    /// <param name="gradient">What backward makes of it at the point.</param>
    /// <param name="random">Draws the neighbours.</param>
    /// <returns>For each input a share of its gradient.</returns>
    public static double[] Estimate(CheckedFunction function, double[] point, double[] cotangent, double[] gradient, Random random)
    {
        var share = new double[point.Length];
        for (var n = 0; n < Points; n++)
        {
            var near = Array.ConvertAll(point, x => random.Next(3) switch { 0 => x, 1 => Math.BitIncrement(x), _ => Math.BitDecrement(x) });
            using var linearization = function.Linearize(near);
            var other = linearization.Pullback(cotangent);
            foreach (var slot in function.Inputs.Slots)
            {
                var largest = 0.0;
                for (var k = slot.Offset; k < slot.End; k++) largest = Math.Max(largest, Math.Abs(gradient[k]));
                if (!(largest > 0) || !double.IsFinite(largest)) continue;
                // Of a sum of many terms a small result may be all round-off: the slot's largest is the measure.
                for (var k = slot.Offset; k < slot.End; k++)
                {
                    var noise = Math.Abs(other[k] - gradient[k]) / Math.Max(Math.Abs(gradient[k]), 1e-3 * largest);
                    if (noise < 1e-6) share[k] = Math.Max(share[k], noise);
                }
            }
        }
        return share;
    }
}
