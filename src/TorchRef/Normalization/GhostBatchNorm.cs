using TorchRef.Numerics;
using static TorchSharp.torch;

namespace TorchRef.Normalization;

/// <summary>
/// Ghost batch normalisation: a large batch is normalised as if it were several small ones, so that each sample meets the noise
/// of a small batch, which regularises, while the hardware sees a large one.
/// </summary>
/// <remarks>
/// <para>
/// The batch is cut into virtual batches of <c>virtual_batch_size</c> consecutive samples; each is normalised by its own mean
/// and biased variance. Those of full size are one tensor (G, v, C, …) and one pass. Samples that are left over make a
/// smaller virtual batch of their own; if it had a single value per channel, which can't be normalised, it joins the
/// last one of full size. A batch of at most <c>virtual_batch_size</c> samples is one virtual batch: then this is
/// <see cref="BatchNorm"/>.
/// </para>
/// <para>
/// Running statistics move as if the virtual batches had come one after another, the first one first:
/// running = (1 − m)ᴳ·running + Σᵢ m·(1 − m)ᴳ⁻ⁱ·batchᵢ, with the unbiased variance; num_batches_tracked counts virtual
/// batches. With momentum null they are the average of all virtual batches. Evaluation is that of
/// <see cref="BatchNorm"/>; without running statistics it normalises by virtual batches too. State and options are
/// those of <see cref="BatchNorm"/>; the gradient is always autograd's own.
/// </para>
/// <para>Source: Hoffer, Hubara and Soudry, "Train longer, generalize better", 2017, algorithm 1.</para>
/// </remarks>
public sealed class GhostBatchNorm : BatchNorm
{
    /// <summary>Makes the module in training mode.</summary>
    /// <param name="num_features">Number of channels C.</param>
    /// <param name="virtual_batch_size">How many samples are normalised together.</param>
    /// <param name="eps">ε, added to the variance inside the root.</param>
    /// <param name="momentum">m, the weight of the newest virtual batch in the running statistics; null for the average of all.</param>
    /// <param name="affine">Whether to learn γ and β.</param>
    /// <param name="track_running_stats">Whether to keep running statistics and use them in evaluation.</param>
    /// <param name="device">Where parameters and buffers live; null is the default device.</param>
    /// <param name="dtype">Their element type; null is the default type.</param>
    /// <exception cref="ArgumentException"><paramref name="num_features"/> is negative, or <paramref name="virtual_batch_size"/> isn't positive.</exception>
    public GhostBatchNorm(long num_features, long virtual_batch_size, double eps = 1e-5, double? momentum = 0.1, bool affine = true, bool track_running_stats = true,
        Device? device = null, ScalarType? dtype = null)
        : base(nameof(GhostBatchNorm), num_features, eps, momentum, affine, track_running_stats, BatchNormForm.Composite, device, dtype)
    {
        if (virtual_batch_size < 1) throw new ArgumentException($"virtual_batch_size must be positive: expected at least 1 but got {virtual_batch_size}");
        VirtualBatchSize = virtual_batch_size;
    }

    /// <summary>How many samples are normalised together.</summary>
    public long VirtualBatchSize { get; }

    /// <summary>Normalises each virtual batch by its own statistics in training, the whole batch by the running ones in evaluation.</summary>
    /// <param name="input">(N, C) or (N, C, …).</param>
    /// <returns>The same shape and element type.</returns>
    /// <exception cref="ArgumentException">
    /// The rank, the number of channels or the element type doesn't fit, or virtual batches have a single value per
    /// channel. The statistics haven't moved then.
    /// </exception>
    public override Tensor forward(Tensor input)
    {
        if ((!training && TrackRunningStats) || input.dim() < 2 || input.numel() == 0 || input.shape[0] <= VirtualBatchSize) return base.forward(input);
        using var scope = NewDisposeScope();
        BatchNormChecks.RequireFit(input, Weight, Bias, RunningMean, RunningVar);
        var full = FullGroups(input);
        var normalized = new List<Tensor>();
        if (full > 0) normalized.Add(NormalizeGroups(ToComputationType(input.narrow(0, 0, full * VirtualBatchSize)), full)); // [G·v, C, …]
        var left = input.shape[0] - full * VirtualBatchSize;
        if (left > 0) normalized.Add(NormalizeGroups(ToComputationType(input.narrow(0, full * VirtualBatchSize, left)), 1)); // [left, C, …]
        var whole = normalized.Count == 1 ? normalized[0] : cat(normalized, 0); // [N, C, …]
        return ChannelAffine.Apply(whole, Weight, Bias).to_type(input.dtype).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{GetName()}({NumFeatures}, virtual_batch_size={VirtualBatchSize}, eps={PythonText.Of(Eps)}, momentum={PythonText.Of(Momentum)}, affine={PythonText.Of(Affine)}, track_running_stats={PythonText.Of(TrackRunningStats)})";

    private protected override void RequireRank(long dimensions)
    {
        if (dimensions < 2) throw new ArgumentException($"expected at least 2D input (got {dimensions}D input)");
    }

    /// <summary>How many virtual batches of full size there are, less the one that a left-over single value joins.</summary>
    private long FullGroups(Tensor input)
    {
        var perSample = ChannelStatistics.ValuesPerChannel(input) / input.shape[0];
        if (VirtualBatchSize * perSample == 1)
            throw new ArgumentException($"Expected more than 1 value per channel when training, got input size {PythonText.Size([VirtualBatchSize, .. input.shape[1..]])}");
        var (full, left) = (input.shape[0] / VirtualBatchSize, input.shape[0] % VirtualBatchSize);
        return left * perSample == 1 ? full - 1 : full;
    }

    /// <summary>x̂ of equally large virtual batches in one pass: statistics over every dimension but group and channel.</summary>
    private Tensor NormalizeGroups(Tensor input, long groups)
    {
        var size = input.shape[0] / groups;
        var grouped = input.reshape([groups, size, .. input.shape[1..]]);  // [G, v, C, …]
        var dimensions = new long[grouped.dim() - 2];
        for (var i = 0; i < dimensions.Length; i++) dimensions[i] = i == 0 ? 1 : i + 2;
        var mean = grouped.mean(dimensions, keepdim: true);             // [G, 1, C, 1, …]
        var centred = grouped - mean;                                   // [G, v, C, …]
        var variance = (centred * centred).mean(dimensions, keepdim: true); // [G, 1, C, 1, …]
        if (training && TrackRunningStats) UpdateRunningStatistics(mean.view(groups, -1), variance.view(groups, -1), ChannelStatistics.ValuesPerChannel(input) / groups);
        return (centred * ChannelStatistics.InverseDeviation(variance, Eps)).reshape(input.shape); // [G·v, C, …]
    }

    /// <summary>The running statistics after the virtual batches one by one, without going through them one by one.</summary>
    private void UpdateRunningStatistics(Tensor means, Tensor variances, long count)
    {
        using var noGraph = no_grad();
        var groups = means.shape[0];
        var before = NumBatchesTracked!.item<long>();
        NumBatchesTracked.add_(groups);
        // What is left of the old value, and the weight of each virtual batch: the newest m, the one before it m·(1 − m), …
        var (kept, weights) = (1.0, new double[groups]);
        for (var i = groups - 1; i >= 0; i--)
        {
            var factor = Momentum ?? 1.0 / (before + i + 1);
            weights[i] = kept * factor;
            kept *= 1 - factor;
        }
        var shares = tensor(weights, means.dtype, means.device).view(groups, 1); // [G, 1]
        var unbiased = variances * ((double)count / (count - 1));       // [G, C]
        RunningMean!.mul_(kept).add_((means * shares).sum([0]));        // [C]
        RunningVar!.mul_(kept).add_((unbiased * shares).sum([0]));      // [C]
    }
}
