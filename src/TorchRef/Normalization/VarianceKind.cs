namespace TorchRef.Normalization;

/// <summary>By what the squared distances of n values from their mean are divided.</summary>
public enum VarianceKind
{
    /// <summary>By n: the variance of the values themselves.</summary>
    Biased,

    /// <summary>By n − 1: what the values say of the population that they were drawn from.</summary>
    Unbiased,
}
