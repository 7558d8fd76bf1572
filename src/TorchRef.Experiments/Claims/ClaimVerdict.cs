namespace TorchRef.Experiments.Claims;

/// <summary>What measuring makes of a claim.</summary>
public enum ClaimVerdict
{
    /// <summary>All that was measured bears it out.</summary>
    Holds,

    /// <summary>It holds as far as it goes, but something close to it that a reader may take along doesn't.</summary>
    HoldsWithCaveat,

    /// <summary>What was measured contradicts it.</summary>
    Wrong,

    /// <summary>It takes an experiment that isn't in the catalogue.</summary>
    NotMeasured,
}
