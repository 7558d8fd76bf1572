namespace TorchRef.Experiments.Networks;

/// <summary>Where a hidden layer is normalised.</summary>
public enum NormalizationPlace
{
    /// <summary>Between the affine layer and the activation, as the study notes and the paper have it.</summary>
    BeforeActivation,

    /// <summary>After the activation.</summary>
    AfterActivation,
}
