using static TorchSharp.torch;

namespace TorchRef.Normalization;

/// <summary>Batch normalisation of (N, C, D, H, W) input; equal to torch.nn.BatchNorm3d. See <see cref="BatchNorm"/>.</summary>
public sealed class BatchNorm3d : BatchNorm
{
    /// <summary>Makes the module in training mode.</summary>
    /// <param name="num_features">Number of channels C.</param>
    /// <param name="eps">ε, added to the variance inside the root.</param>
    /// <param name="momentum">m, the weight of the newest batch in the running statistics; null for the average of all batches.</param>
    /// <param name="affine">Whether to learn γ and β.</param>
    /// <param name="track_running_stats">Whether to keep running statistics and use them in evaluation.</param>
    /// <param name="form">How the gradient is computed.</param>
    /// <param name="device">Where parameters and buffers live; null is the default device.</param>
    /// <param name="dtype">Their element type; null is the default type.</param>
    /// <exception cref="ArgumentException"><paramref name="num_features"/> is negative.</exception>
    public BatchNorm3d(long num_features, double eps = 1e-5, double? momentum = 0.1, bool affine = true, bool track_running_stats = true,
        BatchNormForm form = BatchNormForm.Composite, Device? device = null, ScalarType? dtype = null)
        : base(nameof(BatchNorm3d), num_features, eps, momentum, affine, track_running_stats, form, device, dtype)
    {
    }

    private protected override void RequireRank(long dimensions)
    {
        if (dimensions != 5) throw new ArgumentException($"expected 5D input (got {dimensions}D input)");
    }
}
