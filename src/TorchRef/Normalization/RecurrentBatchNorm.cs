using TorchRef.Numerics;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchRef.Normalization;

/// <summary>
/// Batch normalisation inside of a recurrent network: γ and β are shared by all time steps, the statistics are each step's own.
/// </summary>
/// <remarks>
/// <para>y = γ·(x − μₜ)/√(σₜ² + ε) + β, channel by channel; see <see cref="BatchNorm"/> for training, evaluation and momentum.</para>
/// <para>
/// A network's activations are distributed differently at its first steps than later, when the start has been forgotten. So
/// there are running statistics for each of the steps 0 to T − 1; all later ones share those of the last.
/// </para>
/// <para>
/// γ starts at 0.1: with 1 the inputs of tanh have variance 1, its derivative is well below 1 at most of them, and the product
/// of the derivatives over the steps, the gradient, vanishes.
/// </para>
/// <para>
/// State, in this order: weight γ (C) = 0.1, bias β (C) = 0, running_mean (T, C) = 0, running_var (T, C) = 1,
/// num_batches_tracked int64 (T) = 0. Source: Cooijmans et al., "Recurrent Batch Normalization", 2016.
/// </para>
/// </remarks>
public sealed class RecurrentBatchNorm : nn.Module<Tensor, long, Tensor>
{
    private readonly Parameter weight;
    private readonly Parameter? bias;
    private readonly Tensor running_mean;
    private readonly Tensor running_var;
    private readonly Tensor num_batches_tracked;

    /// <summary>Makes the module in training mode.</summary>
    /// <param name="num_features">Number of channels C.</param>
    /// <param name="max_length">T, how many time steps have statistics of their own.</param>
    /// <param name="eps">ε, added to the variance inside the root.</param>
    /// <param name="momentum">m, the weight of the newest batch in the running statistics; null for the average of all batches.</param>
    /// <param name="gamma">What γ starts with.</param>
    /// <param name="bias">Whether to learn β; useless where something is added anyway.</param>
    /// <param name="device">Where parameters and buffers live; null is the default device.</param>
    /// <param name="dtype">Their element type; null is the default type.</param>
    /// <exception cref="ArgumentException"><paramref name="num_features"/> is negative or <paramref name="max_length"/> isn't positive.</exception>
    public RecurrentBatchNorm(long num_features, long max_length, double eps = 1e-5, double? momentum = 0.1, double gamma = 0.1, bool bias = true, Device? device = null, ScalarType? dtype = null)
        : base(nameof(RecurrentBatchNorm))
    {
        if (num_features < 0) throw new ArgumentException($"num_features must not be negative: expected at least 0 but got {num_features}");
        if (max_length < 1) throw new ArgumentException($"max_length must be positive: expected at least 1 but got {max_length}");
        (NumFeatures, MaxLength, Eps, Momentum) = (num_features, max_length, eps, momentum);
        weight = new Parameter(ones(num_features, dtype, device).mul_(gamma)); // [C]
        if (bias) this.bias = new Parameter(zeros(num_features, dtype, device)); // [C]
        running_mean = zeros([max_length, num_features], dtype, device); // [T, C]
        running_var = ones([max_length, num_features], dtype, device);  // [T, C]
        num_batches_tracked = zeros([max_length], int64, device);       // [T]
        RegisterComponents();
    }

    /// <summary>Number of channels C.</summary>
    public long NumFeatures { get; }

    /// <summary>T, how many time steps have statistics of their own.</summary>
    public long MaxLength { get; }

    /// <summary>ε, added to the variance inside the root.</summary>
    public double Eps { get; }

    /// <summary>m, the weight of the newest batch in the running statistics; null for the average of all batches.</summary>
    public double? Momentum { get; set; }

    /// <summary>γ (C).</summary>
    public Parameter Weight => weight;

    /// <summary>β (C); null where the module was made without.</summary>
    public Parameter? Bias => bias;

    /// <summary>The running means (T, C).</summary>
    public Tensor RunningMean => running_mean;

    /// <summary>The running variances (T, C), unbiased.</summary>
    public Tensor RunningVar => running_var;

    /// <summary>How many batches each time step's statistics have seen (T).</summary>
    public Tensor NumBatchesTracked => num_batches_tracked;

    /// <summary>Normalises the batch of one time step.</summary>
    /// <param name="input">(N, C).</param>
    /// <param name="time">The step, from 0 up. Steps from T on use, and in training move, the statistics of step T − 1.</param>
    /// <returns>The same shape and element type.</returns>
    /// <exception cref="ArgumentException">
    /// The rank, the number of channels, the element type or the time doesn't fit, or training meets a single sample.
    /// </exception>
    public override Tensor forward(Tensor input, long time)
    {
        if (input.dim() != 2) throw new ArgumentException($"expected 2D input (got {input.dim()}D input)");
        if (time < 0) throw new ArgumentException($"time steps must not be negative: expected at least 0 but got {time}");
        using var scope = NewDisposeScope();
        var step = Math.Min(time, MaxLength - 1);
        var (runningMean, runningVar) = (running_mean.select(0, step), running_var.select(0, step)); // [C], [C]
        if (training) BatchNormChecks.RequireSeveralValues(input);
        BatchNormChecks.RequireFit(input, weight, bias, runningMean, runningVar);
        var computed = Moments.ToComputationType(input);                // [N, C]
        Tensor centred, variance;
        if (training && input.numel() > 0)
        {
            (var mean, centred, variance) = ChannelStatistics.Of(computed); // [1, C], [N, C], [1, C]
            UpdateRunningStatistics(step, runningMean, runningVar, mean, variance, input.shape[0]);
        }
        else
        {
            centred = computed - runningMean.to_type(computed.dtype);   // [N, C]
            variance = runningVar.to_type(computed.dtype);              // [C]
        }
        var normalized = centred * ChannelStatistics.InverseDeviation(variance, Eps); // [N, C]
        return Moments.Scale(normalized, weight, bias, [NumFeatures]).to_type(input.dtype).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"RecurrentBatchNorm({NumFeatures}, max_length={MaxLength}, eps={PythonText.Of(Eps)}, momentum={PythonText.Of(Momentum)})";

    private void UpdateRunningStatistics(long step, Tensor runningMean, Tensor runningVar, Tensor mean, Tensor variance, long count)
    {
        using var noGraph = no_grad();
        var batches = num_batches_tracked.select(0, step).add_(1);      // []
        var factor = Momentum ?? 1.0 / batches.item<long>();
        var unbiased = variance.detach() * ((double)count / (count - 1)); // [1, C]
        runningMean.mul_(1 - factor).add_(mean.detach().view(-1).to_type(runningMean.dtype), factor); // [C], a row of the buffer
        runningVar.mul_(1 - factor).add_(unbiased.view(-1).to_type(runningVar.dtype), factor); // [C], a row of the buffer
    }
}
