using static TorchSharp.torch;

namespace TorchRef.Normalization;

/// <summary>The sum over chosen dimensions, each value times one weight: 1 for the plain sum, 1/n for the mean.</summary>
/// <remarks>
/// The sum over the rows of a matrix (N, C) is its transpose times the vector (N) of weights, which reads memory twice as
/// fast as the engine's sum. Two things are against it. A product adds row after row, so that its round-off grows with N,
/// where a sum adds halves of halves: hence a tall matrix is folded into one of few, long rows first, and the engine adds
/// up what came out for each of its parts. And the derivative of a product is a matrix laid out column by column, which
/// slows down whatever meets it: hence sums where a graph is recorded.
/// </remarks>
internal readonly struct WeightedSum
{
    /// <summary>So many rows a product may add up.</summary>
    private const long MostRows = 128;

    /// <summary>From this many elements on reading them takes longer than calling an operator.</summary>
    private const long Large = 1 << 16;

    /// <summary>Of how many rows one is taken where a rough mean is enough.</summary>
    private const long Sampling = 8;

    private readonly long[] _dimensions;
    private readonly bool _keepsDimensions;
    private readonly double _weight;
    private readonly long _folds;
    private readonly Tensor? _weights;

    private WeightedSum(long[] dimensions, bool keepsDimensions, double weight, long folds = 1, Tensor? weights = null) =>
        (_dimensions, _keepsDimensions, _weight, _folds, _weights) = (dimensions, keepsDimensions, weight, folds, weights);

    /// <summary>Over any dimensions, which are kept with size 1.</summary>
    public static WeightedSum Over(long[] dimensions, double weight) => new(dimensions, true, weight);

    /// <summary>Over the rows of matrices of that shape (N, C) and of the type and place of this one.</summary>
    public static WeightedSum OverRows(Tensor matrix, long[] shape, double weight)
    {
        var rows = shape[0];
        var folds = FoldsOf(rows);
        var multiplies = folds > 0 && (weight != 1 || rows * shape[1] >= Large) && matrix.dtype is ScalarType.Float32 or ScalarType.Float64;
        return multiplies ? new([0], false, weight, folds, matrix.new_full(rows / folds, weight)) : new([0], false, weight); // (N/folds)
    }

    /// <summary>The sum of these values.</summary>
    public Tensor Of(Tensor values)
    {
        if (_weights is not null && !(is_grad_enabled() && values.requires_grad))
        {
            if (_folds == 1) return values.t().mv(_weights);            // (C)
            if (values.is_contiguous())
            {
                var folded = values.view(_weights.shape[0], -1);        // (N/folds, folds·C)
                return folded.t().mv(_weights).view(_folds, -1).sum([0]); // (C)
            }
        }
        var sum = values.sum(_dimensions, keepdim: _keepsDimensions);   // 1 in the summed dimensions, or without them
        return _weight == 1 ? sum : sum.mul_(_weight);
    }

    /// <summary>The mean of every eighth row, if this is the mean over the many rows of a large matrix; else the same.</summary>
    public Tensor Roughly(Tensor values)
    {
        if (_keepsDimensions) return Of(values);
        var shape = values.shape;
        if (shape[0] < Sampling * Sampling || shape[0] * shape[1] < Large) return Of(values);
        var rows = (shape[0] + Sampling - 1) / Sampling;
        var sample = values.slice(0, 0, shape[0], Sampling);            // (rows, C)
        return OverRows(sample, [rows, shape[1]], 1.0 / rows).Of(sample); // (C)
    }

    /// <summary>Into how many equal parts that many rows are cut so that none has more than a product may add; 0 where they can't be.</summary>
    private static long FoldsOf(long rows)
    {
        var fewest = (rows + MostRows - 1) / MostRows;
        for (var folds = fewest; folds < 2 * fewest; folds++)
            if (rows % folds == 0) return folds;
        return 0;
    }
}
