namespace TorchRef.Experiments.Golden;

/// <summary>One forward and backward of a case, or one step of an optimiser.</summary>
/// <param name="Mode">train or eval.</param>
/// <param name="Tensors">What went in, what came out, and the state after it.</param>
/// <param name="InputStrides">The input's strides, in a case about memory layout; else null.</param>
/// <param name="OutputStrides">The output's strides, in a case about memory layout; else null.</param>
public sealed record GoldenStep(string Mode, GoldenTensors Tensors, long[]? InputStrides = null, long[]? OutputStrides = null)
{
    /// <summary>The tensor of that name.</summary>
    /// <exception cref="KeyNotFoundException">There is none; the message lists those there are.</exception>
    public GoldenTensor this[string name] => Tensors[name];

    /// <summary>Whether the module was in training mode.</summary>
    public bool Training => Mode == "train";
}
