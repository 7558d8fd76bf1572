namespace TorchRef.Cli.Verification;

/// <summary>One number-by-number comparison of a tensor with its reference.</summary>
/// <param name="Case">What was run: module, form, element type, mode.</param>
/// <param name="Reference">What it was compared with: torch.nn, torch.optim, golden tensors.</param>
/// <param name="Variant">Which of its variants: shape, options, step.</param>
/// <param name="What">What was compared: output, gradient, buffer.</param>
/// <param name="Error">Largest difference relative to the largest magnitude; infinity where shapes, types or texts differ.</param>
/// <param name="Tolerance">The largest error that agrees.</param>
internal sealed record Comparison(string Case, string Reference, string Variant, string What, double Error, double Tolerance)
{
    /// <summary>Written so that NaN doesn't agree.</summary>
    public bool Agrees => Error <= Tolerance;
}
