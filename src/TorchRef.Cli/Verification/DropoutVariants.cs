using TorchRef.Dropout;
using static TorchSharp.torch;

namespace TorchRef.Cli.Verification;

/// <summary>Each kind of dropout in its three shapes: TorchRef's module, torch.nn's, and what TorchRef's does with a mask that is given.</summary>
internal static class DropoutVariants
{
    public static nn.Module<Tensor, Tensor> Make(DropoutSettings s) => s.Kind switch
    {
        DropoutKind.Dropout => new Dropout.Dropout(s.P, s.Inplace),
        DropoutKind.Dropout1d => new Dropout1d(s.P, s.Inplace),
        DropoutKind.Dropout2d => new Dropout2d(s.P, s.Inplace),
        DropoutKind.Dropout3d => new Dropout3d(s.P, s.Inplace),
        DropoutKind.AlphaDropout => new AlphaDropout(s.P, s.Inplace),
        _ => new FeatureAlphaDropout(s.P, s.Inplace),
    };

    public static nn.Module<Tensor, Tensor> MakeReference(DropoutKind kind, double p) => kind switch
    {
        DropoutKind.Dropout => ReferenceDropout.Make(p),
        DropoutKind.Dropout1d => nn.Dropout1d(p),
        DropoutKind.Dropout2d => nn.Dropout2d(p),
        DropoutKind.Dropout3d => nn.Dropout3d(p),
        DropoutKind.AlphaDropout => nn.AlphaDropout(p),
        _ => nn.FeatureAlphaDropout(p),
    };

    public static Tensor WithMask(DropoutKind kind, Tensor input, Tensor mask, double p) => kind switch
    {
        DropoutKind.Dropout => Dropout.Dropout.WithMask(input, mask, p),
        DropoutKind.AlphaDropout => AlphaDropout.WithMask(input, mask, p),
        DropoutKind.FeatureAlphaDropout => FeatureAlphaDropout.WithMask(input, mask, p),
        _ => ChannelDropout.WithMask(input, mask, p),
    };
}
