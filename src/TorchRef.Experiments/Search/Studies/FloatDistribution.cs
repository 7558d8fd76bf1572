using TorchRef.Experiments.Search.Studies.PythonJson;

namespace TorchRef.Experiments.Search.Studies;

/// <summary>Floats between two ends, both included; uniform, uniform in the logarithm, or on a grid.</summary>
public sealed record FloatDistribution : Distribution
{
    internal const string Name = "FloatDistribution";

    /// <param name="low">The lower end; positive with <paramref name="log"/>.</param>
    /// <param name="high">The upper end. With a step that doesn't divide the range it is lowered to the last point of the grid.</param>
    /// <param name="log">Uniform in the logarithm.</param>
    /// <param name="step">The distance of the grid's points; null for every float.</param>
    /// <exception cref="ArgumentException">The ends are in the wrong order, or the scale or the step doesn't go with them.</exception>
    public FloatDistribution(double low, double high, bool log = false, double? step = null)
        : base(Name)
    {
        if (low > high) throw new ArgumentException($"The ends of a range must be in order: expected low <= high but got low {PyFloat.Text(low)} and high {PyFloat.Text(high)}");
        if (log && low <= 0) throw new ArgumentException($"A logarithmic range must be positive: expected low > 0 but got {PyFloat.Text(low)}");
        if (log && step is not null) throw new ArgumentException($"A logarithmic range has no step: expected none but got {PyFloat.Text(step.Value)}");
        if (step <= 0) throw new ArgumentException($"A step must be positive: expected step > 0 but got {PyFloat.Text(step.Value)}");
        Low = low;
        High = step is { } distance ? Grid.LastPoint(low, high, distance) : high;
        Log = log;
        Step = step;
    }

    /// <summary>The lower end.</summary>
    public double Low { get; }

    /// <summary>The upper end; with a step, the last point of the grid.</summary>
    public double High { get; }

    /// <summary>Whether it is uniform in the logarithm.</summary>
    public bool Log { get; }

    /// <summary>The distance of the grid's points; null for every float.</summary>
    public double? Step { get; }

    /// <inheritdoc />
    public override PyJson External(double internalValue) => internalValue;

    /// <inheritdoc />
    public override double Internal(PyJson external) =>
        external.Number is { } number && !double.IsNaN(number) && !(Log && number <= 0) ? number
        : throw new ArgumentException($"A value of a float range must be a number{(Log ? " > 0" : "")}: expected one but got {external}");

    /// <inheritdoc />
    public override bool Contains(double internalValue)
    {
        if (!(Low <= internalValue && internalValue <= High)) return false;
        if (Step is not { } step) return true;
        double steps = (internalValue - Low) / step;
        return Math.Abs(steps - Math.Round(steps)) < 1e-8;
    }

    /// <inheritdoc />
    public override bool IsCompatibleWith(Distribution other) => other is FloatDistribution range && range.ClassName == ClassName && range.Log == Log;
}
