using TorchRef.Experiments.Data;

namespace TorchRef.Experiments.Tests.Training;

/// <summary>Tiny images that can be learned: each class lights its own pixels, under noise.</summary>
internal static class SmallDigits
{
    public const int Side = 6, Pixels = Side * Side, TrainCount = 60, TestCount = 40;

    public static DigitData Make() => new(Set(TrainCount, 1), Set(TestCount, 2), "small digits");

    private static DigitSet Set(int count, int seed)
    {
        var random = new Random(seed);
        var (pixels, labels) = (new byte[count * Pixels], new byte[count]);
        for (var i = 0; i < count; i++)
        {
            labels[i] = (byte)random.Next(DigitSet.ClassCount);
            for (var p = 0; p < Pixels; p++)
                pixels[i * Pixels + p] = (byte)(random.Next(120) + (p % DigitSet.ClassCount == labels[i] ? 100 : 0));
        }
        return new DigitSet(pixels, labels, Side, Side, "small digits");
    }
}
