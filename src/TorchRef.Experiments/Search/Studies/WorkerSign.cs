namespace TorchRef.Experiments.Search.Studies;

/// <summary>What a storage knows of the life of a worker.</summary>
/// <param name="Life">What is certain.</param>
/// <param name="Beat">A text that changes every few seconds while the worker lives; null where there is none.</param>
public readonly record struct WorkerSign(WorkerLife Life, string? Beat);
