using System.Numerics;

namespace Microsoft.ML.Data;

/// <summary>The identity of a row: 128 bits. New ones are derived by rounds of MurmurHash3's 128-bit mix.</summary>
public readonly struct DataViewRowId : IComparable<DataViewRowId>, IEquatable<DataViewRowId>
{
    private const ulong FirstFactor = 0x87c37b91114253d5, SecondFactor = 0x4cf5ad432745937f;

    public readonly ulong Low;
    public readonly ulong High;

    public DataViewRowId(ulong low, ulong high)
    {
        Low = low;
        High = high;
    }

    public int CompareTo(DataViewRowId other) => (High, Low).CompareTo((other.High, other.Low));

    public bool Equals(DataViewRowId other) => Low == other.Low && High == other.High;

    public override bool Equals(object? obj) => obj is DataViewRowId other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Low, High);

    public override string ToString() => $"{High:x16}{Low:x16}";

    /// <summary>The identity of the row after this one.</summary>
    public DataViewRowId Next() => Mixed(Low, High);

    /// <summary>Another identity than <see cref="Next"/>'s, for a second row that comes from this one.</summary>
    public DataViewRowId Fork()
    {
        var next = Next();
        return new(next.Low ^ Scrambled(1, FirstFactor, 31, SecondFactor), next.High);
    }

    /// <summary>The identity of a row that comes from this one and another; the order matters.</summary>
    public DataViewRowId Combine(DataViewRowId other)
    {
        var key = other.Fork();
        return Mixed(Low ^ Scrambled(key.Low, FirstFactor, 31, SecondFactor), High, Scrambled(key.High, SecondFactor, 33, FirstFactor));
    }

    private static ulong Scrambled(ulong key, ulong before, int bits, ulong after) =>
        unchecked(BitOperations.RotateLeft(key * before, bits) * after);

    private static DataViewRowId Mixed(ulong low, ulong high, ulong key = 0)
    {
        unchecked
        {
            low = (BitOperations.RotateLeft(low, 27) + high) * 5 + 0x52dce729;
            high = (BitOperations.RotateLeft(high ^ key, 31) + low) * 5 + 0x38495ab5;
        }
        return new(low, high);
    }
}
