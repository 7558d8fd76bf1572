using TorchRef.Experiments.Networks;
using TorchRef.Experiments.Training;

namespace TorchRef.Experiments.NetworkExperiments;

/// <summary>What several experiments share of the settings of the code that the study notes retell.</summary>
internal static class Book
{
    public const int BatchSize = 100, LargeBatchSize = 128, SmallSet = 300, MiddleSet = 1000;
    public const double LearningRate = 0.01;

    /// <summary>The network that over-fits 300 images: six hidden layers.</summary>
    public static NetworkSpec DeepNetwork { get; } = new() { Depth = 6 };

    /// <summary>The network of the initial scales: five hidden layers.</summary>
    public static NetworkSpec MiddleNetwork { get; } = new() { Depth = 5 };

    /// <summary>The network of the optimisers: four hidden layers.</summary>
    public static NetworkSpec ShallowNetwork { get; } = new() { Depth = 4 };

    /// <summary>The settings of a training.</summary>
    public static TrainingSettings Training(TrainingRun run) => new() { BatchSize = BatchSize, Device = run.Device };
}
