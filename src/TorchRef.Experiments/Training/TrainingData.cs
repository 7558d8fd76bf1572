using TorchRef.Experiments.Data;
using static TorchSharp.torch;

namespace TorchRef.Experiments.Training;

/// <summary>Images and labels as tensors, in the precision and on the device that a training wants.</summary>
public sealed class TrainingData : IDisposable
{
    private readonly OwnedTensors _tensors;

    /// <summary>Takes the first training images, and test images from all over their set.</summary>
    /// <param name="digits">Where the images come from.</param>
    /// <param name="trainCount">How many to train with; null for all.</param>
    /// <param name="testCount">How many to test with; null for all, 0 for none.</param>
    /// <param name="precision">The element type of the images.</param>
    /// <param name="device">Where they live; null is the CPU.</param>
    /// <exception cref="ArgumentOutOfRangeException">There aren't that many images, or none to train with.</exception>
    public TrainingData(DigitData digits, int? trainCount = null, int? testCount = null, ScalarType precision = ScalarType.Float32, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(digits);
        var train = digits.Train.Slice(0, Counted(digits.Train, trainCount, least: 1, "train"));
        var test = digits.Test.Spaced(Counted(digits.Test, testCount, least: 0, "test"));
        Source = digits.Source;
        ((Train, Test), _tensors) = OwnedTensors.Collect(() =>
            (new ExampleSet(train, precision, device ?? CPU), test.Count == 0 ? null : new ExampleSet(test, precision, device ?? CPU)));
    }

    /// <summary>Which data this is, in one line for reports.</summary>
    public string Source { get; }

    /// <summary>What is trained with.</summary>
    public ExampleSet Train { get; }

    /// <summary>What is tested with; null for nothing.</summary>
    public ExampleSet? Test { get; }

    /// <summary>Gives the memory back.</summary>
    public void Dispose() => _tensors.Dispose();

    private static int Counted(DigitSet set, int? count, int least, string use)
    {
        var wanted = count ?? set.Count;
        if (wanted < least || wanted > set.Count)
            throw new ArgumentOutOfRangeException(nameof(count), $"only images that exist can be used to {use} with: expected {least} to {set.Count} but got {wanted}");
        return wanted;
    }
}
