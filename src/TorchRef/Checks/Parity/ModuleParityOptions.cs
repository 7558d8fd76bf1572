namespace TorchRef.Checks;

/// <summary>How two modules are compared; the defaults are meant to be right.</summary>
public sealed record ModuleParityOptions
{
    /// <summary>How many steps of training are taken before evaluation; the batches given are used in turn. At least as many as there are batches. 3 by default.</summary>
    public int Steps { get; init; } = 3;

    /// <summary>1: outputs and gradients (the default). 2: also the gradients of the gradients, which needs a backward that can be differentiated.</summary>
    public int Order { get; init; } = 1;

    /// <summary>The seed of cotangents, masks, random state and variations.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Whether the candidate gets the reference's state first. True by default; false compares each with its own, as it is.</summary>
    public bool CopyState { get; init; } = true;

    /// <summary>
    /// Whether parameters and running statistics that are all one number (γ = 1, β = 0, running_mean = 0) are replaced by random
    /// ones, since they hide mistakes. True by default; needs <see cref="CopyState"/>.
    /// </summary>
    public bool RandomizeState { get; init; } = true;

    /// <summary>Whether batches that hide mistakes (as many rows as columns, a variance at which ε can't be seen) are followed by others. True by default.</summary>
    public bool Vary { get; init; } = true;

    /// <summary>Whether both are also compared in float32. True by default.</summary>
    public bool Float32 { get; init; } = true;

    /// <summary>Whether the state dicts must have the same names in the same order. True by default.</summary>
    public bool CompareStateDict { get; init; } = true;

    /// <summary>Whether both must draw as many random numbers. True by default.</summary>
    public bool CompareRandomNumbers { get; init; } = true;

    /// <summary>What the candidate calls the reference's parameters and buffers, where the names differ: candidate's name → reference's name.</summary>
    public IReadOnlyDictionary<string, string>? Names { get; init; }

    /// <summary>Inputs that the reference must refuse: the candidate must refuse them too, with an exception of the same type and text if <see cref="CompareErrorTexts"/> says so. None by default.</summary>
    public IReadOnlyList<TorchSharp.torch.Tensor> BadInputs { get; init; } = [];

    /// <summary>Whether the texts of exceptions must agree. False by default.</summary>
    public bool CompareErrorTexts { get; init; }

    /// <summary>An error of this size, relative to the largest value, must be seen everywhere; where it can't be, the check is inconclusive. 1e-6 by default.</summary>
    public double RequiredPower { get; init; } = 1e-6;

    /// <summary>The name of what is compared, for the report.</summary>
    public string? Subject { get; init; }
}
