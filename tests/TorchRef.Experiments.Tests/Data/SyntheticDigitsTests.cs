using System.Security.Cryptography;
using TorchRef.Experiments.Data;

namespace TorchRef.Experiments.Tests.Data;

public sealed class SyntheticDigitsTests
{
    private const int ImageBytes = 28 * 28;

    [Fact]
    public void The_same_seed_draws_the_same_bytes() => Assert.Equal(
        SyntheticDigits.Generate(200, 100, seed: 3).Checksum, SyntheticDigits.Generate(200, 100, seed: 3).Checksum);

    [Fact]
    public void Different_seeds_and_splits_draw_different_images()
    {
        DigitSet[] sets =
        [
            SyntheticDigits.GenerateSplit(DigitSplit.Train, 50, seed: 0),
            SyntheticDigits.GenerateSplit(DigitSplit.Test, 50, seed: 0),
            SyntheticDigits.GenerateSplit(DigitSplit.Train, 50, seed: 1),
            SyntheticDigits.GenerateSplit(DigitSplit.Train, 50, seed: ulong.MaxValue),
        ];
        var images = new HashSet<string>();
        foreach (DigitSet set in sets)
        {
            for (int i = 0; i < set.Count; i++)
            {
                Assert.True(images.Add(Convert.ToHexString(set.Image(i))), $"{set.Source}: image {i} was drawn before");
            }
        }
    }

    [Fact]
    public void An_image_does_not_depend_on_how_many_are_drawn()
    {
        DigitSet few = SyntheticDigits.GenerateSplit(DigitSplit.Train, 7);
        DigitSet many = SyntheticDigits.GenerateSplit(DigitSplit.Train, 333);
        Assert.Equal(few.Checksum, many.Slice(0, 7).Checksum);

        var single = new byte[ImageBytes];
        Assert.Equal(many.Labels[200], SyntheticDigits.Draw(DigitSplit.Train, 200, 0, single));
        Assert.Equal(many.Image(200), single);
    }

    [Fact]
    public void The_number_of_threads_does_not_change_a_byte() => Assert.Equal(
        SyntheticDigits.GenerateSplit(DigitSplit.Test, 1000, maxThreads: 1).Checksum,
        SyntheticDigits.GenerateSplit(DigitSplit.Test, 1000, maxThreads: 4).Checksum);

    // Results of experiments name their data by seed, so these bytes may only change together with all of them.
    [Fact]
    public void The_bytes_of_seed_0_are_pinned()
    {
        var first = new byte[ImageBytes];
        byte label = SyntheticDigits.Draw(DigitSplit.Train, 0, 0, first);
        Assert.Equal(8, label);
        Assert.Equal("21e0c4d213a5dc365981af60023522e95cb88655fac4b69601b57a597c42f114", Convert.ToHexStringLower(SHA256.HashData(first)));
        Assert.Equal("4f126c835f810abede7bf0438e026c5d16e628eb7a482e410c618049f28267c2", SyntheticDigits.Generate(500, 500).Checksum);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(300)]
    [InlineData(1000)]
    public void Labels_are_balanced_and_shuffled(int count)
    {
        byte[] labels = SyntheticDigits.GenerateSplit(DigitSplit.Train, count).Labels.ToArray();
        Assert.All(Enumerable.Range(0, 10), digit => Assert.Equal(count / 10, labels.Count(label => label == digit)));
        Assert.NotEqual(labels.Order(), labels);
    }

    [Fact]
    public void Images_have_background_full_ink_and_a_margin_like_mnist()
    {
        DigitSet set = SyntheticDigits.GenerateSplit(DigitSplit.Train, 2000);
        float[] floats = set.ToFloats(0, set.Count);
        Assert.Equal(0f, floats.Min());
        Assert.Equal(1f, floats.Max());

        // MNIST: 0.131 and 0.309.
        double mean = floats.Average(pixel => (double)pixel);
        double deviation = Math.Sqrt(floats.Average(pixel => (pixel - mean) * (pixel - mean)));
        Assert.InRange(mean, 0.10, 0.16);
        Assert.InRange(deviation, 0.26, 0.34);
    }

    [Fact]
    public void Every_image_shows_something_and_is_centred_by_mass()
    {
        DigitSet set = SyntheticDigits.GenerateSplit(DigitSplit.Train, 1000);
        for (int index = 0; index < set.Count; index++)
        {
            ReadOnlySpan<byte> image = set.Image(index);
            double mass = 0, x = 0, y = 0;
            for (int i = 0; i < image.Length; i++)
            {
                mass += image[i];
                x += image[i] * (i % 28);
                y += image[i] * (i / 28);
            }

            Assert.InRange(mass / 255, 10, 300);
            Assert.InRange(x / mass, 12, 16);
            Assert.InRange(y / mass, 12, 16);
        }
    }

    [Fact]
    public void Digits_are_told_apart_by_the_nearest_mean_image_but_not_perfectly()
    {
        DigitData data = SyntheticDigits.Generate(2000, 1000);
        var means = new double[DigitSet.ClassCount][];
        for (int digit = 0; digit < means.Length; digit++)
        {
            means[digit] = MeanImage(data.Train, digit);
        }

        int right = 0;
        for (int i = 0; i < data.Test.Count; i++)
        {
            float[] image = data.Test.ToFloats(i, 1);
            int nearest = Enumerable.Range(0, means.Length)
                .MinBy(digit => means[digit].Zip(image, (mean, pixel) => (mean - pixel) * (mean - pixel)).Sum());
            right += nearest == data.Test.Labels[i] ? 1 : 0;
        }

        // The first images of MNIST, as many, give 0.74; a guess gives 0.10.
        Assert.InRange(right / (double)data.Test.Count, 0.60, 0.90);
    }

    [Fact]
    public void Counts_that_make_no_set_are_rejected()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => SyntheticDigits.Generate(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SyntheticDigits.Generate(1, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SyntheticDigits.GenerateSplit(DigitSplit.Train, int.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => SyntheticDigits.GenerateSplit(DigitSplit.Train, 1, maxThreads: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => SyntheticDigits.GenerateSplit((DigitSplit)2, 1));
    }

    [Fact]
    public void A_single_image_needs_an_index_and_room()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => SyntheticDigits.Draw(DigitSplit.Train, -1, 0, new byte[ImageBytes]));
        var error = Assert.Throws<ArgumentException>(() => SyntheticDigits.Draw(DigitSplit.Train, 0, 0, new byte[ImageBytes - 1]));
        Assert.Contains("Expected room for 784 bytes but got 783", error.Message);
    }

    private static double[] MeanImage(DigitSet set, int digit)
    {
        var mean = new double[set.PixelsPerImage];
        int count = 0;
        for (int i = 0; i < set.Count; i++)
        {
            if (set.Labels[i] != digit)
            {
                continue;
            }

            count++;
            float[] image = set.ToFloats(i, 1);
            for (int pixel = 0; pixel < mean.Length; pixel++)
            {
                mean[pixel] += image[pixel];
            }
        }

        return Array.ConvertAll(mean, sum => sum / count);
    }
}
