using TorchRef.Numerics;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchRef.Normalization;

/// <summary>
/// Instance normalisation, the core that <see cref="InstanceNorm1d"/>, <see cref="InstanceNorm2d"/> and
/// <see cref="InstanceNorm3d"/> share; they differ only in the ranks they take.
/// </summary>
/// <remarks>
/// <para>y = γ·(x − μ)/√(σ² + ε) + β, with μ and the biased σ² over the positions of one channel of one sample.</para>
/// <para>
/// Without running statistics (the default) evaluation does the same. With them evaluation uses them, and training moves
/// them: running = (1 − m)·running + m·(the samples' own, averaged over the batch), where each sample's variance is the
/// <em>unbiased</em> one. Momentum null leaves them as they are, and num_batches_tracked is never counted; both are PyTorch's.
/// </para>
/// <para>
/// State, in this order: weight γ (C) = 1, bias β (C) = 0, running_mean (C) = 0, running_var (C) = 1, num_batches_tracked
/// int64 scalar = 0; what <c>affine</c> and <c>track_running_stats</c> turn off is absent. Float16 and bfloat16 input is
/// computed in float32 and comes back in its own type.
/// </para>
/// <para>
/// An empty batch gives an empty output and leaves the running statistics as they are; PyTorch raises an error with
/// affine, and without it makes the statistics NaN.
/// </para>
/// <para>Source: Ulyanov, Vedaldi and Lempitsky, "Instance Normalization", 2016; the conventions are PyTorch's.</para>
/// </remarks>
public abstract class InstanceNorm : nn.Module<Tensor, Tensor>
{
    private readonly Parameter? weight;
    private readonly Parameter? bias;
    private readonly Tensor? running_mean;
    private readonly Tensor? running_var;
    private readonly Tensor? num_batches_tracked;

    /// <summary>Makes the parameters and buffers.</summary>
    protected InstanceNorm(string name, long num_features, double eps, double? momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype)
        : base(name)
    {
        if (num_features < 0) throw new ArgumentException($"num_features must not be negative: expected at least 0 but got {num_features}");
        (NumFeatures, Eps, Momentum, Affine, TrackRunningStats) = (num_features, eps, momentum, affine, track_running_stats);
        if (affine)
        {
            weight = new Parameter(ones(num_features, dtype, device));  // [C]
            bias = new Parameter(zeros(num_features, dtype, device));   // [C]
        }
        if (track_running_stats)
        {
            running_mean = zeros(num_features, dtype, device);          // [C]
            running_var = ones(num_features, dtype, device);            // [C]
            num_batches_tracked = zeros([], int64, device);             // []
        }
        RegisterComponents();
    }

    /// <summary>Number of channels C.</summary>
    public long NumFeatures { get; }

    /// <summary>ε, added to the variance inside the root.</summary>
    public double Eps { get; }

    /// <summary>m, the weight of the newest batch in the running statistics; null leaves them as they are. Any number is accepted.</summary>
    public double? Momentum { get; set; }

    /// <summary>Whether γ and β exist.</summary>
    public bool Affine { get; }

    /// <summary>Whether running statistics exist.</summary>
    public bool TrackRunningStats { get; }

    /// <summary>γ (C); null without <see cref="Affine"/>.</summary>
    public Parameter? Weight => weight;

    /// <summary>β (C); null without <see cref="Affine"/>.</summary>
    public Parameter? Bias => bias;

    /// <summary>The running mean (C); null without <see cref="TrackRunningStats"/>.</summary>
    public Tensor? RunningMean => running_mean;

    /// <summary>The running variance (C), unbiased; null without <see cref="TrackRunningStats"/>.</summary>
    public Tensor? RunningVar => running_var;

    /// <summary>Always 0; null without <see cref="TrackRunningStats"/>.</summary>
    public Tensor? NumBatchesTracked => num_batches_tracked;

    /// <summary>How many dimensions the positions have: 1, 2 or 3.</summary>
    private protected abstract int SpatialDimensions { get; }

    /// <summary>Normalises every channel of every sample.</summary>
    /// <param name="input">(N, C, …), or without a batch (C, …), of a rank that the module takes.</param>
    /// <returns>The same shape and element type.</returns>
    /// <exception cref="ArgumentException">
    /// The rank, the number of channels or the element type doesn't fit, or a channel's own statistics are asked of a
    /// single position; the texts are PyTorch's. Without state any number of channels is taken.
    /// </exception>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var unbatched = input.dim() == SpatialDimensions + 1;
        if (!unbatched && input.dim() != SpatialDimensions + 2)
            throw new ArgumentException($"expected {SpatialDimensions + 1}D or {SpatialDimensions + 2}D input (got {input.dim()}D input)");
        var batch = unbatched ? input.unsqueeze(0) : input;             // [N, C, …]
        var usesInput = training || !TrackRunningStats;
        if (usesInput) RequireSeveralPositions(batch.shape);
        RequireFit(batch);
        var computed = Moments.ToComputationType(batch);                // [N, C, …]
        var normalized = usesInput ? NormalizeByInput(computed) : NormalizeByRunning(computed); // [N, C, …]
        var output = Moments.Scale(normalized, weight, bias, ShapeOf(batch)).to_type(input.dtype); // [N, C, …]
        return (unbatched ? output.squeeze(0) : output).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{GetName()}({NumFeatures}, eps={PythonText.Of(Eps)}, momentum={PythonText.Of(Momentum)}, affine={PythonText.Of(Affine)}, track_running_stats={PythonText.Of(TrackRunningStats)})";

    private Tensor NormalizeByInput(Tensor input)
    {
        var (mean, centred, variance) = Moments.Of(input, Moments.DimensionsFrom(2, input.dim())); // [N, C, 1, …], [N, C, …], [N, C, 1, …]
        if (training && TrackRunningStats && input.numel() > 0) UpdateRunningStatistics(mean, variance, input.numel() / (input.shape[0] * input.shape[1]));
        return centred * ChannelStatistics.InverseDeviation(variance, Eps); // [N, C, …]
    }

    private Tensor NormalizeByRunning(Tensor input)
    {
        var mean = running_mean!.to_type(input.dtype).view(ShapeOf(input)); // [1, C, 1, …]
        var variance = running_var!.to_type(input.dtype).view(ShapeOf(input)); // [1, C, 1, …]
        return (input - mean) * ChannelStatistics.InverseDeviation(variance, Eps); // [N, C, …]
    }

    private void UpdateRunningStatistics(Tensor mean, Tensor variance, long count)
    {
        using var noGraph = no_grad();
        var factor = Momentum ?? 0;
        var unbiased = variance.detach() * ((double)count / (count - 1)); // [N, C, 1, …]
        running_mean!.mul_(1 - factor).add_(AverageOverSamples(mean), factor); // [C]
        running_var!.mul_(1 - factor).add_(AverageOverSamples(unbiased), factor); // [C]
    }

    private Tensor AverageOverSamples(Tensor statistics) =>
        statistics.detach().mean([0]).view(-1).to_type(running_mean!.dtype); // [C]

    private static long[] ShapeOf(Tensor input) => Moments.ChannelShape(input.shape[1], input.dim());

    private static void RequireSeveralPositions(long[] shape)
    {
        if (shape[2..].All(size => size == 1))
            throw new ArgumentException($"Expected more than 1 spatial element when training, got input size {PythonText.Size(shape)}");
    }

    /// <remarks>PyTorch sees N·C channels there, and so do its texts.</remarks>
    private void RequireFit(Tensor input)
    {
        var (samples, channels) = (input.shape[0], input.shape[1]);
        foreach (var (tensor, name) in new[] { (running_mean, "running_mean"), (running_var, "running_var"), (weight, "weight"), (bias, "bias") })
            if (tensor is not null && tensor.numel() != channels)
                throw new ArgumentException($"{name} should contain {samples * channels} elements not {samples * tensor.numel()}");
        BatchNormChecks.RequireFit(input, weight, bias, running_mean, running_var);
    }
}
