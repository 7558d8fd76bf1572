using TorchRef.Experiments.Search.Studies.PythonJson;

namespace TorchRef.Experiments.Search.Studies;

/// <summary>Integers between two ends, both included, every step-th of them; uniform, or uniform in the logarithm.</summary>
public sealed record IntDistribution : Distribution
{
    internal const string Name = "IntDistribution";

    /// <param name="low">The lower end; at least 1 with <paramref name="log"/>.</param>
    /// <param name="high">The upper end. With a step that doesn't divide the range it is lowered to the last point of the grid.</param>
    /// <param name="log">Uniform in the logarithm; the step is 1 then.</param>
    /// <param name="step">The distance of the grid's points.</param>
    /// <exception cref="ArgumentException">The ends are in the wrong order, or the scale or the step doesn't go with them.</exception>
    public IntDistribution(long low, long high, bool log = false, long step = 1)
        : base(Name)
    {
        if (low > high) throw new ArgumentException($"The ends of a range must be in order: expected low <= high but got low {low} and high {high}");
        if (log && low < 1) throw new ArgumentException($"A logarithmic range must be positive: expected low >= 1 but got {low}");
        if (log && step != 1) throw new ArgumentException($"A logarithmic range of integers has the step 1: expected 1 but got {step}");
        if (step <= 0) throw new ArgumentException($"A step must be positive: expected step > 0 but got {step}");
        Low = low;
        High = (long)((Int128)low + (((Int128)high - low) / step * step));
        Log = log;
        Step = step;
    }

    /// <summary>The lower end.</summary>
    public long Low { get; }

    /// <summary>The upper end; with a step, the last point of the grid.</summary>
    public long High { get; }

    /// <summary>Whether it is uniform in the logarithm.</summary>
    public bool Log { get; }

    /// <summary>The distance of the grid's points.</summary>
    public long Step { get; }

    /// <inheritdoc />
    public override PyJson External(double internalValue) => (long)internalValue;

    /// <inheritdoc />
    public override double Internal(PyJson external) =>
        external.Number is { } number && !double.IsNaN(number) && !(Log && number <= 0) ? number
        : throw new ArgumentException($"A value of an integer range must be a number{(Log ? " > 0" : "")}: expected one but got {external}");

    /// <inheritdoc />
    public override bool Contains(double internalValue) => Low <= internalValue && internalValue <= High && (internalValue - Low) % Step == 0;

    /// <inheritdoc />
    public override bool IsCompatibleWith(Distribution other) => other is IntDistribution range && range.ClassName == ClassName && range.Log == Log;
}
