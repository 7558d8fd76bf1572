using TorchRef.Experiments.NetworkExperiments;
using TorchRef.Experiments.Running;

namespace TorchRef.Experiments.Catalog.Initialization;

/// <summary>The training accuracy from one scale of initial weights.</summary>
/// <param name="Deviation">Their standard deviation.</param>
/// <param name="Plain">Without batch normalisation.</param>
/// <param name="Normalized">With it.</param>
internal sealed record InitialScale(double Deviation, Curve Plain, Curve Normalized)
{
    /// <summary>Whether both have been measured.</summary>
    public bool HasBegun => Plain.Count > 0 && Normalized.Count > 0;

    /// <summary>Whether batch normalisation ends with the better mean.</summary>
    public bool NormalizedWins => HasBegun && Spread.Mean(Normalized.Final) > Spread.Mean(Plain.Final);
}
