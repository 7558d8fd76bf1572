using System.Buffers.Binary;

namespace TorchRef.Interop.Checkpoints.Reading;

/// <summary>The end of a zip archive, which says where its directory is.</summary>
internal sealed record ZipEnd(long Count, long DirectoryStart, long DirectoryLength)
{
    private const uint Signature = 0x06054b50;
    private const uint LocatorSignature = 0x07064b50;
    private const uint WideSignature = 0x06064b50;
    private const int Length = 22;
    private const int LocatorLength = 20;
    private const int WideLength = 56;

    /// <exception cref="InvalidDataException">The archive has no end, or one that is not an end to what comes before it.</exception>
    public static ZipEnd Find(Stream archive)
    {
        var tail = new byte[(int)Math.Min(archive.Length, Length + ushort.MaxValue)];
        archive.Position = archive.Length - tail.Length;
        archive.ReadExactly(tail);
        for (var at = tail.Length - Length; at >= 0; at--)
        {
            var end = tail.AsSpan(at);
            if (BinaryPrimitives.ReadUInt32LittleEndian(end) != Signature || BinaryPrimitives.ReadUInt16LittleEndian(end[20..]) != end.Length - Length) continue;
            return Read(archive, archive.Length - tail.Length + at, end);
        }
        throw Refusal.Of("a zip archive must be complete", "the record that ends it", $"none in {archive.Length} bytes");
    }

    private static ZipEnd Read(Stream archive, long start, ReadOnlySpan<byte> end)
    {
        var counts = (BinaryPrimitives.ReadUInt16LittleEndian(end[8..]), BinaryPrimitives.ReadUInt16LittleEndian(end[10..]));
        var disks = (BinaryPrimitives.ReadUInt16LittleEndian(end[4..]), BinaryPrimitives.ReadUInt16LittleEndian(end[6..]));
        if (disks != (0, 0) || counts.Item1 != counts.Item2) throw Refusal.Of("a zip archive must be one file", "disk 0", disks);
        var narrow = new ZipEnd(counts.Item1, BinaryPrimitives.ReadUInt32LittleEndian(end[16..]), BinaryPrimitives.ReadUInt32LittleEndian(end[12..]));
        var (found, directoryEnd) = Wide(archive, start) is { } wide ? (wide.End.Agreeing(narrow), wide.Start) : (narrow, start);
        return found.DirectoryStart >= 0 && found.DirectoryLength >= 0 && found.Count >= 0 && found.DirectoryLength == directoryEnd - found.DirectoryStart ? found
            : throw Refusal.Of("a zip directory must end where the end record starts", $"offset {directoryEnd}", $"offset {found.DirectoryStart} and {found.DirectoryLength} bytes");
    }

    private static (ZipEnd End, long Start)? Wide(Stream archive, long endStart)
    {
        if (endStart < LocatorLength + WideLength) return null;
        Span<byte> locator = stackalloc byte[LocatorLength];
        archive.Position = endStart - LocatorLength;
        archive.ReadExactly(locator);
        if (BinaryPrimitives.ReadUInt32LittleEndian(locator) != LocatorSignature) return null;
        var start = BinaryPrimitives.ReadInt64LittleEndian(locator[8..]);
        Span<byte> wide = stackalloc byte[WideLength];
        if (start < 0 || start > endStart - LocatorLength - WideLength) throw Refusal.Of("the 64-bit end record must lie before the end", $"an offset up to {endStart - LocatorLength - WideLength}", start);
        archive.Position = start;
        archive.ReadExactly(wide);
        if (BinaryPrimitives.ReadUInt32LittleEndian(wide) != WideSignature) throw Refusal.Of("the 64-bit end record must be one", $"{WideSignature:x8}", $"{BinaryPrimitives.ReadUInt32LittleEndian(wide):x8}");
        return (new ZipEnd(BinaryPrimitives.ReadInt64LittleEndian(wide[32..]), BinaryPrimitives.ReadInt64LittleEndian(wide[48..]), BinaryPrimitives.ReadInt64LittleEndian(wide[40..])), start);
    }

    /// <summary>The 64-bit numbers, which the 32-bit ones repeat where they can.</summary>
    private ZipEnd Agreeing(ZipEnd narrow)
    {
        Agree("count of records", Count, narrow.Count, ushort.MaxValue);
        Agree("start of the directory", DirectoryStart, narrow.DirectoryStart, uint.MaxValue);
        Agree("length of the directory", DirectoryLength, narrow.DirectoryLength, uint.MaxValue);
        return this;
    }

    private static void Agree(string what, long wide, long narrow, long stands)
    {
        if (narrow != stands && narrow != wide) throw Refusal.Of($"the {what} must be the same in both end records", wide, narrow);
    }
}
