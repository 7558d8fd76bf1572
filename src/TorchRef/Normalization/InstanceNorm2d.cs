using static TorchSharp.torch;

namespace TorchRef.Normalization;

/// <summary>Instance normalisation of (N, C, H, W) or (C, H, W) input; equal to torch.nn.InstanceNorm2d. See <see cref="InstanceNorm"/>.</summary>
public sealed class InstanceNorm2d : InstanceNorm
{
    /// <summary>Makes the module in training mode.</summary>
    /// <param name="num_features">Number of channels C.</param>
    /// <param name="eps">ε, added to the variance inside the root.</param>
    /// <param name="momentum">m, the weight of the newest batch in the running statistics; null leaves them as they are.</param>
    /// <param name="affine">Whether to learn γ and β.</param>
    /// <param name="track_running_stats">Whether to keep running statistics and use them in evaluation.</param>
    /// <param name="device">Where parameters and buffers live; null is the default device.</param>
    /// <param name="dtype">Their element type; null is the default type.</param>
    /// <exception cref="ArgumentException"><paramref name="num_features"/> is negative.</exception>
    public InstanceNorm2d(long num_features, double eps = 1e-5, double? momentum = 0.1, bool affine = false, bool track_running_stats = false, Device? device = null, ScalarType? dtype = null)
        : base(nameof(InstanceNorm2d), num_features, eps, momentum, affine, track_running_stats, device, dtype)
    {
    }

    private protected override int SpatialDimensions => 2;
}
