namespace TorchRef.Experiments.Networks;

/// <summary>Over what a hidden layer is normalised.</summary>
public enum NormalizationKind
{
    /// <summary>Each unit over the examples of the mini-batch.</summary>
    Batch,

    /// <summary>Each example over groups of units.</summary>
    Group,

    /// <summary>Each example over all units of the layer.</summary>
    Layer,
}
