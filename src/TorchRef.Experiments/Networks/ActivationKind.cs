namespace TorchRef.Experiments.Networks;

/// <summary>What comes after an affine layer.</summary>
public enum ActivationKind
{
    /// <summary>max(0, z).</summary>
    ReLU,

    /// <summary>1/(1 + e^−z).</summary>
    Sigmoid,

    /// <summary>(e^z − e^−z)/(e^z + e^−z).</summary>
    Tanh,
}
