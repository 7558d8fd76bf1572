using static TorchSharp.torch;

namespace TorchRef.Checks.Parity;

/// <summary>One forward and backward that both modules go through.</summary>
/// <param name="Phase">What it is part of, for the reader.</param>
/// <param name="Number">Its number in the phase, from 1.</param>
/// <param name="Training">The mode.</param>
/// <param name="Inputs">The batch; floating-point tensors in float64.</param>
/// <param name="Seed">The seed before forward; the cotangent's follows from it.</param>
internal sealed record ParityStep(string Phase, int Number, bool Training, Tensor[] Inputs, long Seed)
{
    /// <summary>Whether the inputs ask for a gradient.</summary>
    public bool InputGradients { get; init; } = true;

    /// <summary>By what the running statistics are multiplied before the step, so that ε counts beside them; null leaves them alone.</summary>
    public double? StateScale { get; init; }

    /// <summary>"step 2 of training".</summary>
    public string Where => $"step {Number} of {Phase}";
}
