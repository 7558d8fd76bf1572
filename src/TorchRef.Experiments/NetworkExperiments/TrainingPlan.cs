using TorchRef.Experiments.Data;
using TorchRef.Experiments.Training;

namespace TorchRef.Experiments.NetworkExperiments;

/// <summary>One of the trainings that an experiment is made of; a part of its run.</summary>
/// <param name="Name">What it is, unique within the experiment; the first word of the names of its records.</param>
/// <param name="Replicas">The networks that train together; name and seed tell them apart.</param>
/// <param name="Settings">What they have in common.</param>
/// <param name="Epochs">How many measurements.</param>
internal sealed record TrainingPlan(string Name, IReadOnlyList<ReplicaSpec> Replicas, TrainingSettings Settings, int Epochs)
{
    /// <summary>How many images to train with; null for all.</summary>
    public int? TrainCount { get; init; }

    /// <summary>How many images to test with at most; null for all, 0 for none.</summary>
    public int? TestCount { get; init; }

    /// <summary>Every how many measurements to look at the test images, which are many; at the last one in any case.</summary>
    public int TestEvery { get; init; } = 1;

    /// <summary>What else to measure at each measurement; null, the default, for nothing.</summary>
    public Action<TrainedNetworks>? AtEpoch { get; init; }

    /// <summary>What else to measure of the trained networks; null, the default, for nothing.</summary>
    public Action<TrainedNetworks>? Afterwards { get; init; }

    /// <summary>Whether a measurement looks at the test images.</summary>
    public bool Tests(int epoch) => epoch % TestEvery == 0 || epoch == Epochs - 1;

    /// <summary>How many images there are to train with.</summary>
    public int TrainImages(DigitData digits) => TrainCount ?? digits.Train.Count;

    /// <summary>How many images there are to test with.</summary>
    public int TestImages(DigitData digits) => Settings.MeasuresTest || Afterwards is not null ? Math.Min(TestCount ?? digits.Test.Count, digits.Test.Count) : 0;

    /// <summary>The name of what is recorded of a replica.</summary>
    public string RecordOf(ReplicaSpec replica, string measure) => FormattableString.Invariant($"{Name}/{replica.Name}/seed {unchecked((ulong)replica.Seed)}/{measure}");

    /// <summary>Where the values of a measure lie: the numbers of its measurements, or of its updates.</summary>
    public IReadOnlyList<double> PlacesOf(string measure)
    {
        var perEpoch = Settings.UpdatesPerEpoch ?? 1;
        return measure switch
        {
            Measures.TestAccuracy or Measures.TestLoss => [.. Enumerable.Range(0, Epochs).Where(Tests).Select(epoch => (double)epoch)],
            Measures.LastBatchLoss => [.. Enumerable.Range(0, Epochs).Select(epoch => (double)epoch * perEpoch)],
            Measures.BatchLosses => [.. Enumerable.Range(0, 1 + (Epochs - 1) * perEpoch).Select(update => (double)update)],
            _ => [.. Enumerable.Range(0, Epochs).Select(epoch => (double)epoch)],
        };
    }

    /// <summary>Refuses what the images can't serve.</summary>
    /// <exception cref="ArgumentException">There are fewer images to train with than it takes.</exception>
    public void Check(DigitData digits)
    {
        if (TrainCount > digits.Train.Count)
            throw new ArgumentException($"An experiment has images to train with: expected at least {TrainCount} but got {digits.Train.Count}");
    }
}
