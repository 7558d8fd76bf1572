namespace TorchRef.Experiments.Claims;

/// <summary>How a claim is measured.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Why">The reason behind the numbers, in one or two sentences.</param>
/// <param name="Measure">Measures it; the verdict follows from the evidence that it gives.</param>
internal sealed record ClaimCheck(Claim Claim, string Why, Action<ClaimMeasurement> Measure);
