namespace TorchRef.Normalization;

/// <summary>
/// Which of the matrices W with WΣWᵀ = I whitens; they differ by a rotation. With Σ = UΛUᵀ, the eigenvalues in falling order:
/// </summary>
public enum WhiteningMethod
{
    /// <summary>W = UΛ^(−½)Uᵀ = Σ^(−½), symmetric: of all whitened data these stay closest to the original ones.</summary>
    Zca,

    /// <summary>
    /// W = Λ^(−½)Uᵀ: the outputs are the principal components, the one of the largest variance first. Each eigenvector's
    /// sign is chosen so that its entry of largest magnitude is positive.
    /// </summary>
    Pca,

    /// <summary>W = L⁻¹ with Σ = LLᵀ, lower triangular: output i depends on the inputs 0 to i only. Takes no eigenvectors.</summary>
    Cholesky,
}
