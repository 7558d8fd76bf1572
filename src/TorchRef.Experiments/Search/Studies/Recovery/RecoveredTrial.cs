namespace TorchRef.Experiments.Search.Studies.Recovery;

/// <summary>A trial whose worker died.</summary>
/// <param name="Failed">As it was when it was found, still running.</param>
/// <param name="Again">The trial that was queued in its place; null when it had been tried often enough, or another worker queued it.</param>
public sealed record RecoveredTrial(TrialRecord Failed, TrialRecord? Again);
