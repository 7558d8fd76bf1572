using TorchRef.Numerics;
using static TorchSharp.torch;

namespace TorchRef.Normalization;

/// <summary>Standardises input, feature by feature, with the mean and standard deviation of training data.</summary>
/// <remarks>
/// <para>y = (x − μ)/σ; back again x = y·σ + μ. A feature that is constant in the training data has σ = 0 and is only centred.</para>
/// <para>
/// μ and the biased σ (divided by n) come from <see cref="Fit(Tensor)"/>, or batch by batch from <see cref="Update"/>, and are the
/// same either way up to round-off: two parts a and b join as n = nₐ + n_b, δ = μ_b − μₐ, μ = μₐ + δ·n_b/n,
/// σ² = (nₐσₐ² + n_bσ_b²)/n + δ²·nₐn_b/n². Statistics are kept and computed in float64. Within a batch values are taken less
/// their first: a constant feature has exactly σ = 0, and a large offset costs no digits.
/// </para>
/// <para>
/// Unlike the other modules this one learns from no forward and doesn't distinguish training from evaluation. No feature
/// of the test data enters μ and σ, so save the state dict with the network: mean = 0, std = 0 (both of the feature shape,
/// float64), count int64 scalar = 0.
/// </para>
/// <para>
/// Sources: LeCun et al., "Efficient BackProp", 1998, section 4.3; Chan, Golub and LeVeque, 1979, for joining parts.
/// </para>
/// </remarks>
public sealed class InputStandardization : nn.Module<Tensor, Tensor>
{
    /// <summary>How many values are taken at once: fitting needs memory for these, not for all.</summary>
    private const long SliceSize = 1 << 22;

    private readonly Tensor mean;
    private readonly Tensor std;
    private readonly Tensor count;

    /// <summary>For samples that are vectors.</summary>
    /// <param name="num_features">D, the number of features.</param>
    /// <param name="device">Where the statistics live; null is the default device.</param>
    public InputStandardization(long num_features, Device? device = null)
        : this([num_features], device)
    {
    }

    /// <summary>For samples of any shape.</summary>
    /// <param name="feature_shape">
    /// Shape of a sample. A size of 1 pools its dimension: (3, 1, 1) standardises images channel by channel, (3, 32, 32) pixel by pixel.
    /// </param>
    /// <param name="device">Where the statistics live; null is the default device.</param>
    /// <exception cref="ArgumentException">A size isn't positive.</exception>
    public InputStandardization(long[] feature_shape, Device? device = null)
        : base(nameof(InputStandardization))
    {
        if (feature_shape.Any(size => size < 1)) throw new ArgumentException($"feature_shape must be positive: expected sizes of at least 1 but got {NormChecks.Sizes(feature_shape)}");
        FeatureShape = [.. feature_shape];
        mean = zeros(feature_shape, float64, device);                   // the feature shape
        std = zeros(feature_shape, float64, device);                    // the feature shape
        count = zeros([], int64, device);                               // []
        RegisterComponents();
    }

    /// <summary>Shape of a sample, with 1 for dimensions that are pooled.</summary>
    public IReadOnlyList<long> FeatureShape { get; }

    /// <summary>μ, of <see cref="FeatureShape"/>.</summary>
    public Tensor Mean => mean;

    /// <summary>σ, of <see cref="FeatureShape"/>; 0 for a constant feature.</summary>
    public Tensor Std => std;

    /// <summary>How many values of each feature the statistics have seen.</summary>
    public long Count => count.item<long>();

    /// <summary>Takes the statistics of training data, in place of what was there.</summary>
    /// <param name="data">(N, …), a sample for each of the N.</param>
    /// <returns>This module.</returns>
    /// <exception cref="ArgumentException">The shape doesn't fit, there is no sample, or a value is NaN or infinite.</exception>
    public InputStandardization Fit(Tensor data) => Fit([data]);

    /// <summary>Takes the statistics of training data that come in parts, in place of what was there.</summary>
    /// <param name="batches">Each (N, …), with N of its own.</param>
    /// <returns>This module.</returns>
    /// <exception cref="ArgumentException">A shape doesn't fit, there is no sample, or a value is NaN or infinite. The statistics are as they were then.</exception>
    public InputStandardization Fit(IEnumerable<Tensor> batches)
    {
        using var fresh = new InputStandardization([.. FeatureShape], mean.device);
        foreach (var batch in batches) fresh.Update(batch);
        if (fresh.Count == 0) throw new ArgumentException("statistics need data: expected at least one sample but got none");
        using var noGraph = no_grad();
        mean.copy_(fresh.mean);
        std.copy_(fresh.std);
        count.copy_(fresh.count);
        return this;
    }

    /// <summary>Adds a batch to the statistics.</summary>
    /// <param name="batch">(N, …); with N = 0 nothing changes.</param>
    /// <returns>This module.</returns>
    /// <exception cref="ArgumentException">The shape doesn't fit, or a value is NaN or infinite. The statistics are as they were then.</exception>
    public InputStandardization Update(Tensor batch)
    {
        using var noGraph = no_grad();
        using var scope = NewDisposeScope();
        RequireShape(batch.shape);
        if (batch.dim() != FeatureShape.Count + 1) throw new ArgumentException($"a batch must hold a sample in each row: expected {FeatureShape.Count + 1} dimensions but got {batch.dim()}");
        if (!batch.isfinite().all().item<bool>()) throw new ArgumentException("statistics need finite values: expected numbers but got NaN or infinity");
        if (batch.numel() == 0) return this;
        var rows = Math.Max(1, SliceSize * batch.shape[0] / batch.numel());
        for (long start = 0; start < batch.shape[0]; start += rows)
        {
            using var inner = NewDisposeScope();
            Join(batch.narrow(0, start, Math.Min(rows, batch.shape[0] - start)));
        }
        return this;
    }

    /// <summary>Adds what another module has seen, as if this one had seen it too.</summary>
    /// <param name="other">Of the same feature shape.</param>
    /// <returns>This module.</returns>
    /// <exception cref="ArgumentException">The feature shapes differ.</exception>
    public InputStandardization Merge(InputStandardization other)
    {
        if (!FeatureShape.SequenceEqual(other.FeatureShape))
            throw new ArgumentException($"statistics of different features can't be merged: expected feature shape {NormChecks.Sizes([.. FeatureShape])} but got {NormChecks.Sizes([.. other.FeatureShape])}");
        using var noGraph = no_grad();
        using var scope = NewDisposeScope();
        if (other.Count > 0) Join(other.mean.to(mean.device), other.std.to(mean.device).square(), other.Count);
        return this;
    }

    /// <summary>Standardises.</summary>
    /// <param name="input">(*, …), ending in the shape of a sample.</param>
    /// <returns>The same shape; the same element type if that is a floating-point one, else the default type.</returns>
    /// <exception cref="InvalidOperationException">There are no statistics yet.</exception>
    /// <exception cref="ArgumentException">The shape doesn't fit.</exception>
    public override Tensor forward(Tensor input)
    {
        Require(input);
        using var scope = NewDisposeScope();
        var type = input.is_floating_point() ? input.dtype : get_default_dtype();
        return ((input.to_type(float64) - mean) / Divisor()).to_type(type).MoveToOuterDisposeScope(); // (*, …)
    }

    /// <summary>Undoes <see cref="forward"/>.</summary>
    /// <param name="input">(*, …), ending in the shape of a sample.</param>
    /// <returns>The same shape; the same element type if that is a floating-point one, else the default type.</returns>
    /// <exception cref="InvalidOperationException">There are no statistics yet.</exception>
    /// <exception cref="ArgumentException">The shape doesn't fit.</exception>
    public Tensor Inverse(Tensor input)
    {
        Require(input);
        using var scope = NewDisposeScope();
        var type = input.is_floating_point() ? input.dtype : get_default_dtype();
        return (input.to_type(float64) * Divisor() + mean).to_type(type).MoveToOuterDisposeScope(); // (*, …)
    }

    /// <inheritdoc/>
    public override string ToString() => $"InputStandardization({PythonText.Tuple(FeatureShape)}, count={Count})";

    /// <summary>σ, and 1 for a constant feature.</summary>
    private Tensor Divisor() => std.masked_fill(std.eq(0), 1);          // the feature shape

    private void Join(Tensor slice)
    {
        var values = slice.detach().to(mean.device).to_type(float64);   // [N, …]
        var pooled = Enumerable.Range(0, FeatureShape.Count).Where(i => FeatureShape[i] == 1).Select(i => i + 1L).Prepend(0).ToArray();
        var first = pooled.Aggregate(values, (rest, dimension) => rest.narrow(dimension, 0, 1)); // [1, …]
        var offset = values - first;                                    // [N, …]
        var average = offset.mean(pooled, keepdim: true);               // [1, …], 1 where pooled
        var variance = (offset - average).square().mean(pooled, keepdim: true); // [1, …], 1 where pooled
        Join((first + average).squeeze(0), variance.squeeze(0), values.numel() / mean.numel());
    }

    private void Join(Tensor otherMean, Tensor otherVariance, long otherCount)
    {
        var total = Count + otherCount;
        var share = (double)otherCount / total;
        // Rounded to the statistics' own type first, in case the module was converted: equal means are to differ by 0.
        var difference = otherMean.to_type(mean.dtype) - mean;          // the feature shape
        var variance = std.square() * (1 - share) + otherVariance.to_type(std.dtype) * share + difference.square() * (share * (1 - share)); // the feature shape
        mean.add_(difference, share);
        std.copy_(variance.sqrt());
        count.fill_(total);
    }

    private void Require(Tensor input)
    {
        if (Count == 0) throw new InvalidOperationException("standardising needs statistics: expected data to have been fitted but got none");
        RequireShape(input.shape);
    }

    private void RequireShape(long[] shape)
    {
        var sample = shape.Length >= FeatureShape.Count ? shape[^FeatureShape.Count..] : [];
        if (sample.Length == FeatureShape.Count && sample.Zip(FeatureShape).All(pair => pair.Second == 1 || pair.First == pair.Second)) return;
        throw new ArgumentException($"the samples must have the shape of the features: expected [*, {string.Join(", ", FeatureShape.Select(size => size == 1 ? "*" : $"{size}"))}] but got {NormChecks.Sizes(shape)}");
    }
}
