using System.Numerics;

namespace TorchRef.Interop.DataViews;

/// <summary>A random order of rows that takes no memory: each place's row is computed when it is asked for.</summary>
/// <remarks>
/// The swap-or-not shuffle of Hoang, Morris and Rogaway (2012). A round pairs every row x with k − x modulo n, and swaps the two or
/// doesn't, by one bit of a hash of the pair; both members of a pair see the same bit, so a round permutes the rows whatever their
/// number is. After some log n rounds no row's place can be told.
/// </remarks>
internal sealed class RowPermutation
{
    private const ulong Odd = 0x9E3779B97F4A7C15, Factor = 0xD6E8FEB86659FD93;

    private readonly long _count;
    private readonly long[] _sums;
    private readonly ulong[] _keys;

    /// <summary>Draws an order; the generator isn't used afterwards.</summary>
    public RowPermutation(long count, Random random)
    {
        _count = count;
        var rounds = 8 + 6 * BitOperations.Log2((ulong)Math.Max(count, 1));
        (_sums, _keys) = (new long[rounds], new ulong[rounds]);
        for (var round = 0; round < rounds; round++)
        {
            _sums[round] = random.NextInt64(Math.Max(count, 1));
            _keys[round] = (ulong)random.NextInt64(long.MaxValue);
        }
    }

    /// <summary>The row at a place, both from 0 to the number of rows − 1.</summary>
    public long At(long place)
    {
        for (var round = 0; round < _sums.Length; round++)
        {
            var partner = _sums[round] - place;
            if (partner < 0) partner += _count;
            if (Swaps(_keys[round], (ulong)Math.Max(place, partner))) place = partner;
        }
        return place;
    }

    private static bool Swaps(ulong key, ulong pair)
    {
        var mixed = (pair * Odd) ^ key;
        mixed = (mixed ^ (mixed >> 32)) * Factor;
        mixed = (mixed ^ (mixed >> 32)) * Factor;
        return mixed >> 63 != 0;
    }
}
