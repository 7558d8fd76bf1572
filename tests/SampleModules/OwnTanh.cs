using static TorchSharp.torch;

namespace Sample;

/// <summary>tanh, written out.</summary>
public sealed class OwnTanh() : nn.Module<Tensor, Tensor>(nameof(OwnTanh))
{
    public override Tensor forward(Tensor input) => 2 / (1 + (input * -2).exp()) - 1;
}
