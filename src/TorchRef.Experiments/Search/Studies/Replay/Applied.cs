namespace TorchRef.Experiments.Search.Studies.Replay;

/// <summary>What became of an operation.</summary>
/// <param name="Effect">Whether it did anything.</param>
/// <param name="Id">The id of the study or trial that it made; -1 otherwise.</param>
internal readonly record struct Applied(bool Effect, long Id = -1);
