using System.Globalization;

namespace TorchRef.Cli.Verification;

/// <summary>The settings of a batch normalisation that is to be compared; the dimensions are those beside batch and channels: 1, 2 or 3.</summary>
internal sealed record BatchNormSettings(long Features, double Eps, double? Momentum, bool Affine, bool Tracking, int Dimensions = 1)
{
    /// <summary>The name of the module.</summary>
    public string Module => $"BatchNorm{Dimensions}d";

    /// <summary>What of the settings tells one variant of a case from another.</summary>
    public override string ToString() =>
        $"{(Affine ? "affine" : "not affine")}, {(Tracking ? $"momentum {Momentum?.ToString(CultureInfo.InvariantCulture) ?? "none"}" : "not tracking")}";
}
