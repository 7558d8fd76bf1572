using System.Text;
using static TorchRef.Interop.Tests.Checkpoints.Support.Craft;

namespace TorchRef.Interop.Tests.Checkpoints.Support;

/// <summary>Zip archives that lie, swell or lead elsewhere.</summary>
internal static class HostileArchives
{
    public static IEnumerable<HostileFile> All()
    {
        yield return new("half an archive", () => Sound()[..^200], "the record that ends it");
        yield return new("an archive without its first byte", () => [(byte)'P', .. Sound()[2..]], "starts with 5003");
        yield return new("bytes before the archive", () => [.. "PK\0\0"u8, .. Sound()], "the 64-bit end record must be one");
        yield return new("bytes between the directory and the end", () => WithEnd(Sound(), directory => [.. directory, 0]), "the 64-bit end record must be one");
        yield return new("a bomb of a thousand to one", () => Deflated(OneTensor(Tensor(Storage(count: 1 << 28), shape: [1 << 28])), new byte[1 << 20], 1u << 30, 0), "must not swell it more than 20-fold");
        yield return new("a bomb that says it is small", () => Deflated(OneTensor(Tensor(Storage())), Deflate(new byte[8 << 20]), 16, Crc(new byte[16])), "must be as long as its header says");
        yield return new("a record that says it is larger", () => Deflated(OneTensor(Tensor(Storage())), Deflate(new byte[8]), 16, Crc(new byte[16])), "must be complete: expected 16 bytes but got 8");
        yield return new("deflated data that isn't", () => Deflated(OneTensor(Tensor(Storage())), [.. Enumerable.Repeat((byte)0xff, 20)], 16, Crc(new byte[16])), "must be deflated data");
        yield return new("a record in another's bytes", Overlapping, "must be its own");
        yield return new("two names for the same bytes", () => WithRecord("archive/data/0", "archive/data/1"), "must have the same name in its own header");
        yield return new("a checksum that is wrong", () => Flipped(Sound(), 80), "CRC-32");
        yield return new("an element changed", () => Replaced(Archive(OneTensor(Tensor(Storage())), ("archive/data/0", [.. "sixteen bytes ok"u8])), "sixteen bytes ok", "sixteen bytes no"), "must have the CRC-32 that its header says");
        yield return Named("a name that leads out", "archive/../../x", "must stay in its folder");
        yield return Named("a name from the root", "/etc/passwd", "must stay in its folder");
        yield return Named("a name with a backslash", "archive\\..\\x", "must stay in its folder");
        yield return Named("a name on a drive", "C:/x", "must stay in its folder");
        yield return Named("a name with a line end", "archive/a\nb", "'archive/a\\u000ab'");
        yield return Named("an empty name", "", "must stay in its folder");
        yield return new("a name that isn't UTF-8", () => Replaced(Sound(), "archive/version", "archive/\u00ffersion"), "UTF-8");
        yield return new("a record twice", () => Archive(Pickle("N"), ("archive/data/0", new byte[16]), ("archive/data/0", new byte[16])), "one 'archive/data/0' but got two");
        yield return new("an encrypted record", () => WithHeader(Sound(), "archive/data/0", (bytes, flags) => bytes[flags] |= 1), "must not be encrypted");
        yield return new("a record packed in a way of its own", () => WithHeader(Sound(), "archive/data/0", (bytes, flags) => bytes[flags + 2] = 12), "method 0 or 8 but got 12");
        yield return new("two lengths of a stored record", () => WithHeader(Sound(), "archive/data/0", (bytes, flags) => bytes[flags + 16] = 99), "its two lengths must agree");
        yield return new("a method before the record that isn't the directory's", () => WithHeader(Sound(), "archive/data/0", (bytes, flags) => bytes[flags + 2] = 8, local: false), "the method of record 'archive/data/0' must be the same");
        yield return new("a length before the record that isn't the directory's", () => WithHeader(Sound(), "archive/data/0", (bytes, flags) => bytes[flags + 12] = bytes[flags + 16] = 12, local: false), "must be the same in the directory and before the record");
        yield return new("a folder with bytes", () => Archive(Pickle("N"), ("archive/data/", new byte[4])), "must be empty");
        yield return new("no pickle", () => Replaced(Sound(), "data.pkl", "data.pkx"), "a folder with a data.pkl: expected 1 but got 0");
        yield return new("two pickles", () => Archive(Pickle("N"), ("other/data.pkl", Pickle("N"))), "a folder with a data.pkl: expected 1 but got 2");
        yield return new("a program of TorchScript", () => Archive(Pickle("N"), ("archive/constants.pkl", Pickle("N"))), "an archive of TorchScript");
        yield return new("an order of bytes that there is none of", () => Archive(Pickle("N"), ("archive/byteorder", [.. "middle"u8])), "little or big but got 'middle'");
        yield return new("more records than the directory has", () => WithCounts(Sound(), 1_000_000_000), "a zip directory must be complete");
        yield return new("fewer records than the directory has", () => WithCounts(Sound(), 1), "must be as long as it says");
        yield return new("an end that points past itself", () => WithLocator(Sound(), long.MaxValue), "must lie before the end");
        yield return new("an end that points into the records", () => WithLocator(Sound(), 0), "must be one");
        yield return new("hundreds of thousands of records", ManyRecords, "the memory set aside for it");
    }

    private static HostileFile Named(string name, string record, string says) => new(name, () => Archive(Pickle("N"), (record, new byte[4])), says);

    /// <summary>A record that lies, header and all, in the bytes of another.</summary>
    private static byte[] Overlapping()
    {
        var inner = Archive(Pickle("N"), ("archive/data/1", new byte[16]));
        var start = Encoding.Latin1.GetString(inner).IndexOf("archive/data/1", StringComparison.Ordinal) - 30;
        byte[] host = [.. inner[start..], .. new byte[256]];
        var outer = Archive(OneTensor(Tensor(Storage(count: 64), shape: [64])), ("archive/data/0", host[..256]), ("archive/data/1", new byte[16]));
        var text = Encoding.Latin1.GetString(outer);
        // The directory's entry of the second record, its last mention, is made to point into the first.
        BitConverter.GetBytes(text.IndexOf("archive/data/1", StringComparison.Ordinal) - 30).CopyTo(outer, text.LastIndexOf("archive/data/1", StringComparison.Ordinal) - 4);
        return outer;
    }

    /// <summary>A record whose directory entry points at another record.</summary>
    private static byte[] WithRecord(string at, string record)
    {
        var file = Archive(Pickle("N"), (at, new byte[16]), (record, new byte[16]));
        var text = Encoding.Latin1.GetString(file);
        BitConverter.GetBytes(text.IndexOf(at, StringComparison.Ordinal) - 30).CopyTo(file, text.LastIndexOf(record, StringComparison.Ordinal) - 4);
        return file;
    }

    private static byte[] Flipped(byte[] file, int at)
    {
        var result = file.ToArray();
        result[at] ^= 1;
        return result;
    }

    private static byte[] WithEnd(byte[] file, Func<byte[], byte[]> change)
    {
        var end = Encoding.Latin1.GetString(file).IndexOf("PK\x06\x06", StringComparison.Ordinal);
        return [.. change(file[..end]), .. file[end..]];
    }

    private static byte[] WithCounts(byte[] file, long count)
    {
        var result = file.ToArray();
        var wide = Encoding.Latin1.GetString(file).IndexOf("PK\x06\x06", StringComparison.Ordinal);
        BitConverter.GetBytes(count).CopyTo(result, wide + 24);
        BitConverter.GetBytes(count).CopyTo(result, wide + 32);
        // All ones stand for a number that the 64-bit record has.
        for (var at = 0; at < 4; at++) result[^(14 - at)] = 0xff;
        return result;
    }

    private static byte[] WithLocator(byte[] file, long to)
    {
        var result = file.ToArray();
        BitConverter.GetBytes(to).CopyTo(result, Encoding.Latin1.GetString(file).IndexOf("PK\x06\x07", StringComparison.Ordinal) + 8);
        return result;
    }

    private static byte[] ManyRecords()
    {
        const int Count = 650_000;
        using var stream = new MemoryStream();
        var entry = new byte[46 + 8];
        BitConverter.GetBytes(0x02014b50).CopyTo(entry, 0);
        entry[28] = 8;
        for (var number = 0; number < Count; number++)
        {
            Encoding.ASCII.GetBytes($"a/{number:x6}").CopyTo(entry, 46);
            stream.Write(entry);
        }
        var length = stream.Length;
        byte[] wide = [.. "PK\x06\x06"u8, .. BitConverter.GetBytes(44L), 45, 0, 45, 0, .. new byte[8], .. BitConverter.GetBytes((long)Count), .. BitConverter.GetBytes((long)Count), .. BitConverter.GetBytes(length), .. BitConverter.GetBytes(0L)];
        stream.Write([.. wide, .. "PK\x06\x07"u8, .. new byte[4], .. BitConverter.GetBytes(length), 1, 0, 0, 0]);
        stream.Write([.. "PK\x05\x06"u8, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, .. BitConverter.GetBytes((uint)length), 0, 0, 0, 0, 0, 0]);
        return stream.ToArray();
    }
}
