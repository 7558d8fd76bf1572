namespace TorchRef.Experiments.NetworkExperiments;

/// <summary>Training and test accuracy of one kind of network.</summary>
/// <param name="Name">Which kind.</param>
/// <param name="Train">The share of the training images that it classifies right.</param>
/// <param name="Test">The share of the test images.</param>
public sealed record AccuracyCurves(string Name, Curve Train, Curve Test)
{
    /// <summary>By how much training is ahead of the test at the end.</summary>
    public OverSeeds Gap => OverSeeds.Of(Train.OfSeeds.Zip(Test.OfSeeds, (train, test) => train[^1] - test[^1]));
}
