namespace TorchRef.Experiments.Tests.Data;

/// <summary>Files in MNIST's form whose images a linear layer learns to tell apart: a bright bar for each digit, under noise.</summary>
internal static class LearnableDigits
{
    public static void Write(TempFolder folder, int count, bool gzip)
    {
        var random = new Random(1);
        var labels = new byte[count];
        var pixels = new byte[count * 784];
        random.NextBytes(pixels);
        for (int i = 0; i < count; i++)
        {
            labels[i] = (byte)random.Next(10);
            Span<byte> image = pixels.AsSpan(784 * i, 784);
            for (int p = 0; p < 784; p++)
            {
                image[p] = (byte)(image[p] / 4 + (p / 28 / 2 == labels[i] ? 128 : 0));
            }
        }

        byte[] images = [.. IdxSample.Header(0x08, count, 28, 28), .. pixels], classes = IdxSample.Labels(labels);
        foreach (string stem in new[] { "train", "t10k" })
        {
            folder.Write($"{stem}-images-idx3-ubyte", gzip ? TempFolder.Gzip(images) : images);
            folder.Write($"{stem}-labels-idx1-ubyte", gzip ? TempFolder.Gzip(classes) : classes);
        }
    }
}
