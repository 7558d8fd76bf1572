namespace TorchRef.Checks.Gradients;

/// <summary>The outputs at both ends of a step of size r, and what follows from them.</summary>
internal sealed class Level
{
    private const double Unit = 2.220446049250313e-16;

    /// <param name="r">The size of the step.</param>
    /// <param name="plus">f(x + r·step).</param>
    /// <param name="minus">f(x − r·step).</param>
    /// <param name="centre">f(x).</param>
    /// <param name="noise">The standard deviation of each output's round-off.</param>
    /// <param name="shrink">For each output, the distance between the ends as it was taken over 2r·step: 1 up to rounding.</param>
    public Level(double r, double[] plus, double[] minus, double[] centre, double[] noise, double[]? shrink)
    {
        R = r;
        var outputs = plus.Length;
        (Central, Noise, Gap, Right, Left) = (new double[outputs], new double[outputs], new double[outputs], new double[outputs], new double[outputs]);
        for (var o = 0; o < outputs; o++)
        {
            var width = shrink is null ? 1 : shrink[o];
            Central[o] = (plus[o] - minus[o]) / (2 * r * width);
            Right[o] = (plus[o] - centre[o]) / r;
            Left[o] = (centre[o] - minus[o]) / r;
            Gap[o] = Math.Abs(plus[o] - centre[o] - (centre[o] - minus[o])) / r;
            // Three standard deviations of a difference of two values, and never less than what rounding them costs.
            Noise[o] = 2.2 * Math.Max(noise[o], 0.5 * Unit * Math.Max(Math.Abs(plus[o]), Math.Abs(minus[o]))) / r;
        }
    }

    public double R { get; }

    /// <summary>(f(x+r) − f(x−r))/2r.</summary>
    public double[] Central { get; }

    /// <summary>(f(x+r) − f(x))/r.</summary>
    public double[] Right { get; }

    /// <summary>(f(x) − f(x−r))/r.</summary>
    public double[] Left { get; }

    /// <summary>How far apart the two one-sided slopes are.</summary>
    public double[] Gap { get; }

    /// <summary>What round-off may do to <see cref="Central"/>.</summary>
    public double[] Noise { get; }
}
