namespace TorchRef.Experiments.Networks;

/// <summary>The network of the study notes' experiments: hidden layers of one width, fully connected, and a plain affine layer at the end.</summary>
/// <remarks>
/// A hidden layer is affine → normalisation → activation → dropout (the middle two change places on demand). The logits
/// go into softmax and cross-entropy. Networks that are equal can be trained together.
/// </remarks>
public sealed record NetworkSpec
{
    /// <summary>Pixels of an image.</summary>
    public int Inputs { get; init; } = 784;

    /// <summary>Units of a hidden layer.</summary>
    public int Width { get; init; } = 100;

    /// <summary>Hidden layers.</summary>
    public int Depth { get; init; } = 5;

    /// <summary>Classes, the outputs.</summary>
    public int Classes { get; init; } = 10;

    /// <summary>The activation of the hidden layers.</summary>
    public ActivationKind Activation { get; init; } = ActivationKind.ReLU;

    /// <summary>How hidden layers are normalised; null, the default, for not at all.</summary>
    public NormalizationSpec? Normalization { get; init; }

    /// <summary>
    /// The share of hidden units that training drops, without scaling the others; evaluation multiplies by the share that
    /// training keeps.
    /// </summary>
    public double DropoutRatio { get; init; }

    /// <summary>Whether the affine layers have a bias.</summary>
    public bool HasBias { get; init; } = true;

    /// <summary>Refuses what can't be built.</summary>
    /// <exception cref="ArgumentException">A size is below 1, the ratio is outside of [0, 1), or the normalisation doesn't fit.</exception>
    public void Check()
    {
        RequireAtLeastOne(Inputs, nameof(Inputs));
        RequireAtLeastOne(Width, nameof(Width));
        RequireAtLeastOne(Depth, nameof(Depth));
        RequireAtLeastOne(Classes, nameof(Classes));
        if (!(DropoutRatio is >= 0 and < 1))
            throw new ArgumentException($"the dropout ratio is a share of the units: expected at least 0 and less than 1 but got {DropoutRatio}");
        Normalization?.Check(Width);
    }

    /// <summary>The shape as the study notes write it, for example <c>784-100×5-10</c>.</summary>
    public string Shape => $"{Inputs}-{Width}×{Depth}-{Classes}";

    private static void RequireAtLeastOne(int size, string name)
    {
        if (size < 1) throw new ArgumentException($"a network has at least one of everything: expected {name} of at least 1 but got {size}");
    }
}
