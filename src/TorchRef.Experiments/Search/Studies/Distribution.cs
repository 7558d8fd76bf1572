using TorchRef.Experiments.Search.Studies.PythonJson;

namespace TorchRef.Experiments.Search.Studies;

/// <summary>What a parameter is drawn from.</summary>
/// <remarks>
/// A study stores each value twice removed: the distribution, and a float, the <em>internal</em> value, which is the number itself or the
/// index of a choice. What the training gets, a float, an int or a choice, is the <em>external</em> value. Source: Optuna's
/// <c>optuna.distributions</c>.
/// </remarks>
public abstract record Distribution
{
    private protected Distribution(string className) => ClassName = className;

    /// <summary>Optuna's name of the class, one of 2.x included.</summary>
    internal string ClassName { get; init; }

    /// <summary>What the training gets for an internal value.</summary>
    public abstract PyJson External(double internalValue);

    /// <summary>What is stored for an external value.</summary>
    /// <exception cref="ArgumentException">The value is not of the distribution's kind.</exception>
    public abstract double Internal(PyJson external);

    /// <summary>Whether the internal value lies in the range and, with a step, on the grid.</summary>
    public abstract bool Contains(double internalValue);

    /// <summary>Whether one study may hold both for one name: the same kind, the same scale, the same choices. Ranges and steps may differ.</summary>
    public abstract bool IsCompatibleWith(Distribution other);
}
