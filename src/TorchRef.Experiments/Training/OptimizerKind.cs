namespace TorchRef.Experiments.Training;

/// <summary>The optimisers of the study notes.</summary>
public enum OptimizerKind
{
    /// <summary>θ ← θ − ηg.</summary>
    SGD,

    /// <summary>v ← μv − ηg; θ ← θ + v.</summary>
    Momentum,

    /// <summary>v ← μv − ηg; θ ← θ + μv − ηg.</summary>
    Nesterov,

    /// <summary>h ← h + g²; θ ← θ − ηg/(√h + ε).</summary>
    AdaGrad,

    /// <summary>h ← αh + (1 − α)g²; θ ← θ − ηg/(√h + ε).</summary>
    RMSprop,

    /// <summary>m ← β₁m + (1 − β₁)g; v ← β₂v + (1 − β₂)g²; θ ← θ − η·√(1 − β₂ᵗ)/(1 − β₁ᵗ)·m/(√v + ε).</summary>
    Adam,
}
