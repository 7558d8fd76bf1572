using TorchSharp;
using static TorchSharp.torch;

namespace TorchRef.Cli.Verification;

/// <summary>torch.nn.Dropout in the form whose random numbers can be drawn again by hand.</summary>
/// <remarks>
/// On the CPU that is the module itself. On a GPU it is one fused kernel with a random stream of its own, which no composition of
/// operators reproduces. In place it is no such kernel: noise is drawn as on the CPU and multiplied.
/// </remarks>
internal static class ReferenceDropout
{
    public static nn.Module<Tensor, Tensor> Make(double p) => get_default_device().type == DeviceType.CPU ? nn.Dropout(p) : InPlaceOnCopy(p);

    /// <summary>Dropout in place, of a copy of the input.</summary>
    public static nn.Module<Tensor, Tensor> InPlaceOnCopy(double p) => new OnCopy(p);

    private sealed class OnCopy : nn.Module<Tensor, Tensor>
    {
        private readonly TorchSharp.Modules.Dropout dropout;

        public OnCopy(double p) : base(nameof(TorchSharp.Modules.Dropout))
        {
            dropout = nn.Dropout(p, inplace: true);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => dropout.call(input.clone()); // the input's shape
    }
}
