using TorchRef.Numerics;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchRef.Normalization;

/// <summary>
/// Whitening: batch normalisation that also takes out the correlation between the channels, so that the output's
/// covariance is the identity.
/// </summary>
/// <remarks>
/// <para>y = γ·W(x − μ) + β with W(Σ + εI)Wᵀ = I. Which W of many: <see cref="WhiteningMethod"/>.</para>
/// <para>
/// In training μ and Σ are the mean and the <em>biased</em> covariance (divided by n) of the batch, and the running
/// statistics move towards the batch's as those of <see cref="BatchNorm"/> do: running = (1 − m)·running + m·batch, the
/// covariance <em>unbiased</em> (divided by n − 1); momentum null averages all batches. In evaluation μ and Σ are the
/// running statistics. Without running statistics the batch's own are used in evaluation too. Of positions beyond the
/// channel's, as in (N, C, H, W), each is a sample.
/// </para>
/// <para>
/// Where the channels are uncorrelated ZCA and Cholesky whitening are batch normalisation. The output's covariance is
/// WΣWᵀ = I − εWWᵀ: near 0 instead of 1 in directions in which the batch hardly varies, as in a batch of fewer
/// samples than channels.
/// </para>
/// <para>
/// The gradient goes through μ and Σ. That of ZCA and of Cholesky exists everywhere; that of PCA where eigenvalues are
/// distinct. Among equal eigenvalues the principal components are any basis, and between two batches components of similar
/// variance may change places: prefer ZCA for training networks, PCA for looking at data.
/// </para>
/// <para>
/// Cost: O(nC² + C³), against O(nC) of batch normalisation; nothing is kept between calls, so evaluation decomposes the running
/// covariance each time. Low-precision input is computed in float32.
/// </para>
/// <para>
/// State, in this order: weight γ (C) = 1 and bias β (C) = 0 with affine; running_mean (C) = 0, running_cov (C, C) = I,
/// num_batches_tracked int64 scalar = 0 with running statistics. Sources: Kessy, Lewin and Strimmer, "Optimal Whitening
/// and Decorrelation", 2018, for the matrices; Huang et al., "Decorrelated Batch Normalization", 2018, for the layer.
/// </para>
/// </remarks>
public sealed class Whitening : nn.Module<Tensor, Tensor>
{
    private readonly Parameter? weight;
    private readonly Parameter? bias;
    private readonly Tensor? running_mean;
    private readonly Tensor? running_cov;
    private readonly Tensor? num_batches_tracked;

    /// <summary>Makes the module in training mode.</summary>
    /// <param name="num_features">Number of channels C.</param>
    /// <param name="method">Which whitening matrix.</param>
    /// <param name="eps">ε, added to the diagonal of the covariance; with 0 the covariance must have an inverse of its own.</param>
    /// <param name="momentum">m, the weight of the newest batch in the running statistics; null for the average of all batches.</param>
    /// <param name="affine">Whether to learn γ and β.</param>
    /// <param name="track_running_stats">Whether to keep running statistics and use them in evaluation.</param>
    /// <param name="device">Where parameters and buffers live; null is the default device.</param>
    /// <param name="dtype">Their element type; null is the default type.</param>
    /// <exception cref="ArgumentException"><paramref name="num_features"/> isn't positive, or <paramref name="eps"/> is negative.</exception>
    public Whitening(long num_features, WhiteningMethod method = WhiteningMethod.Zca, double eps = 1e-5, double? momentum = 0.1, bool affine = false, bool track_running_stats = true,
        Device? device = null, ScalarType? dtype = null)
        : base(nameof(Whitening))
    {
        if (num_features < 1) throw new ArgumentException($"num_features must be positive: expected at least 1 but got {num_features}");
        if (!(eps >= 0)) throw new ArgumentException($"eps must not be negative: expected at least 0 but got {PythonText.Of(eps)}");
        (NumFeatures, Method, Eps, Momentum, Affine, TrackRunningStats) = (num_features, method, eps, momentum, affine, track_running_stats);
        if (affine)
        {
            weight = new Parameter(ones(num_features, dtype, device));  // [C]
            bias = new Parameter(zeros(num_features, dtype, device));   // [C]
        }
        if (track_running_stats)
        {
            running_mean = zeros(num_features, dtype, device);          // [C]
            running_cov = eye(num_features, dtype: dtype, device: device); // [C, C]
            num_batches_tracked = zeros([], int64, device);             // []
        }
        RegisterComponents();
    }

    /// <summary>Number of channels C.</summary>
    public long NumFeatures { get; }

    /// <summary>Which whitening matrix.</summary>
    public WhiteningMethod Method { get; }

    /// <summary>ε, added to the diagonal of the covariance.</summary>
    public double Eps { get; }

    /// <summary>m, the weight of the newest batch in the running statistics; null for the average of all batches.</summary>
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

    /// <summary>The running covariance (C, C), unbiased; null without <see cref="TrackRunningStats"/>.</summary>
    public Tensor? RunningCov => running_cov;

    /// <summary>How many batches the running statistics have seen; null without <see cref="TrackRunningStats"/>.</summary>
    public Tensor? NumBatchesTracked => num_batches_tracked;

    /// <summary>Whitens a batch.</summary>
    /// <param name="input">(N, C) or (N, C, …).</param>
    /// <returns>The same shape and element type. An empty batch gives an empty output and leaves the state as it is.</returns>
    /// <exception cref="ArgumentException">
    /// The rank, the number of channels or the element type doesn't fit; training meets a single sample; the batch holds NaN or
    /// infinity; ε is 0 and a channel is determined by others. The running statistics are as they were then.
    /// </exception>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        RequireFit(input);
        var usesBatch = training || !TrackRunningStats;
        if (usesBatch) BatchNormChecks.RequireSeveralValues(input);
        var turned = Moments.ToComputationType(input).transpose(1, -1); // [N, …, C]
        var samples = turned.reshape(-1, NumFeatures);                  // [n, C]
        var whitened = samples.shape[0] == 0 ? samples : usesBatch ? WhitenByBatch(samples) : WhitenByRunning(samples); // [n, C]
        var scaled = Moments.Scale(whitened, weight, bias, [NumFeatures]); // [n, C]
        return scaled.view(turned.shape).transpose(1, -1).to_type(input.dtype).MoveToOuterDisposeScope(); // [N, C, …]
    }

    /// <summary>W, the matrix that evaluation multiplies by, of the running covariance.</summary>
    /// <returns>(C, C).</returns>
    /// <exception cref="InvalidOperationException">The module keeps no running statistics.</exception>
    public Tensor RunningMatrix()
    {
        if (running_cov is null) throw new InvalidOperationException("the running whitening matrix needs running statistics: expected track_running_stats=True but got False");
        using var scope = NewDisposeScope();
        return WhiteningMatrix.Of(Moments.ToComputationType(running_cov), Method, Eps).MoveToOuterDisposeScope(); // [C, C]
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"Whitening({NumFeatures}, method={Method.ToString().ToLowerInvariant()}, eps={PythonText.Of(Eps)}, momentum={PythonText.Of(Momentum)}, affine={PythonText.Of(Affine)}, track_running_stats={PythonText.Of(TrackRunningStats)})";

    private Tensor WhitenByBatch(Tensor samples)
    {
        var mean = samples.mean([0]);                                   // [C]
        var centred = samples - mean;                                   // [n, C]
        var covariance = centred.t().mm(centred) / samples.shape[0];    // [C, C]
        var matrix = WhiteningMatrix.Of(covariance, Method, Eps);       // [C, C]
        if (training && TrackRunningStats) UpdateRunningStatistics(mean, covariance, samples.shape[0]);
        return centred.mm(matrix.t());                                  // [n, C]
    }

    private Tensor WhitenByRunning(Tensor samples)
    {
        var mean = running_mean!.to_type(samples.dtype);                // [C]
        var matrix = WhiteningMatrix.Of(running_cov!.to_type(samples.dtype), Method, Eps); // [C, C]
        return (samples - mean).mm(matrix.t());                         // [n, C]
    }

    private void UpdateRunningStatistics(Tensor mean, Tensor covariance, long count)
    {
        using var noGraph = no_grad();
        num_batches_tracked!.add_(1);
        var factor = Momentum ?? 1.0 / num_batches_tracked.item<long>();
        var unbiased = covariance.detach() * ((double)count / (count - 1)); // [C, C]
        running_mean!.mul_(1 - factor).add_(mean.detach().to_type(running_mean.dtype), factor); // [C]
        running_cov!.mul_(1 - factor).add_(unbiased.to_type(running_cov.dtype), factor); // [C, C]
    }

    private void RequireFit(Tensor input)
    {
        if (input.dim() < 2) throw new ArgumentException($"whitening needs samples and channels: expected 2 dimensions or more but got {input.dim()}");
        if (input.shape[1] != NumFeatures) throw new ArgumentException($"the channels of the input must be the module's: expected {NumFeatures} but got {input.shape[1]}");
        if (!input.is_floating_point()) throw new ArgumentException($"whitening needs real numbers: expected a floating-point type but got {input.dtype}");
        if ((weight ?? running_mean)?.dtype is { } own && own != input.dtype && !(own == ScalarType.Float32 && input.dtype is (ScalarType.Float16 or ScalarType.BFloat16)))
            throw new ArgumentException($"the element type of the input must be the module's: expected {own} but got {input.dtype}");
    }
}
