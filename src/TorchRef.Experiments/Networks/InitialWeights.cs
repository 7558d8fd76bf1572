namespace TorchRef.Experiments.Networks;

/// <summary>How the weights of a network begin: normal, with a deviation that is given or follows from the number of inputs.</summary>
/// <remarks>Biases begin at 0. "Xavier" is √(1/n), by the inputs alone, as in the code that the study notes retell.</remarks>
public sealed record InitialWeights
{
    private InitialWeights(string name, double gain, bool isByInputs) => (Name, Gain, IsByInputs) = (name, gain, isByInputs);

    /// <summary>σ = √(1/n), n being the inputs of a unit.</summary>
    public static InitialWeights Xavier { get; } = new("Xavier", 1, isByInputs: true);

    /// <summary>σ = √(2/n), n being the inputs of a unit.</summary>
    public static InitialWeights He { get; } = new("He", 2, isByInputs: true);

    /// <summary>What reports call it.</summary>
    public string Name { get; }

    /// <summary>σ, or what stands over n in the root.</summary>
    public double Gain { get; }

    /// <summary>Whether σ follows from the inputs.</summary>
    public bool IsByInputs { get; }

    /// <summary>The same σ in every layer.</summary>
    /// <param name="deviation">σ, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="deviation"/> is negative or NaN.</exception>
    public static InitialWeights Deviation(double deviation) =>
        deviation >= 0
            ? new(FormattableString.Invariant($"std {deviation:G3}"), deviation, isByInputs: false)
            : throw new ArgumentOutOfRangeException(nameof(deviation), $"a standard deviation must not be negative: expected at least 0 but got {deviation}");

    /// <summary>σ of a layer.</summary>
    /// <param name="inputs">n, the inputs of a unit.</param>
    public double DeviationOf(int inputs) => IsByInputs ? Math.Sqrt(Gain / inputs) : Gain;
}
