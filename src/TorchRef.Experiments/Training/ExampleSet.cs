using TorchRef.Experiments.Data;
using static TorchSharp.torch;

namespace TorchRef.Experiments.Training;

/// <summary>Labelled images as tensors.</summary>
public sealed class ExampleSet
{
    /// <summary>Copies the images.</summary>
    internal ExampleSet(DigitSet digits, ScalarType precision, Device device)
    {
        Count = digits.Count;
        Images = tensor(digits.ToFloats(0, Count), [Count, digits.PixelsPerImage]).to(precision).to(device);
        Labels = tensor(digits.ToClassIndices(0, Count)).to(device);
        Targets = nn.functional.one_hot(Labels, DigitSet.ClassCount).to(precision);
    }

    /// <summary>How many examples.</summary>
    public int Count { get; }

    /// <summary>[N, pixels], from 0 for background to 1 for full ink.</summary>
    public Tensor Images { get; }

    /// <summary>[N], int64.</summary>
    public Tensor Labels { get; }

    /// <summary>[N, 10]: 1 at the label, else 0.</summary>
    public Tensor Targets { get; }
}
