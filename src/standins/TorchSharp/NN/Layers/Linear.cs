using TorchSharp.Utils;

namespace TorchSharp.Modules;

/// <summary>x·Wᵀ + b.</summary>
public sealed class Linear : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    [ComponentName(Name = nameof(weight))] private Parameter? _weight;
    [ComponentName(Name = nameof(bias))] private Parameter? _bias;

    internal Linear(Parameter weight, Parameter? bias)
        : base(nameof(Linear))
    {
        (out_features, in_features) = (weight.shape[0], weight.shape[1]);
        this.weight = weight;
        this.bias = bias;
    }

    internal Linear(long inputs, long outputs, bool hasBias, torch.Device? device, torch.ScalarType? dtype)
        : base(nameof(Linear))
    {
        (in_features, out_features) = (inputs, outputs);
        weight = Fresh.Weight(device, dtype, outputs, inputs);
        if (hasBias) bias = Fresh.Bias(_weight!, outputs);
    }

    public long in_features { get; set; }

    public long out_features { get; set; }

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

    public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.linear(tensor, weight, bias);
}
