using static TorchSharp.torch;

namespace TorchRef.Experiments.Training;

/// <summary>What all replicas of a training have in common.</summary>
public sealed record TrainingSettings
{
    /// <summary>Examples of a mini-batch, drawn with replacement.</summary>
    public int BatchSize { get; init; } = 100;

    /// <summary>
    /// Updates between two measurements; null, the default, for one pass' worth: training examples over
    /// <see cref="BatchSize"/>, at least 1.
    /// </summary>
    public int? UpdatesPerEpoch { get; init; }

    /// <summary>Whether to measure the accuracy over the training examples.</summary>
    public bool MeasuresTraining { get; init; } = true;

    /// <summary>Whether to measure the accuracy over the test examples, if there are any.</summary>
    public bool MeasuresTest { get; init; } = true;

    /// <summary>Whether to measure losses too, over the same examples.</summary>
    public bool MeasuresLoss { get; init; }

    /// <summary>Whether to keep the loss of every mini-batch, before the update that it leads to.</summary>
    public bool KeepsBatchLosses { get; init; }

    /// <summary>δ in the loss −log(p + δ) that is reported: the study notes' 1e-7, or PyTorch's 0. The gradient is that of −log p.</summary>
    public double LogOffset { get; init; } = 1e-7;

    /// <summary>
    /// Whether gradients stay readable after an update. Otherwise plain gradient descent doesn't store them: the products
    /// that would make them are taken off the weights at once.
    /// </summary>
    public bool KeepsGradients { get; init; }

    /// <summary>float32 for speed, float64 for comparisons.</summary>
    public ScalarType Precision { get; init; } = ScalarType.Float32;

    /// <summary>Where to compute; null is the CPU.</summary>
    public Device? Device { get; init; }

    /// <summary>
    /// Threads, each of which trains whole groups of replicas; null, the default, for one a processor. The results don't
    /// depend on it.
    /// </summary>
    public int? Threads { get; init; }

    /// <summary>Refuses what can't be trained.</summary>
    /// <exception cref="ArgumentException">A number is out of range, or the precision isn't one of the two.</exception>
    public void Check()
    {
        if (BatchSize < 1) throw new ArgumentException($"a mini-batch holds at least one example: expected {nameof(BatchSize)} of at least 1 but got {BatchSize}");
        if (UpdatesPerEpoch < 1) throw new ArgumentException($"measurements lie at least one update apart: expected {nameof(UpdatesPerEpoch)} of at least 1 but got {UpdatesPerEpoch}");
        if (Threads < 1) throw new ArgumentException($"something must do the work: expected {nameof(Threads)} of at least 1 but got {Threads}");
        if (!(LogOffset >= 0)) throw new ArgumentException($"the offset inside of the logarithm must not be negative: expected at least 0 but got {LogOffset}");
        if (Precision is not (ScalarType.Float32 or ScalarType.Float64))
            throw new ArgumentException($"replicas train in float32 or float64: expected one of these but got {Precision}");
    }

    /// <summary>Updates between two measurements, for that many training examples.</summary>
    internal int UpdatesFor(long examples) => UpdatesPerEpoch ?? (int)Math.Max(1, examples / BatchSize);
}
