namespace TorchRef.Checks.Gradients;

/// <summary>A function at a point, with what differences need to know there: values, round-off, the inputs' scales.</summary>
internal sealed class NumericSite
{
    private readonly double _floor;

    public NumericSite(CheckedFunction function, double[] point, double floor, Random random)
    {
        (Function, Point, _floor) = (function, point, floor);
        Centre = function.Evaluate(point);
        Scales = Gradients.Scales.Of(point, function.Inputs);
        (NearNoise, Noise) = Gradients.Noise.Estimate(function.EvaluateOrNaN, point, Scales, function.Outputs, random);
    }

    public CheckedFunction Function { get; }

    public double[] Point { get; }

    public double[] Centre { get; }

    public double[] Scales { get; }

    /// <summary>The outputs' round-off.</summary>
    public double[] Noise { get; }

    /// <summary>The same over the last places of the inputs only.</summary>
    public double[] NearNoise { get; }

    public Slopes Differentiate(Direction direction) => Ladder.Differentiate(Function, Point, Centre, Noise, _floor, direction);
}
