namespace TorchRef.Cli.Verification;

/// <summary>The dropouts that torch.nn has.</summary>
internal enum DropoutKind
{
    Dropout,
    Dropout1d,
    Dropout2d,
    Dropout3d,
    AlphaDropout,
    FeatureAlphaDropout,
}

/// <summary>The settings of a dropout that is to be compared.</summary>
internal sealed record DropoutSettings(DropoutKind Kind, double P, bool Inplace = false);
