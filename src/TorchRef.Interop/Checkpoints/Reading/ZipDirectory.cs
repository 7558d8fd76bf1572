using System.Buffers.Binary;
using System.Text;

namespace TorchRef.Interop.Checkpoints.Reading;

/// <summary>The directory of a zip archive, checked: no name twice or out of its folder, no bytes used twice, no bomb.</summary>
/// <remarks>
/// Stricter than zip readers are, which take what they find: what PyTorch, zip and Python's zipfile write is read, zip64 and
/// deflated records included. Source: PKWARE's APPNOTE 6.3.10.
/// </remarks>
internal sealed class ZipDirectory
{
    /// <summary>How much larger than the archive its content may be. Weights don't shrink to a twentieth; bombs shrink to a thousandth.</summary>
    private const long LargestGrowth = 20;

    /// <summary>What may come out of an archive however small it is.</summary>
    private const long AlwaysAllowed = 64 << 20;

    private const uint DirectorySignature = 0x02014b50;
    private const uint LocalSignature = 0x04034b50;
    private const int LocalHeaderLength = 30;
    private const int DirectoryHeaderLength = 46;
    private const ushort Encrypted = 1;
    private const ushort SizesFollow = 8;
    private const ushort Deflated = 8;

    private readonly Dictionary<string, ZipRecord> _records = new(StringComparer.Ordinal);

    private ZipDirectory()
    {
    }

    public IReadOnlyCollection<ZipRecord> Records => _records.Values;

    public ZipRecord? Find(string name) => _records.GetValueOrDefault(name);

    /// <exception cref="InvalidDataException">It isn't an archive, not a whole one, or one that should not be read.</exception>
    public static ZipDirectory Read(Stream archive, MemoryBudget budget)
    {
        var end = ZipEnd.Find(archive);
        var directory = new ZipDirectory();
        var entries = new BinaryReader(new BufferedStream(new SectionStream(archive, end.DirectoryStart, end.DirectoryLength), 1 << 16));
        var read = 0L;
        for (var i = 0L; i < end.Count; i++)
        {
            if (end.DirectoryLength - read < DirectoryHeaderLength) throw Refusal.Of("a zip directory must be complete", $"{end.Count} records", i);
            var header = entries.ReadBytes(DirectoryHeaderLength);
            var (name, extra, comment) = (Short(header, 28), Short(header, 30), Short(header, 32));
            read += DirectoryHeaderLength + name + extra + comment;
            if (Long(header, 0) != DirectorySignature || read > end.DirectoryLength) throw Refusal.Of("a zip directory must be complete", $"{end.Count} records", i);
            budget.Spend(300 + 2 * name);
            var record = Entry(header, entries.ReadBytes(name), entries.ReadBytes(extra));
            entries.ReadBytes(comment);
            if (!directory._records.TryAdd(record.Name, record)) throw Refusal.Of("a record must be there once", $"one {Refusal.Quote(record.Name)}", "two");
        }
        if (read != end.DirectoryLength) throw Refusal.Of("a zip directory must be as long as it says", $"{end.DirectoryLength} bytes", read);
        directory.Locate(archive, end.DirectoryStart);
        return directory;
    }

    private static ZipRecord Entry(ReadOnlySpan<byte> header, byte[] name, ReadOnlySpan<byte> extra)
    {
        var text = RecordName.Of(name);
        var (flags, method) = (Short(header, 8), Short(header, 10));
        if ((flags & Encrypted) != 0) throw Refusal.Of($"record {Refusal.Quote(text)} must not be encrypted", "plain bytes", "encrypted ones");
        if (method is not (0 or Deflated)) throw Refusal.Of($"record {Refusal.Quote(text)} must be stored or deflated", "method 0 or 8", method);
        var wide = new Zip64Fields(extra, text);
        var length = wide.Or(Long(header, 24));
        var packed = wide.Or(Long(header, 20));
        var start = wide.Or(Long(header, 42));
        if (Short(header, 34) != 0) throw Refusal.Of("a zip archive must be one file", "disk 0", Short(header, 34));
        if (method == 0 && packed != length) throw Refusal.Of($"record {Refusal.Quote(text)} is stored, so that its two lengths must agree", length, packed);
        if (text.EndsWith('/') && length != 0) throw Refusal.Of($"folder {Refusal.Quote(text)} must be empty", "0 bytes", length);
        return new ZipRecord(text, method == Deflated, Long(header, 16), packed, length, start, 0);
    }

    /// <summary>Finds out where each record's bytes are, and that no two share any.</summary>
    private void Locate(Stream archive, long directoryStart)
    {
        var total = _records.Values.Aggregate((UInt128)0, (sum, record) => sum + (UInt128)record.Length);
        if (total > (UInt128)Math.Max(AlwaysAllowed, LargestGrowth * archive.Length))
            throw Refusal.Of($"the records of an archive must not swell it more than {LargestGrowth}-fold", $"at most {Math.Max(AlwaysAllowed, LargestGrowth * archive.Length)} bytes in {archive.Length}", total);
        var end = 0L;
        foreach (var record in _records.Values.OrderBy(record => record.HeaderStart).ToList())
        {
            var located = record with { DataStart = record.HeaderStart + LocalLength(archive, record, directoryStart) };
            if (record.HeaderStart < end) throw Refusal.Of($"the bytes of record {Refusal.Quote(record.Name)} must be its own", $"a start from {end} on", record.HeaderStart);
            if (record.PackedLength > directoryStart - located.DataStart) throw Refusal.Of($"record {Refusal.Quote(record.Name)} must be complete", $"{record.PackedLength} bytes", Math.Max(0, directoryStart - located.DataStart));
            end = located.DataEnd;
            _records[record.Name] = located;
        }
    }

    private static int LocalLength(Stream archive, ZipRecord record, long directoryStart)
    {
        Span<byte> header = stackalloc byte[LocalHeaderLength];
        if (record.HeaderStart > directoryStart - LocalHeaderLength) throw Refusal.Of($"record {Refusal.Quote(record.Name)} must be in the archive", $"a start before {directoryStart}", record.HeaderStart);
        archive.Position = record.HeaderStart;
        archive.ReadExactly(header);
        if (Long(header, 0) != LocalSignature) throw Refusal.Of($"record {Refusal.Quote(record.Name)} must have a header of its own", $"{LocalSignature:x8}", $"{Long(header, 0):x8}");
        var name = new byte[Short(header, 26)];
        if (archive.ReadAtLeast(name, name.Length, throwOnEndOfStream: false) < name.Length || Encoding.UTF8.GetString(name) != record.Name)
            throw Refusal.Of($"record {Refusal.Quote(record.Name)} must have the same name in its own header", Refusal.Quote(record.Name), Refusal.Quote(Encoding.UTF8.GetString(name)));
        var follow = (Short(header, 6) & SizesFollow) != 0;
        Agree(record, "method", record.IsDeflated ? Deflated : 0, Short(header, 8), isKnown: true);
        Agree(record, "CRC-32", record.Crc, Long(header, 14), !follow || Long(header, 14) != 0);
        Agree(record, "packed length", record.PackedLength, Long(header, 18), Long(header, 18) != uint.MaxValue && (!follow || Long(header, 18) != 0));
        Agree(record, "length", record.Length, Long(header, 22), Long(header, 22) != uint.MaxValue && (!follow || Long(header, 22) != 0));
        return LocalHeaderLength + name.Length + Short(header, 28);
    }

    private static void Agree(ZipRecord record, string what, long inDirectory, long inHeader, bool isKnown)
    {
        if (isKnown && inDirectory != inHeader) throw Refusal.Of($"the {what} of record {Refusal.Quote(record.Name)} must be the same in the directory and before the record", inDirectory, inHeader);
    }

    private static ushort Short(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint Long(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
}
