namespace TorchRef.Dropout;

/// <summary>Dropout of whole channels with three spatial dimensions.</summary>
/// <remarks>
/// Input (N, C, D, H, W). Any other rank is taken for an example without a batch, (C, …), as PyTorch takes it (with a
/// warning where it isn't (C, D, H, W)).
/// Formula, modes and source: <see cref="ChannelDropout"/>.
/// </remarks>
public sealed class Dropout3d : ChannelDropout
{
    /// <summary>Makes the module in training mode.</summary>
    /// <param name="p">Probability with which a channel becomes 0, from 0 to 1.</param>
    /// <param name="inplace">Whether the input itself is changed and returned.</param>
    /// <exception cref="ArgumentException"><paramref name="p"/> is outside of [0, 1].</exception>
    public Dropout3d(double p = 0.5, bool inplace = false)
        : base(nameof(Dropout3d), p, inplace)
    {
    }

    private protected override bool IsBatched(long dimensions) => dimensions == 5;
}
