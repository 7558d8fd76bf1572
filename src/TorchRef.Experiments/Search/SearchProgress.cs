namespace TorchRef.Experiments.Search;

/// <summary>Where a study stands.</summary>
/// <param name="Finished">Trials finished by whomever.</param>
/// <param name="Goal">How many there are to be.</param>
/// <param name="Round">From 1.</param>
/// <param name="Best">The best validation accuracy; null without one.</param>
/// <param name="Recovered">Trials of dead workers that were queued again just now.</param>
public readonly record struct SearchProgress(int Finished, int Goal, int Round, double? Best, int Recovered);
