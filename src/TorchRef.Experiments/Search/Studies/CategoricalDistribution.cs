using TorchRef.Experiments.Search.Studies.PythonJson;

namespace TorchRef.Experiments.Search.Studies;

/// <summary>One of several choices: None, a bool, an int, a float or a string each.</summary>
public sealed record CategoricalDistribution : Distribution
{
    internal const string Name = "CategoricalDistribution";

    /// <param name="choices">At least one.</param>
    /// <exception cref="ArgumentException">There is no choice.</exception>
    public CategoricalDistribution(params IReadOnlyList<PyJson> choices)
        : base(Name)
    {
        if (choices.Count == 0) throw new ArgumentException("A categorical parameter needs choices: expected one or more but got none");
        Choices = [.. choices];
    }

    /// <summary>In the order that the internal values count.</summary>
    public IReadOnlyList<PyJson> Choices { get; }

    /// <inheritdoc />
    public override PyJson External(double internalValue) =>
        Contains(internalValue) ? Choices[(int)internalValue]
        : throw new ArgumentException($"The value of a categorical parameter is the index of a choice: expected 0 to {Choices.Count - 1} but got {PyFloat.Text(internalValue)}");

    /// <inheritdoc />
    public override double Internal(PyJson external)
    {
        for (int i = 0; i < Choices.Count; i++) if (Choices[i].Equals(external)) return i;
        throw new ArgumentException($"A value of a categorical parameter must be a choice: expected one of {PyJson.ListOf(Choices)} but got {external}");
    }

    /// <inheritdoc />
    public override bool Contains(double internalValue) => internalValue > -1 && internalValue < Choices.Count;

    /// <inheritdoc />
    public override bool IsCompatibleWith(Distribution other) => Equals(other);

    /// <summary>The same choices in the same order.</summary>
    public bool Equals(CategoricalDistribution? other) => other is not null && Choices.SequenceEqual(other.Choices);

    /// <inheritdoc />
    public override int GetHashCode() => Choices.Count;
}
