namespace TorchRef.Experiments.Claims;

/// <summary>A claim, what was measured, and what follows.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Evidence">What was measured.</param>
/// <param name="Missing">Names of experiments that it would take but that aren't in the catalogue.</param>
/// <param name="Why">The reason behind the numbers, in one or two sentences.</param>
public sealed record ClaimResult(Claim Claim, IReadOnlyList<ClaimEvidence> Evidence, IReadOnlyList<string> Missing, string Why)
{
    /// <summary>
    /// Wrong when a part of the claim is measured to be false; not measured when something is missing; with a caveat when a limit
    /// is measured to be real; else it holds.
    /// </summary>
    public ClaimVerdict Verdict =>
        Evidence.Any(one => !one.IsLimit && !one.IsTrue) ? ClaimVerdict.Wrong
        : Missing.Count > 0 || Evidence.All(one => one.IsLimit) ? ClaimVerdict.NotMeasured
        : Evidence.Any(one => one.IsLimit && one.IsTrue) ? ClaimVerdict.HoldsWithCaveat
        : ClaimVerdict.Holds;
}
