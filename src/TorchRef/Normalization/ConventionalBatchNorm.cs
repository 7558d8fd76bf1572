using TorchRef.Numerics;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchRef.Normalization;

/// <summary>
/// Batch normalisation by a <see cref="BatchNormConvention"/>, to see what the conventions make of the same numbers, and to
/// carry trained statistics from one to another. With <see cref="BatchNormConvention.PyTorch"/> it equals torch.nn.
/// </summary>
/// <remarks>
/// <para>
/// Training: y = γ·x̂ + β with the batch's mean and biased variance; the running statistics move as the convention says.
/// Evaluation: the same with the running statistics.
/// </para>
/// <para>
/// State, in this order: weight γ (C) = 1, bias β (C) = 0, running_mean (C) = 0, running_var (C) = where the convention starts
/// it, num_batches_tracked int64 scalar = 0 and, where the convention corrects the variance in evaluation,
/// values_per_channel int64 scalar = 0: how many values per channel the training batches have.
/// </para>
/// </remarks>
public sealed class ConventionalBatchNorm : nn.Module<Tensor, Tensor>
{
    // Named as in the state dict: registration takes the names of the fields.
    private readonly Parameter weight;
    private readonly Parameter bias;
    private readonly Tensor running_mean;
    private readonly Tensor running_var;
    private readonly Tensor num_batches_tracked;
    private readonly Tensor? values_per_channel;

    /// <summary>Makes the module in training mode.</summary>
    /// <param name="num_features">Number of channels C.</param>
    /// <param name="convention">What to follow.</param>
    /// <param name="device">Where parameters and buffers live; null is the default device.</param>
    /// <param name="dtype">Their element type; null is the default type.</param>
    /// <exception cref="ArgumentException"><paramref name="num_features"/> is negative.</exception>
    public ConventionalBatchNorm(long num_features, BatchNormConvention convention, Device? device = null, ScalarType? dtype = null)
        : base(nameof(ConventionalBatchNorm))
    {
        if (num_features < 0) throw new ArgumentException($"num_features must not be negative: expected at least 0 but got {num_features}");
        (NumFeatures, Convention) = (num_features, convention);
        weight = new Parameter(ones(num_features, dtype, device));      // [C]
        bias = new Parameter(zeros(num_features, dtype, device));       // [C]
        running_mean = zeros(num_features, dtype, device);              // [C]
        running_var = zeros(num_features, dtype, device).fill_(convention.InitialVariance); // [C]
        num_batches_tracked = zeros([], int64, device);                 // []
        if (convention.CorrectsInEvaluation) values_per_channel = zeros([], int64, device); // []
        RegisterComponents();
    }

    /// <summary>Number of channels C.</summary>
    public long NumFeatures { get; }

    /// <summary>What the module follows.</summary>
    public BatchNormConvention Convention { get; }

    /// <summary>γ (C).</summary>
    public Parameter Weight => weight;

    /// <summary>β (C).</summary>
    public Parameter Bias => bias;

    /// <summary>The running mean (C).</summary>
    public Tensor RunningMean => running_mean;

    /// <summary>The running variance (C), of the kind that the convention averages.</summary>
    public Tensor RunningVar => running_var;

    /// <summary>How many batches the running statistics have seen.</summary>
    public Tensor NumBatchesTracked => num_batches_tracked;

    /// <summary>How many values per channel the training batches have, 0 before the first; null where the convention doesn't ask.</summary>
    public Tensor? ValuesPerChannel => values_per_channel;

    /// <summary>Normalises a batch.</summary>
    /// <param name="input">(N, C) or (N, C, …).</param>
    /// <returns>The same shape and element type.</returns>
    /// <exception cref="ArgumentException">
    /// The rank, the number of channels or the element type doesn't fit, training meets a single value per channel, or a
    /// batch of another size than those before where the convention corrects the variance by it.
    /// </exception>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        if (input.dim() < 2) throw new ArgumentException($"expected at least 2D input (got {input.dim()}D input)");
        if (training) BatchNormChecks.RequireSeveralValues(input);
        BatchNormChecks.RequireFit(input, weight, bias, running_mean, running_var);
        if (input.numel() == 0)
        {
            if (training) num_batches_tracked.add_(1);
            return ChannelAffine.Apply(input, weight, bias).MoveToOuterDisposeScope();
        }
        var computed = input.to_type(weight.dtype);                     // [N, C, …]
        return ChannelAffine.Apply(Normalize(computed), weight, bias).to_type(input.dtype).MoveToOuterDisposeScope();
    }

    /// <summary>A module of another convention with the same parameters and the same statistics, expressed in that convention.</summary>
    /// <param name="convention">The convention of the new module.</param>
    /// <param name="valuesPerChannel">
    /// n, how many values per channel each training batch had; null where neither the conversion nor the convention asks for it.
    /// </param>
    /// <exception cref="ArgumentException">The statistics can't be converted: see <see cref="BatchNormConversion"/>.</exception>
    public ConventionalBatchNorm To(BatchNormConvention convention, long? valuesPerChannel = null)
    {
        var other = new ConventionalBatchNorm(NumFeatures, convention, weight.device, weight.dtype);
        other.CopyFrom(Convention, state_dict(), valuesPerChannel ?? KnownValuesPerChannel());
        other.train(training);
        return other;
    }

    /// <summary>Takes over a module's parameters, and its statistics expressed in this module's convention.</summary>
    /// <param name="source">A module with running statistics.</param>
    /// <param name="valuesPerChannel">n, how many values per channel each training batch had; null where nothing asks for it.</param>
    /// <exception cref="ArgumentException">
    /// The module has other features or no statistics, or they can't be converted: see <see cref="BatchNormConversion"/>.
    /// </exception>
    public void CopyFrom(BatchNorm source, long? valuesPerChannel = null)
    {
        RequireAlike(source);
        CopyFrom(BatchNormConvention.Of(source), source.state_dict(), valuesPerChannel);
    }

    /// <summary>Gives a module this one's parameters, and its statistics expressed in PyTorch's convention with the module's own momentum.</summary>
    /// <param name="target">A module with running statistics.</param>
    /// <param name="valuesPerChannel">n, how many values per channel each training batch had; null where nothing asks for it.</param>
    /// <exception cref="ArgumentException">
    /// The module has other features or no statistics, or they can't be converted: see <see cref="BatchNormConversion"/>.
    /// </exception>
    public void CopyTo(BatchNorm target, long? valuesPerChannel = null)
    {
        RequireAlike(target);
        using var scope = NewDisposeScope();
        using var noGraph = no_grad();
        var other = To(BatchNormConvention.Of(target), valuesPerChannel).state_dict();
        foreach (var (name, tensor) in target.state_dict()) tensor.copy_(other[name]);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{GetName()}({NumFeatures}, {Convention.Name}, eps={PythonText.Of(Convention.Eps)}, momentum={PythonText.Of(Convention.Momentum)})";

    private Tensor Normalize(Tensor input)
    {
        if (training)
        {
            var (batchMean, centred, variance) = ChannelStatistics.Of(input); // [C], [N, C, …], [C]
            UpdateRunningStatistics(batchMean, variance, ChannelStatistics.ValuesPerChannel(input));
            return centred * Convention.InverseDeviation(variance);     // [N, C, …]
        }
        var mean = ChannelStatistics.PerChannel(running_mean, input);   // [C]
        var running = ChannelStatistics.PerChannel(running_var, input); // [C]
        if (KnownValuesPerChannel() is { } count) running = running * ((double)count / (count - 1)); // [C]
        return (input - mean) * Convention.InverseDeviation(running);   // [N, C, …]
    }

    private void UpdateRunningStatistics(Tensor mean, Tensor variance, long count)
    {
        using var noGraph = no_grad();
        if (KnownValuesPerChannel() is { } before && before != count)
            throw new ArgumentException($"{Convention.Name} corrects the variance for batches of one size: expected {before} values per channel but got {count}");
        values_per_channel?.fill_(count);
        num_batches_tracked.add_(1);
        var factor = Convention.WeightOf(num_batches_tracked.item<long>());
        running_mean.mul_(1 - factor).add_(mean.detach().view(-1), factor); // [C]
        running_var.mul_(1 - factor).add_(variance.detach().view(-1) * Convention.FactorOf(count), factor); // [C]
    }

    private long? KnownValuesPerChannel() => values_per_channel?.item<long>() is > 0 and var count ? count : null;

    private void CopyFrom(BatchNormConvention from, Dictionary<string, Tensor> source, long? valuesPerChannel)
    {
        using var scope = NewDisposeScope();
        using var noGraph = no_grad();
        var batches = source["num_batches_tracked"].item<long>();
        if (Convention.CorrectsInEvaluation && batches > 0 && valuesPerChannel is null)
            throw new ArgumentException($"{Convention.Name} corrects the variance by the size of the batches: expected valuesPerChannel but got none");
        var (mean, variance) = BatchNormConversion.Convert(source["running_mean"], source["running_var"], from, Convention, batches, valuesPerChannel); // [C], [C]
        if (source.TryGetValue("weight", out var gamma)) weight.copy_(gamma);
        else weight.fill_(1);
        if (source.TryGetValue("bias", out var beta)) bias.copy_(beta);
        else bias.zero_();
        running_mean.copy_(mean);
        running_var.copy_(variance);
        num_batches_tracked.copy_(source["num_batches_tracked"]);
        values_per_channel?.fill_(batches > 0 ? valuesPerChannel!.Value : 0);
    }

    private void RequireAlike(BatchNorm module)
    {
        if (!module.TrackRunningStats) throw new ArgumentException("running statistics are what is converted: expected a module that tracks them but got one that doesn't");
        if (module.NumFeatures != NumFeatures) throw new ArgumentException($"both modules must have the same channels: expected {NumFeatures} but got {module.NumFeatures}");
    }
}
