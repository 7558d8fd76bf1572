using TorchSharp;
using static TorchSharp.torch;

namespace TorchRef.Normalization;

/// <summary>The matrix W with WΣWᵀ = I.</summary>
internal static class WhiteningMatrix
{
    /// <summary>W of the covariance S + εI, in the graph of S.</summary>
    /// <param name="covariance">S (C, C), symmetric and positive semi-definite.</param>
    /// <param name="method">Which W.</param>
    /// <param name="eps">ε, at least 0.</param>
    /// <returns>W (C, C).</returns>
    /// <exception cref="ArgumentException">S holds NaN or infinity, or S + εI has no inverse.</exception>
    public static Tensor Of(Tensor covariance, WhiteningMethod method, double eps)
    {
        if (!covariance.isfinite().all().item<bool>())
            throw new ArgumentException("whitening needs finite values: expected a finite covariance but got NaN or infinity in it");
        var identity = eye(covariance.shape[0], dtype: covariance.dtype, device: covariance.device); // [C, C]
        var shifted = covariance + identity * eps;                      // [C, C]
        if (method == WhiteningMethod.Cholesky)
        {
            var (factor, info) = linalg.cholesky_ex(shifted);           // [C, C], []
            if (info.item<int>() != 0) throw Singular();
            return linalg.solve_triangular(factor, identity, upper: false); // [C, C]
        }
        Tensor values, vectors;
        using (no_grad()) (values, vectors) = Decompose(shifted, eps);  // [C], [C, C]
        if (eps == 0 && !(values[-1].ToDouble() > Tolerance(values))) throw Singular();
        return WhiteningFunction.apply(shifted, values, vectors, method, eps); // [C, C]
    }

    /// <summary>Eigenvalues in falling order and their eigenvectors, as columns, of which each has its largest entry positive.</summary>
    /// <remarks>No eigenvalue of S + εI is smaller than ε; round-off, which is that of the largest one, may say otherwise.</remarks>
    public static (Tensor values, Tensor vectors) Decompose(Tensor shifted, double eps)
    {
        var (rising, columns) = linalg.eigh(shifted);                   // [C], [C, C]
        var values = rising.flip(0).clamp(min: eps.ToScalar());                    // [C]
        var vectors = columns.flip(1);                                  // [C, C]
        var largest = vectors.detach().abs().argmax(0, keepdim: true);  // [1, C]
        var signs = vectors.detach().gather(0, largest).sign();         // [1, C]
        return (values, vectors * signs);
    }

    /// <summary>Eigenvalues that are no further apart can't be told from equal ones.</summary>
    public static double Tolerance(Tensor values)
    {
        var roundOff = values.dtype == ScalarType.Float64 ? 2.220446049250313e-16 : 1.1920928955078125e-07;
        return 4 * values.shape[0] * roundOff * values[0].ToDouble();
    }

    private static ArgumentException Singular() =>
        new("whitening needs a covariance that has an inverse: expected eigenvalues above 0 but got a feature that the others determine; a larger eps helps");
}
