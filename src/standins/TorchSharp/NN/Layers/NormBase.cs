using TorchSharp.Utils;

namespace TorchSharp.Modules;

/// <summary>What batch and instance normalisation share: the affine parameters and the running statistics.</summary>
public abstract class NormBase : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    [ComponentName(Name = nameof(weight))] private Parameter? _weight;
    [ComponentName(Name = nameof(bias))] private Parameter? _bias;
    [ComponentName(Name = nameof(running_mean))] private torch.Tensor? _running_mean;
    [ComponentName(Name = nameof(running_var))] private torch.Tensor? _running_var;
    [ComponentName(Name = nameof(num_batches_tracked))] private torch.Tensor? _num_batches_tracked;

    public NormBase(long num_features, double eps, double? momentum, bool affine, bool track_running_stats, torch.Device? device, torch.ScalarType? dtype, string name)
        : base(name)
    {
        (this.num_features, this.eps, this.momentum, this.affine, this.track_running_stats) = (num_features, eps, momentum, affine, track_running_stats);
        if (affine)
        {
            weight = new Parameter(Fresh.Full(device, dtype, 1, num_features));
            bias = new Parameter(Fresh.Full(device, dtype, 0, num_features));
        }
        if (track_running_stats)
        {
            running_mean = Fresh.Full(device, dtype, 0, num_features);
            running_var = Fresh.Full(device, dtype, 1, num_features);
            // A count, whatever the type of the statistics, as in PyTorch.
            num_batches_tracked = Fresh.Full(device, torch.ScalarType.Int64, 0);
        }
    }

    public long num_features { get; }

    public double eps { get; set; }

    /// <summary>How far a batch moves the running statistics; null averages over all batches.</summary>
    public double? momentum { get; set; }

    public bool affine { get; }

    public bool track_running_stats { get; }

    /// <summary>Null where the module isn't affine, whatever its type says: the type is TorchSharp's.</summary>
    public Parameter weight
    {
        get => _weight!;
        set => Replace(nameof(weight), ref _weight, value ?? throw new ArgumentNullException(nameof(weight)));
    }

    public Parameter? bias
    {
        get => _bias;
        set => Replace(nameof(bias), ref _bias, value);
    }

    public torch.Tensor? running_mean
    {
        get => _running_mean;
        set => Replace(nameof(running_mean), ref _running_mean, value);
    }

    public torch.Tensor? running_var
    {
        get => _running_var;
        set => Replace(nameof(running_var), ref _running_var, value);
    }

    public torch.Tensor? num_batches_tracked
    {
        get => _num_batches_tracked;
        set => Replace(nameof(num_batches_tracked), ref _num_batches_tracked, value);
    }

    public void reset_running_stats()
    {
        if (running_mean is not null) torch.nn.init.zeros_(running_mean);
        if (running_var is not null) torch.nn.init.ones_(running_var);
        if (num_batches_tracked is not null) torch.nn.init.zeros_(num_batches_tracked);
    }

    public void reset_parameters()
    {
        reset_running_stats();
        if (_weight is not null) torch.nn.init.ones_(_weight);
        if (bias is not null) torch.nn.init.zeros_(bias);
    }

    protected abstract void ValidateInputDimensions(torch.Tensor input);

    private protected static void RequireRank(torch.Tensor input, string expected, params ReadOnlySpan<long> ranks)
    {
        if (!ranks.Contains(input.Dimensions)) throw new ArgumentException($"expected {expected} input (got {input.Dimensions}D input)");
    }
}
