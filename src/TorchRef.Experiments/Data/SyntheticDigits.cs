namespace TorchRef.Experiments.Data;

/// <summary>
/// Draws 28x28 pictures that look like handwritten digits, for experiments on machines without MNIST.
/// </summary>
/// <remarks>
/// Each picture is one of several ways to write its digit, with wobbling points, bent by an elastic field, slanted,
/// turned and scaled, drawn with a pen of some thickness, blurred, grained, and centred by mass as MNIST is.
/// <para>
/// A picture depends on the seed, the split and its index alone, not on how many are drawn, in which order or on how many
/// threads. The numbers come from SplitMix64 and only exactly rounded operations are used, so that the pictures are the
/// same bytes on every machine and every version of .NET.
/// </para>
/// <para>
/// Every ten pictures that start at a multiple of ten show each digit once, in random order.
/// </para>
/// </remarks>
public static class SyntheticDigits
{
    // Pictures and the order of labels draw from streams of their own: split, plus this for the order.
    private const ulong OrderStream = 2;

    // Big enough that handing out work costs nothing, small enough that the last piece keeps nobody waiting.
    private const int ImagesPerTask = 64;

    /// <summary>Draws images to train with and images to test with.</summary>
    /// <param name="trainCount">How many to train with, at least 1; 10,000 by default.</param>
    /// <param name="testCount">How many to test with, at least 1; 10,000 by default.</param>
    /// <param name="seed">Any number; 0 by default.</param>
    /// <returns>Both sets; their source names the seed.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count is below 1 or needs more than one array.</exception>
    public static DigitData Generate(int trainCount = 10_000, int testCount = 10_000, ulong seed = 0) => new(
        GenerateSplit(DigitSplit.Train, trainCount, seed),
        GenerateSplit(DigitSplit.Test, testCount, seed),
        Origin(seed));

    /// <summary>Draws the first images of one split, on all processors.</summary>
    /// <param name="split">Which sequence.</param>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="seed">Any number; 0 by default.</param>
    /// <param name="maxThreads">How many threads may work, at least 1; -1, the default, for all processors.</param>
    /// <returns>The set; a longer one starts with the same images.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A count is below 1 or needs more than one array, the split has no name, or the number of threads is neither -1 nor positive.
    /// </exception>
    public static DigitSet GenerateSplit(DigitSplit split, int count, ulong seed = 0, int maxThreads = -1)
    {
        RequireSplit(split);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Array.MaxLength / PixelsPerImage);
        var pixels = new byte[count * PixelsPerImage];
        var labels = new byte[count];
        int tasks = (count + ImagesPerTask - 1) / ImagesPerTask;
        Parallel.For(
            0,
            tasks,
            new ParallelOptions { MaxDegreeOfParallelism = maxThreads },
            static () => new StrokeRenderer(),
            (task, _, renderer) =>
            {
                int end = Math.Min(count, (task + 1) * ImagesPerTask);
                for (int index = task * ImagesPerTask; index < end; index++)
                {
                    labels[index] = Draw(renderer, split, index, seed, pixels.AsSpan(index * PixelsPerImage, PixelsPerImage));
                }

                return renderer;
            },
            static _ => { });
        string name = split == DigitSplit.Train ? "train" : "test";
        return new DigitSet(pixels, labels, Mnist.Side, Mnist.Side, $"{Origin(seed)}, {name}");
    }

    /// <summary>Draws a single image.</summary>
    /// <param name="split">Which sequence.</param>
    /// <param name="index">Which image of it, from 0.</param>
    /// <param name="seed">Any number.</param>
    /// <param name="target">At least 784 long; the first 784 bytes become the image, row-major, 0 to 255.</param>
    /// <returns>The digit it shows, 0 to 9.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The index is negative or the split has no name.</exception>
    /// <exception cref="ArgumentException">The target is too short.</exception>
    public static byte Draw(DigitSplit split, int index, ulong seed, Span<byte> target)
    {
        RequireSplit(split);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        if (target.Length < PixelsPerImage)
        {
            throw new ArgumentException("The target must hold a whole image. "
                + $"Expected room for {PixelsPerImage} bytes but got {target.Length}", nameof(target));
        }

        return Draw(new StrokeRenderer(), split, index, seed, target[..PixelsPerImage]);
    }

    private static int PixelsPerImage => Mnist.Side * Mnist.Side;

    private static string Origin(ulong seed) => $"SyntheticDigits, seed {seed}";

    private static byte Draw(StrokeRenderer renderer, DigitSplit split, int index, ulong seed, Span<byte> target)
    {
        byte digit = LabelOf(split, index, seed);
        var random = new DigitRandom(seed, (ulong)split, (ulong)index);
        ReadOnlySpan<PenPath> ways = DigitStrokes.Of(digit);
        renderer.Render(ways[random.NextIndex(ways.Length)], ref random, target);
        return digit;
    }

    // Shuffles the ten digits of the decade that the index falls into and takes its own, so that an index knows its
    // label without the others and small sets are balanced all the same.
    private static byte LabelOf(DigitSplit split, int index, ulong seed)
    {
        var random = new DigitRandom(seed, OrderStream + (ulong)split, (ulong)(index / DigitSet.ClassCount));
        Span<byte> digits = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
        for (int last = digits.Length - 1; last > 0; last--)
        {
            int other = random.NextIndex(last + 1);
            (digits[last], digits[other]) = (digits[other], digits[last]);
        }

        return digits[index % DigitSet.ClassCount];
    }

    private static void RequireSplit(DigitSplit split)
    {
        if (split is not (DigitSplit.Train or DigitSplit.Test))
        {
            throw new ArgumentOutOfRangeException(nameof(split), split, "A split has a name. Expected Train or Test but got another number");
        }
    }
}
