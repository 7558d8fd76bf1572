using static TorchSharp.torch;

namespace TorchRef.Normalization;

/// <summary>
/// Batch normalisation that takes the number of channels from its first input, and is plain batch normalisation from then
/// on; the core that <see cref="LazyBatchNorm1d"/>, <see cref="LazyBatchNorm2d"/> and <see cref="LazyBatchNorm3d"/> share.
/// </summary>
/// <remarks>
/// <para>
/// TorchSharp registers parameters and buffers in the constructor and finds them by their identity later; a tensor made at the
/// first input would be unknown to the state dict, to the parents of the module and to an optimiser. So the state is
/// there from the start, with 0 channels, and each tensor is given its C values in place. That is why an optimiser may
/// be made before the first input, as in PyTorch. Moves to another device or element type before it count too.
/// </para>
/// <para>
/// The first input decides in either mode, and even if the forward then throws, as in PyTorch; only input of fewer than two
/// dimensions has no channels to count. The state dict of a module that knows its channels can be loaded into one that
/// doesn't yet, through its own <see cref="load_state_dict"/>: inside of a parent the sizes must be known first.
/// </para>
/// <para>
/// Printed as <c>LazyBatchNorm1d(0, eps=1e-05, …)</c>, afterwards as <c>BatchNorm1d(3, eps=1e-05, …)</c>.
/// </para>
/// </remarks>
public abstract class LazyBatchNorm : BatchNorm
{
    private protected LazyBatchNorm(string name, double eps, double? momentum, bool affine, bool track_running_stats, BatchNormForm form, Device? device, ScalarType? dtype)
        : base(name, 0, eps, momentum, affine, track_running_stats, form, device, dtype)
    {
    }

    /// <summary>Whether the number of channels is known.</summary>
    public bool IsMaterialized { get; private set; }

    /// <summary>Takes the number of channels from the first input, then normalises.</summary>
    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        if (!IsMaterialized)
        {
            if (input.dim() < 2) RequireRank(input.dim());
            Materialize(input.shape[1]);
        }
        return base.forward(input);
    }

    /// <summary>Loads the state, and takes the number of channels from it where it isn't known yet.</summary>
    /// <param name="source">Name → tensor.</param>
    /// <param name="strict">Whether missing and unexpected names are errors.</param>
    /// <param name="skip">Names to leave out.</param>
    /// <returns>The names that were missing and those that were unexpected.</returns>
    public override (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
    {
        var sized = source.Where(pair => pair.Key is "weight" or "bias" or "running_mean" or "running_var" && skip?.Contains(pair.Key) != true).Select(pair => pair.Value).FirstOrDefault();
        if (!IsMaterialized && sized is { } known && known.numel() > 0) Materialize(known.numel());
        return base.load_state_dict(source, strict, skip);
    }

    /// <inheritdoc/>
    public override string GetName() => IsMaterialized ? base.GetName() : $"Lazy{base.GetName()}";

    private void Materialize(long channels)
    {
        using var noGraph = no_grad();
        using var scope = NewDisposeScope();
        Weight?.set_(ones(channels, Weight.dtype, Weight.device));      // [C]
        Bias?.set_(zeros(channels, Bias.dtype, Bias.device));           // [C]
        RunningMean?.set_(zeros(channels, RunningMean.dtype, RunningMean.device)); // [C]
        RunningVar?.set_(ones(channels, RunningVar.dtype, RunningVar.device)); // [C]
        // PyTorch counts the channels only where it needs them.
        if (Affine || TrackRunningStats) NumFeatures = channels;
        IsMaterialized = true;
    }
}
