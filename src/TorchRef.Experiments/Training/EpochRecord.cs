namespace TorchRef.Experiments.Training;

/// <summary>What one measurement says of all replicas; each array has a place for every replica, in their order.</summary>
/// <remarks>The numbers of a network that has overflown are what its NaN outputs give: accuracy counts them as class 0, losses are NaN.</remarks>
public sealed class EpochRecord
{
    /// <summary>Makes the places for the numbers.</summary>
    internal EpochRecord(int epoch, long updates, double[]? trainAccuracy, double[]? testAccuracy, double[]? trainLoss, double[]? testLoss, double[]? lastBatchLoss, double[][]? batchLosses) =>
        (Epoch, Updates, TrainAccuracy, TestAccuracy, TrainLoss, TestLoss, LastBatchLoss, BatchLosses) = (epoch, updates, trainAccuracy, testAccuracy, trainLoss, testLoss, lastBatchLoss, batchLosses);

    /// <summary>The number of the measurement, from 0.</summary>
    public int Epoch { get; }

    /// <summary>How many updates there have been: 1 at epoch 0.</summary>
    public long Updates { get; }

    /// <summary>The share of the training examples that are classified right; null if it isn't measured.</summary>
    public double[]? TrainAccuracy { get; }

    /// <summary>The share of the test examples that are classified right; null if it isn't measured.</summary>
    public double[]? TestAccuracy { get; }

    /// <summary>The mean loss over the training examples; null if it isn't measured.</summary>
    public double[]? TrainLoss { get; }

    /// <summary>The mean loss over the test examples; null if it isn't measured.</summary>
    public double[]? TestLoss { get; }

    /// <summary>The loss on the last mini-batch, after its update, in evaluation; null if it isn't measured.</summary>
    public double[]? LastBatchLoss { get; }

    /// <summary>The loss of each mini-batch since the last measurement, before its update: an array a replica; null if they aren't kept.</summary>
    public double[][]? BatchLosses { get; }

    /// <summary>A record with the places that the settings ask for.</summary>
    internal static EpochRecord Empty(int epoch, int replicas, TrainingSettings settings, TrainingData data, bool tests)
    {
        var perEpoch = settings.UpdatesFor(data.Train.Count);
        var (train, test) = (settings.MeasuresTraining, tests && settings.MeasuresTest && data.Test is not null);
        double[]? Places(bool wanted) => wanted ? new double[replicas] : null;
        return new EpochRecord(epoch, 1 + (long)epoch * perEpoch, Places(train), Places(test), Places(train && settings.MeasuresLoss), Places(test && settings.MeasuresLoss),
            Places(settings.MeasuresLoss), settings.KeepsBatchLosses ? [.. Enumerable.Range(0, replicas).Select(_ => new double[epoch == 0 ? 1 : perEpoch])] : null);
    }
}
