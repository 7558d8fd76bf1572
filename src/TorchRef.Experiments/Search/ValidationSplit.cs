using TorchRef.Experiments.Data;
using TorchRef.Experiments.Training;

namespace TorchRef.Experiments.Search;

/// <summary>Splits images of the training set, shuffled first, into those that train and those that validate; test images never come in.</summary>
public static class ValidationSplit
{
    /// <summary>Splits.</summary>
    /// <param name="train">The training set.</param>
    /// <param name="images">How many of its first images are used.</param>
    /// <param name="share">The share that validates, rounded down to whole images but at least one.</param>
    /// <param name="seed">The seed of the shuffling.</param>
    /// <returns>What to train with, and what to validate with: the first ones after shuffling, as in the study notes.</returns>
    /// <exception cref="SearchException">There aren't that many images.</exception>
    public static (DigitSet train, DigitSet validation) Of(DigitSet train, int images, double share, long seed)
    {
        if (images > train.Count) throw new SearchException($"only images that exist can be split: expected at most {train.Count} but got {images}");
        int[] order = [.. Enumerable.Range(0, images)];
        for (var i = images - 1; i > 0; i--)
        {
            var other = (int)(Seeds.Derive(seed, Purpose, i) % (ulong)(i + 1));
            (order[i], order[other]) = (order[other], order[i]);
        }
        var validating = Math.Max(1, (int)(images * share));
        return (Pick(train, order[validating..], $"{train.Source}, training part of {images}, seed {seed}"), Pick(train, order[..validating], $"{train.Source}, validation part of {images}, seed {seed}"));
    }

    private const long Purpose = 0x5911;

    private static DigitSet Pick(DigitSet from, int[] places, string source)
    {
        var pixels = new byte[places.Length * from.PixelsPerImage];
        var labels = new byte[places.Length];
        for (var i = 0; i < places.Length; i++)
        {
            from.Image(places[i]).CopyTo(pixels.AsSpan(i * from.PixelsPerImage));
            labels[i] = from.Labels[places[i]];
        }
        return new DigitSet(pixels, labels, from.Rows, from.Columns, source);
    }
}
