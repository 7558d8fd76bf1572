using TorchRef.Normalization;
using static TorchSharp.torch;

namespace TorchRef.Cli.Verification;

/// <summary>The settings of a batch normalisation that is to be compared.</summary>
internal sealed record BatchNormSettings(long Features, double Eps, double? Momentum, bool Affine, bool Tracking);

/// <summary>
/// Makes the modules that are verified. The command verifies TorchRef's own; tests put faulty ones in their place, and
/// require that they are found.
/// </summary>
internal sealed partial record Candidates(
    Func<BatchNormSettings, BatchNormForm, ScalarType, nn.Module<Tensor, Tensor>> BatchNorm1d,
    Func<double, nn.Module<Tensor, Tensor>> Dropout,
    Func<DropoutSettings, nn.Module<Tensor, Tensor>> DropoutVariant)
{
    public static Candidates Own { get; } = new(
        (s, form, dtype) => new BatchNorm1d(s.Features, s.Eps, s.Momentum, s.Affine, s.Tracking, form, dtype: dtype),
        p => new Dropout.Dropout(p),
        DropoutVariants.Make);
}
