using TorchRef.Normalization;
using static TorchSharp.torch;

namespace TorchRef.Cli.Faults;

/// <summary>
/// Batch normalisation of (N, C, …) in training, right as it stands: y = γ·x̂ + β with x̂ = (x − μ)·s, s = 1/√(σ² + ε), and
/// ∂L/∂x = γ·s·(g − m·Σg/n − v·x̂·Σ(g·x̂)/n), ∂L/∂γ = Σ g·x̂, ∂L/∂β = Σg, where m = v = 1. Each property makes one mistake.
/// </summary>
internal sealed record BatchNormRule
{
    /// <summary>The ε of the forward.</summary>
    public double Epsilon { get; init; } = 1e-5;

    /// <summary>The ε of the backward, where it is another.</summary>
    public double? BackwardEpsilon { get; init; }

    public EpsilonPlace BackwardPlace { get; init; } = EpsilonPlace.InsideRoot;

    /// <summary>m: how much the mean counts.</summary>
    public double MeanFactor { get; init; } = 1;

    /// <summary>v: how much the variance counts.</summary>
    public double VarianceFactor { get; init; } = 1;

    /// <summary>The power of γ in ∂L/∂x.</summary>
    public int GammaPower { get; init; } = 1;

    /// <summary>The power of s in ∂L/∂x.</summary>
    public int InversePower { get; init; } = 1;

    /// <summary>Whether the two sums over a channel are taken over the first dimension alone.</summary>
    public bool SumsOverBatchOnly { get; init; }

    /// <summary>Whether Σg/n is taken over all channels together.</summary>
    public bool MeanOverEverything { get; init; }

    /// <summary>Whether forward divides by the unbiased deviation, of which backward knows nothing.</summary>
    public bool UnbiasedForward { get; init; }

    /// <summary>What stands for g in backward.</summary>
    public Func<Tensor, Tensor> Cotangent { get; init; } = gradient => gradient;

    /// <summary>What becomes of ∂L/∂x in the end.</summary>
    public Func<Tensor, Tensor?> Input { get; init; } = gradient => gradient;

    /// <summary>∂L/∂γ.</summary>
    public Func<Terms, Tensor?> Weight { get; init; } = terms => terms.Sum(terms.Gradient * terms.Normalized);

    /// <summary>∂L/∂β.</summary>
    public Func<Terms, Tensor?> Bias { get; init; } = terms => terms.Sum(terms.Gradient);

    /// <summary>Whether x̂ and s are saved by forward and not computed again by backward.</summary>
    public bool SavesIntermediates { get; init; }

    /// <summary>Whether only s is.</summary>
    public bool SavesInverse { get; init; }

    /// <summary>What is at hand in backward: g, x, x − μ, x̂, s and γ, β (C).</summary>
    internal sealed record Terms(Tensor Gradient, Tensor InputValues, Tensor Centred, Tensor Normalized, Tensor Inverse, Tensor Gamma, Tensor Beta)
    {
        /// <summary>n: how many values a channel has.</summary>
        public double Count => (double)InputValues.numel() / InputValues.shape[1];

        /// <summary>The sum of each channel, (C).</summary>
        public Tensor Sum(Tensor values) => values.sum(Reduced(values));

        public Tensor Along(Tensor channel) => BatchNormRule.Along(channel, InputValues);
    }

    public static implicit operator Rule(BatchNormRule rule) => new(rule.Forward, rule.Backward) { Save = rule.Save };

    private static long[] Reduced(Tensor values) => [0, .. Enumerable.Range(2, (int)values.dim() - 2).Select(dimension => (long)dimension)];

    private static Tensor Along(Tensor channel, Tensor input) => channel.view([1, -1, .. Enumerable.Repeat(1L, (int)input.dim() - 2)]);

    private static (Tensor centred, Tensor variance) Moments(Tensor input)
    {
        var centred = input - input.mean(Reduced(input), keepdim: true); // (N, C, …)
        return (centred, centred.square().mean(Reduced(input), keepdim: true)); // [1, C, 1 …]
    }

    private Tensor Forward(Tensor[] inputs)
    {
        var (input, gamma, beta) = (inputs[0], inputs[1], inputs[2]);
        var (centred, variance) = Moments(input);
        var count = (double)input.numel() / input.shape[1];
        if (UnbiasedForward) variance = variance * (count / (count - 1)); // [1, C, 1 …]
        return centred * (variance + Epsilon).rsqrt() * Along(gamma, input) + Along(beta, input); // (N, C, …)
    }

    private Tensor[] Save(Tensor[] inputs)
    {
        if (!SavesIntermediates && !SavesInverse) return inputs;
        var (centred, variance) = Moments(inputs[0]);
        var inverse = (variance + Epsilon).rsqrt();             // [1, C, 1 …]
        return [.. inputs, inverse, centred * inverse];
    }

    private Tensor?[] Backward(Tensor gradient, Tensor[] saved)
    {
        var input = saved[0];                                   // (N, C, …)
        var (centred, variance) = Moments(input);
        var epsilon = BackwardEpsilon ?? Epsilon;
        var inverse = BackwardPlace == EpsilonPlace.InsideRoot ? (variance + epsilon).rsqrt() : (variance.sqrt() + epsilon).reciprocal(); // [1, C, 1 …]
        if (SavesIntermediates || SavesInverse) inverse = saved[3];
        var normalized = SavesIntermediates ? saved[4] : centred * inverse; // (N, C, …)
        var terms = new Terms(Cotangent(gradient), input, centred, normalized, inverse, saved[1], saved[2]);
        return [Input(InputGradient(terms)), Weight(terms), Bias(terms)];
    }

    private Tensor InputGradient(Terms terms)
    {
        var (gradient, normalized) = (terms.Gradient, terms.Normalized); // (N, C, …)
        var reduced = SumsOverBatchOnly ? [0] : Reduced(gradient);
        var mean = MeanOverEverything ? gradient.mean() : gradient.mean(reduced, keepdim: true); // [1, C, 1 …]
        var product = (gradient * normalized).mean(reduced, keepdim: true); // [1, C, 1 …]
        var result = gradient - mean * MeanFactor - normalized * product * VarianceFactor; // (N, C, …)
        if (GammaPower != 0) result = result * terms.Along(terms.Gamma).pow(GammaPower);
        return InversePower == 0 ? result : result * terms.Inverse.pow(InversePower);
    }
}
