namespace TorchSharp.Modules;

/// <summary>A size for each dimension from what a caller wrote: one number, or a tuple.</summary>
internal static class Spread
{
    public static long[] Over2(long size) => [size, size];

    public static long[] Over3(long size) => [size, size, size];

    public static long[]? Over2(long? size) => size is { } s ? Over2(s) : null;

    public static long[]? Over3(long? size) => size is { } s ? Over3(s) : null;

    public static long[] Of((long, long) sizes) => [sizes.Item1, sizes.Item2];

    public static long[] Of((long, long, long) sizes) => [sizes.Item1, sizes.Item2, sizes.Item3];

    public static long[]? Of((long, long)? sizes) => sizes is { } s ? Of(s) : null;

    public static long[]? Of((long, long, long)? sizes) => sizes is { } s ? Of(s) : null;
}
