using System.Buffers.Binary;

namespace TorchRef.Interop.Checkpoints.Reading;

/// <summary>The 64-bit numbers of a directory entry, which stand one after the other for those of its 32-bit ones that are all ones.</summary>
internal ref struct Zip64Fields
{
    private const ushort Zip64 = 1;

    private readonly string _name;
    private ReadOnlySpan<byte> _left;

    /// <param name="extra">The entry's extra fields.</param>
    /// <param name="name">The entry's name, for what is said of it.</param>
    public Zip64Fields(ReadOnlySpan<byte> extra, string name)
    {
        _name = name;
        while (extra.Length >= 4)
        {
            var (id, length) = (BinaryPrimitives.ReadUInt16LittleEndian(extra), BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]));
            if (length > extra.Length - 4) throw Missing();
            if (id == Zip64) _left = extra.Slice(4, length);
            extra = extra[(4 + length)..];
        }
    }

    public long Or(uint narrow)
    {
        if (narrow != uint.MaxValue) return narrow;
        if (_left.Length < 8) throw Missing();
        var wide = BinaryPrimitives.ReadInt64LittleEndian(_left);
        _left = _left[8..];
        return wide >= 0 ? wide : throw Refusal.Of($"the lengths of record {Refusal.Quote(_name)} must be lengths", "numbers from 0 on", wide);
    }

    private readonly InvalidDataException Missing() => Refusal.Of($"record {Refusal.Quote(_name)} must have whole extra fields", "its 64-bit lengths", "fewer bytes");
}
