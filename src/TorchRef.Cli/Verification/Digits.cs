using TorchRef.Experiments.Data;
using static TorchSharp.torch;

namespace TorchRef.Cli.Verification;

/// <summary>Digits as tensors.</summary>
internal static class Digits
{
    /// <summary>Training images as rows of 784 values from 0 to 1, in float64.</summary>
    public static Tensor Images(DigitData data, int start, int count) =>
        tensor(data.Train.ToFloats(start, count), [count, data.Train.PixelsPerImage]).to_type(float64); // [count, 784]
}
