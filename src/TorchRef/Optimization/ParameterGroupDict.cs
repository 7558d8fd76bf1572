namespace TorchRef.Optimization;

/// <summary>A parameter group in an <see cref="OptimizerStateDict"/>.</summary>
/// <param name="Options">The settings by PyTorch's names: numbers as double, switches as bool, betas as a pair of doubles.</param>
/// <param name="Params">The numbers of its parameters, which <see cref="OptimizerStateDict.State"/> is keyed by.</param>
public sealed record ParameterGroupDict(IReadOnlyDictionary<string, object> Options, IReadOnlyList<int> Params);
