using TorchSharp.Utils;

namespace TorchSharp.Modules;

/// <summary>x₁ᵀ·A·x₂ + b.</summary>
public sealed class Bilinear : torch.nn.Module<torch.Tensor, torch.Tensor, torch.Tensor>
{
    [ComponentName(Name = nameof(weight))] private Parameter? _weight;
    [ComponentName(Name = nameof(bias))] private Parameter? _bias;

    internal Bilinear(long in1, long in2, long outputs, bool hasBias, torch.Device? device, torch.ScalarType? dtype)
        : base(nameof(Bilinear))
    {
        (in1_features, in2_features, out_features) = (in1, in2, outputs);
        // The bound counts the first input alone, as PyTorch's does.
        var bound = 1 / Math.Sqrt(in1);
        weight = new Parameter(torch.nn.init.uniform_(Fresh.Empty(device, dtype, outputs, in1, in2), -bound, bound));
        if (hasBias) bias = new Parameter(torch.nn.init.uniform_(Fresh.Empty(device, dtype, outputs), -bound, bound));
    }

    public long in1_features { get; set; }

    public long in2_features { get; set; }

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

    public override torch.Tensor forward(torch.Tensor input1, torch.Tensor input2) => torch.nn.functional.bilinear(input1, input2, weight, bias);
}
