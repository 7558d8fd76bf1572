namespace TorchRef.Normalization;

/// <summary>Where ε stands in x̂.</summary>
public enum EpsilonPlace
{
    /// <summary>x̂ = (x − μ)/√(σ² + ε).</summary>
    InsideRoot,

    /// <summary>x̂ = (x − μ)/(√σ² + ε).</summary>
    OutsideRoot,
}
