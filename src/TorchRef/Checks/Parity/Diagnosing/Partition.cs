namespace TorchRef.Checks.Parity;

/// <summary>Which elements of a tensor belong together, as those do that share a mean.</summary>
/// <param name="Name">"each channel", for the reader.</param>
/// <param name="Group">For each element, in row-major order, its group.</param>
/// <param name="Count">How many groups there are.</param>
internal sealed record Partition(string Name, int[] Group, int Count)
{
    /// <summary>The name of the grouping by channels.</summary>
    public const string EachChannel = "each channel";

    /// <summary>Elements per group; all have the same number.</summary>
    public int Size => Group.Length / Count;

    /// <summary>The ways in which normalisations group a batch (N, C, …), the usual ones first.</summary>
    public static IEnumerable<Partition> Of(long[] shape)
    {
        if (shape.Length < 2) yield break;
        yield return By(shape, EachChannel, index => index[1]);
        yield return By(shape, "each sample", index => index[0]);
        if (shape.Length > 2)
        {
            yield return By(shape, "each channel of each sample", index => index[0] * shape[1] + index[1]);
            for (var leading = shape.Length - 1; leading >= 2; leading--)
            {
                var kept = leading;
                yield return By(shape, "each row", index => Flat(index, shape, 0, kept));
            }
            for (var groups = 2L; groups < shape[1]; groups++)
            {
                var size = shape[1] / groups;
                var count = groups;
                if (shape[1] % groups == 0) yield return By(shape, "each group of channels of each sample", index => index[0] * count + index[1] / size);
            }
            yield return By(shape, "each place of each channel, over the batch only", index => Flat(index, shape, 1, shape.Length));
        }
        else
        {
            for (var groups = 2L; groups < shape[1]; groups++)
            {
                var size = shape[1] / groups;
                var count = groups;
                if (shape[1] % groups == 0 && size > 1) yield return By(shape, "each group of channels of each sample", index => index[0] * count + index[1] / size);
            }
        }
        yield return By(shape, "the whole batch", _ => 0);
    }

    public static Partition Channels(long[] shape) => By(shape, EachChannel, index => index[shape.Length > 1 ? 1 : 0]);

    private static Partition By(long[] shape, string name, Func<long[], long> key)
    {
        var total = shape.Aggregate(1L, (product, size) => product * size);
        var (group, index) = (new int[total], new long[shape.Length]);
        var largest = 0;
        for (var i = 0; i < total; i++)
        {
            var rest = (long)i;
            for (var d = shape.Length - 1; d >= 0; d--) (rest, index[d]) = Math.DivRem(rest, shape[d]);
            group[i] = (int)key(index);
            largest = Math.Max(largest, group[i]);
        }
        return new Partition(name, group, largest + 1);
    }

    private static long Flat(long[] index, long[] shape, int from, int to)
    {
        var flat = 0L;
        for (var d = from; d < to; d++) flat = flat * shape[d] + index[d];
        return flat;
    }
}
