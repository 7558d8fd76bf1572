using static TorchSharp.torch;

namespace TorchRef.Dropout;

/// <summary>Dropout of whole channels with one spatial dimension.</summary>
/// <remarks>
/// Input (N, C, L), or (C, L) without a batch; any other rank is an error, in evaluation too.
/// Formula, modes and source: <see cref="ChannelDropout"/>.
/// </remarks>
public sealed class Dropout1d : ChannelDropout
{
    /// <summary>Makes the module in training mode.</summary>
    /// <param name="p">Probability with which a channel becomes 0, from 0 to 1.</param>
    /// <param name="inplace">Whether the input itself is changed and returned.</param>
    /// <exception cref="ArgumentException"><paramref name="p"/> is outside of [0, 1].</exception>
    public Dropout1d(double p = 0.5, bool inplace = false)
        : base(nameof(Dropout1d), p, inplace)
    {
    }

    private protected override void RequireShape(Tensor input)
    {
        if (input.dim() is not (2 or 3))
            throw new ArgumentException($"dropout1d: Expected 2D or 3D input, but received a {input.dim()}D input. Note that dropout1d exists to provide channel-wise dropout on inputs with 1 spatial dimension, a channel dimension, and an optional batch dimension (i.e. 2D or 3D inputs).");
    }

    private protected override bool IsBatched(long dimensions) => dimensions == 3;
}
