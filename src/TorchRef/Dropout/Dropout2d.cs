namespace TorchRef.Dropout;

/// <summary>Dropout of whole channels with two spatial dimensions.</summary>
/// <remarks>
/// Input (N, C, H, W). Three dimensions are taken for (N, C, L), not for (C, H, W), as PyTorch takes them (with a warning);
/// any other rank from 2 on for (N, C, …).
/// Formula, modes and source: <see cref="ChannelDropout"/>.
/// </remarks>
public sealed class Dropout2d : ChannelDropout
{
    /// <summary>Makes the module in training mode.</summary>
    /// <param name="p">Probability with which a channel becomes 0, from 0 to 1.</param>
    /// <param name="inplace">Whether the input itself is changed and returned.</param>
    /// <exception cref="ArgumentException"><paramref name="p"/> is outside of [0, 1].</exception>
    public Dropout2d(double p = 0.5, bool inplace = false)
        : base(nameof(Dropout2d), p, inplace)
    {
    }

    private protected override bool IsBatched(long dimensions) => true;
}
