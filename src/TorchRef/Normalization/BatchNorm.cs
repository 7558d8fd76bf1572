using TorchRef.Numerics;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchRef.Normalization;

/// <summary>
/// Batch normalisation, the core that <see cref="BatchNorm1d"/>, <see cref="BatchNorm2d"/> and <see cref="BatchNorm3d"/>
/// share; they differ only in the ranks they take.
/// </summary>
/// <remarks>
/// <para>y = γ·(x − μ)/√(σ² + ε) + β, channel by channel.</para>
/// <para>
/// In training μ and σ² are the mean and the <em>biased</em> variance (divided by n) of the batch, and the running
/// statistics move towards the batch's: running = (1 − m)·running + m·batch, where the batch's variance is the
/// <em>unbiased</em> one (divided by n − 1). With momentum null the factor m is 1/num_batches_tracked, which makes the
/// running statistics the plain average of all batches. In evaluation μ and σ² are the running statistics. Without
/// running statistics the batch's own are used in evaluation too.
/// </para>
/// <para>
/// State, in this order: weight γ (C) = 1, bias β (C) = 0, running_mean (C) = 0, running_var (C) = 1,
/// num_batches_tracked int64 scalar = 0; what <c>affine</c> and <c>track_running_stats</c> turn off is absent. Input in
/// float16 or bfloat16 with float32 parameters is computed in float32 and comes back in its own type.
/// </para>
/// <para>Source: Ioffe and Szegedy, "Batch Normalization", 2015, algorithms 1 and 2; the conventions are PyTorch's.</para>
/// </remarks>
public abstract class BatchNorm : nn.Module<Tensor, Tensor>
{
    // Named as in the state dict: registration takes the names of the fields.
    private readonly Parameter? weight;
    private readonly Parameter? bias;
    private readonly Tensor? running_mean;
    private readonly Tensor? running_var;
    private readonly Tensor? num_batches_tracked;

    /// <summary>Makes the parameters and buffers.</summary>
    protected BatchNorm(string name, long num_features, double eps, double? momentum, bool affine, bool track_running_stats, BatchNormForm form, Device? device, ScalarType? dtype)
        : base(name)
    {
        if (num_features < 0) throw new ArgumentException($"num_features must not be negative: expected at least 0 but got {num_features}");
        (NumFeatures, Eps, Momentum, Affine, TrackRunningStats, Form) = (num_features, eps, momentum, affine, track_running_stats, form);
        if (affine)
        {
            weight = new Parameter(ones(num_features, dtype, device));  // (C)
            bias = new Parameter(zeros(num_features, dtype, device));   // (C)
        }
        if (track_running_stats)
        {
            running_mean = zeros(num_features, dtype, device);          // (C)
            running_var = ones(num_features, dtype, device);            // [C]
            num_batches_tracked = zeros([], int64, device);             // []
        }
        RegisterComponents();
    }

    /// <summary>Number of channels C.</summary>
    public long NumFeatures { get; private protected set; }

    /// <summary>ε, added to the variance inside the root.</summary>
    public double Eps { get; }

    /// <summary>m, the weight of the newest batch in the running statistics; null for the average of all batches. Any number is accepted.</summary>
    public double? Momentum { get; set; }

    /// <summary>Whether γ and β exist.</summary>
    public bool Affine { get; }

    /// <summary>Whether running statistics exist.</summary>
    public bool TrackRunningStats { get; }

    /// <summary>How the gradient in training is computed.</summary>
    public BatchNormForm Form { get; }

    /// <summary>γ (C); null without <see cref="Affine"/>.</summary>
    public Parameter? Weight => weight;

    /// <summary>β (C); null without <see cref="Affine"/>.</summary>
    public Parameter? Bias => bias;

    /// <summary>The running mean (C); null without <see cref="TrackRunningStats"/>.</summary>
    public Tensor? RunningMean => running_mean;

    /// <summary>The running variance (C), unbiased; null without <see cref="TrackRunningStats"/>.</summary>
    public Tensor? RunningVar => running_var;

    /// <summary>How many batches the running statistics have seen; null without <see cref="TrackRunningStats"/>.</summary>
    public Tensor? NumBatchesTracked => num_batches_tracked;

    /// <summary>Normalises a batch.</summary>
    /// <param name="input">(N, C) or (N, C, …), of a rank that the module takes.</param>
    /// <returns>The same shape and element type.</returns>
    /// <exception cref="ArgumentException">
    /// The rank, the number of channels or the element type doesn't fit, or training meets a single value per channel;
    /// the texts are PyTorch's. num_batches_tracked has moved then, except for a wrong rank, as in PyTorch.
    /// </exception>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        RequireRank(input.dim());
        var updates = training && TrackRunningStats;
        if (updates) num_batches_tracked!.add_(1);
        var usesBatch = training || !TrackRunningStats;
        if (usesBatch) BatchNormChecks.RequireSeveralValues(input);
        BatchNormChecks.RequireFit(input, weight, bias, running_mean, running_var);
        if (input.numel() == 0) return Affinely(input, ones_like(input)).MoveToOuterDisposeScope();

        var computed = ToComputationType(input);                        // [N, C, …]
        var output = !usesBatch ? NormalizeByRunning(computed)
            : Form == BatchNormForm.ClosedForm ? NormalizeClosedForm(computed, updates)
            : NormalizeComposite(computed, updates);                    // [N, C, …]
        return (output.dtype == input.dtype ? output : output.to_type(input.dtype)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{GetName()}({NumFeatures}, eps={PythonText.Of(Eps)}, momentum={PythonText.Of(Momentum)}, affine={PythonText.Of(Affine)}, track_running_stats={PythonText.Of(TrackRunningStats)})";

    /// <summary>Throws unless the module takes input of that many dimensions.</summary>
    private protected abstract void RequireRank(long dimensions);

    private Tensor NormalizeComposite(Tensor input, bool updates)
    {
        var (mean, centred, variance) = ChannelStatistics.Of(input);    // [C], [N, C, …], [C]
        if (updates) UpdateRunningStatistics(mean, variance, ChannelStatistics.ValuesPerChannel(input));
        return Affinely(centred, ChannelStatistics.InverseDeviation(variance, Eps)); // [N, C, …]
    }

    private Tensor NormalizeClosedForm(Tensor input, bool updates)
    {
        Tensor centred, inverse;
        using (no_grad())
        {
            (var mean, centred, var variance) = ChannelStatistics.Of(input); // [C], [N, C, …], [C]
            inverse = ChannelStatistics.InverseDeviation(variance, Eps); // [C]
            if (updates) UpdateRunningStatistics(mean, variance, ChannelStatistics.ValuesPerChannel(input));
        }
        return BatchNormFunction.apply(input, weight!, bias!, centred, inverse, Eps); // [N, C, …]
    }

    private Tensor NormalizeByRunning(Tensor input)
    {
        var mean = ChannelStatistics.PerChannel(running_mean!, input);  // [C]
        var variance = ChannelStatistics.PerChannel(running_var!, input); // [C]
        return Affinely(input - mean, ChannelStatistics.InverseDeviation(variance, Eps)); // [N, C, …]
    }

    /// <summary>γ·x̂ + β from x̂ = centred·inverse; γ and the inverse deviation are multiplied first, while they are small.</summary>
    private Tensor Affinely(Tensor centred, Tensor inverse)
    {
        var scale = weight is null ? inverse : inverse * ChannelStatistics.PerChannel(weight, centred); // [C]
        var output = centred * scale;                                   // [N, C, …]
        return bias is null ? output : output + ChannelStatistics.PerChannel(bias, centred); // [N, C, …]
    }

    private void UpdateRunningStatistics(Tensor mean, Tensor variance, long count)
    {
        using var noGraph = no_grad();
        var factor = Momentum ?? 1.0 / num_batches_tracked!.item<long>();
        var unbiased = (double)count / (count - 1);
        // running − m·running instead of (1 − m)·running: a number that is only a factor of a sum needs no tensor of its own.
        running_mean!.add_(running_mean, -factor).add_(ChannelStatistics.Vector(mean), factor); // (C)
        running_var!.add_(running_var, -factor).add_(ChannelStatistics.Vector(variance), factor * unbiased); // (C)
    }

    /// <summary>Low-precision input is computed in the type of the parameters, and cast back at the end.</summary>
    private protected Tensor ToComputationType(Tensor input) =>
        (weight ?? running_mean) is { } state && state.dtype != input.dtype ? input.to_type(state.dtype) : input;
}
