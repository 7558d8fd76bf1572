using static TorchSharp.torch;

namespace TorchRef.Normalization;

/// <summary>Batch normalisation of (N, C, H, W) input that takes the number of channels from its first input; equal to torch.nn.LazyBatchNorm2d. See <see cref="LazyBatchNorm"/>.</summary>
public sealed class LazyBatchNorm2d : LazyBatchNorm
{
    /// <summary>Makes the module in training mode, without channels.</summary>
    /// <param name="eps">ε, added to the variance inside the root.</param>
    /// <param name="momentum">m, the weight of the newest batch in the running statistics; null for the average of all batches.</param>
    /// <param name="affine">Whether to learn γ and β.</param>
    /// <param name="track_running_stats">Whether to keep running statistics and use them in evaluation.</param>
    /// <param name="form">How the gradient is computed.</param>
    /// <param name="device">Where parameters and buffers live; null is the default device.</param>
    /// <param name="dtype">Their element type; null is the default type.</param>
    public LazyBatchNorm2d(double eps = 1e-5, double? momentum = 0.1, bool affine = true, bool track_running_stats = true,
        BatchNormForm form = BatchNormForm.Composite, Device? device = null, ScalarType? dtype = null)
        : base(nameof(BatchNorm2d), eps, momentum, affine, track_running_stats, form, device, dtype)
    {
    }

    private protected override void RequireRank(long dimensions)
    {
        if (dimensions != 4) throw new ArgumentException($"expected 4D input (got {dimensions}D input)");
    }
}
