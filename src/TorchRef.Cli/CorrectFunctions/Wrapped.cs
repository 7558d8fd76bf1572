using static TorchSharp.torch;

namespace TorchRef.Cli.CorrectFunctions;

/// <summary>A module that takes more or other things than one tensor, as one that takes one tensor.</summary>
internal sealed class Wrapped : nn.Module<Tensor, Tensor>
{
    private readonly Func<Tensor, Tensor> _call;

    public Wrapped(nn.Module inner, Func<Tensor, Tensor> call)
        : base(nameof(Wrapped))
    {
        _call = call;
        register_module("inner", inner);
    }

    public override Tensor forward(Tensor input) => _call(input);
}
