using TorchSharp.Utils;

namespace TorchSharp.Modules;

/// <summary>Normalises over the last dimensions.</summary>
public sealed class LayerNorm : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    [ComponentName(Name = nameof(weight))] private Parameter? _weight;
    [ComponentName(Name = nameof(bias))] private Parameter? _bias;

    internal LayerNorm(long[] shape, double eps, bool affine, bool bias, torch.Device? device, torch.ScalarType? dtype)
        : base(nameof(LayerNorm))
    {
        (normalized_shape, this.eps, elementwise_affine) = (shape, eps, affine);
        if (affine) weight = new Parameter(Fresh.Full(device, dtype, 1, shape));
        if (affine && bias) this.bias = new Parameter(Fresh.Full(device, dtype, 0, shape));
    }

    public long[] normalized_shape { get; set; }

    public double eps { get; set; }

    public bool elementwise_affine { get; set; }

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

    public void reset_parameters()
    {
        if (_weight is not null) torch.nn.init.ones_(_weight);
        if (bias is not null) torch.nn.init.zeros_(bias);
    }

    public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.layer_norm(tensor, normalized_shape, weight, bias, eps);
}

/// <summary>Normalises over groups of channels.</summary>
public sealed class GroupNorm : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    [ComponentName(Name = nameof(weight))] private Parameter? _weight;
    [ComponentName(Name = nameof(bias))] private Parameter? _bias;

    internal GroupNorm(long groups, long channels, double eps, bool affine, torch.Device? device, torch.ScalarType? dtype)
        : base(nameof(GroupNorm))
    {
        if (channels % groups != 0) throw new ArgumentException("num_channels must be divisible by num_groups");
        (num_groups, this.eps, this.affine) = (groups, eps, affine);
        if (!affine) return;
        weight = new Parameter(Fresh.Full(device, dtype, 1, channels));
        bias = new Parameter(Fresh.Full(device, dtype, 0, channels));
    }

    public long num_groups { get; set; }

    public double eps { get; set; }

    public bool affine { get; set; }

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

    public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.group_norm(tensor, num_groups, weight, bias, eps);
}

/// <summary>Divides each value by a power of the mean square of its neighbours in the channels.</summary>
public sealed class LocalResponseNorm : ParameterLessModule<torch.Tensor, torch.Tensor>
{
    internal LocalResponseNorm(long size, double alpha, double beta, double k)
        : base(nameof(LocalResponseNorm))
    {
        (this.size, this.alpha, this.beta, this.k) = (size, alpha, beta, k);
    }

    public long size { get; set; }

    public double alpha { get; set; }

    public double beta { get; set; }

    public double k { get; set; }

    public override torch.Tensor forward(torch.Tensor input) => torch.nn.functional.local_response_norm(input, size, alpha, beta, k);
}
