using TorchRef.Experiments.Charts;

namespace TorchRef.Experiments.NetworkExperiments;

/// <summary>Training and test accuracy of one kind of network.</summary>
/// <param name="Name">Which kind.</param>
/// <param name="Train">The share of the training images that it classifies right.</param>
/// <param name="Test">The share of the test images.</param>
internal sealed record AccuracyCurves(string Name, Curve Train, Curve Test)
{
    /// <summary>Whether there is anything to tell yet.</summary>
    public bool HasBegun => Train.Count > 0 && Test.Count > 0;

    /// <summary>By how much training was ahead of the test when both were last looked at, for each seed.</summary>
    public IReadOnlyList<double> Gap
    {
        get
        {
            var both = Train.X.Intersect(Test.X).ToArray();
            return both.Length == 0 ? [] : [.. Train.At(both[^1]).Zip(Test.At(both[^1]), (train, test) => train - test)];
        }
    }

    /// <summary>Both over the measurements.</summary>
    /// <param name="title">What is shown.</param>
    public LineChart Chart(string title) => new()
    {
        Title = title,
        XAxis = new Axis("epoch"),
        YAxis = AccuracyAxis,
        Series = [.. Train.Lines("training"), .. Test.Lines("test")],
    };

    /// <summary>The axis of accuracies.</summary>
    public static Axis AccuracyAxis { get; } = new("accuracy") { Min = 0, Max = 1 };
}
