using TorchRef.Experiments.Data;
using static TorchSharp.torch;

namespace TorchRef.Cli.Verification;

/// <summary>Digits as tensors.</summary>
internal static class Digits
{
    /// <summary>Training images as rows of 784 values from 0 to 1, in float64.</summary>
    /// <exception cref="UsageException">There are fewer.</exception>
    public static Tensor Images(DigitData data, int start, int count)
    {
        if (start + count > data.Train.Count) throw new UsageException($"--data must hold enough digits: expected at least {start + count} images to train with but got {data.Train.Count} ({data.Source})");
        return tensor(data.Train.ToFloats(start, count), [count, data.Train.PixelsPerImage]).to_type(float64); // [count, 784]
    }
}
