using System.IO.Compression;
using System.IO.Hashing;
using System.Text;
using TorchRef.Interop.Checkpoints.Writing;

namespace TorchRef.Interop.Tests.Checkpoints.Support;

/// <summary>Makes archives and pickles by hand, right and wrong ones.</summary>
internal static class Craft
{
    /// <summary>A pickle of protocol 2: the parts, in Latin-1 letters for bytes, and STOP.</summary>
    public static byte[] Pickle(params string[] parts) => Encoding.Latin1.GetBytes($"\x80\x02{string.Concat(parts)}.");

    public static string Text(string text) => $"X{Latin(BitConverter.GetBytes(text.Length))}{text}";

    public static string Global(string module, string name) => $"c{module}\n{name}\n";

    public static string Integer(long number) => number is >= 0 and <= 255 ? $"K{(char)number}" : number is >= int.MinValue and <= int.MaxValue ? $"J{Latin(BitConverter.GetBytes((int)number))}" : $"\x8a\x08{Latin(BitConverter.GetBytes(number))}";

    public static string Tuple(params string[] items) => $"({string.Concat(items)}t";

    public static string Dict(params string[] keysAndValues) => $"}}({string.Concat(keysAndValues)}u";

    /// <summary>The persistent id of a storage.</summary>
    public static string Storage(string type = "FloatStorage", string key = "0", long count = 4) => Tuple(Text("storage"), Global("torch", type), Text(key), Text("cpu"), Integer(count)) + "Q";

    public static string Tensor(string storage, long offset = 0, long[]? shape = null, long[]? strides = null, string? hooks = null) =>
        Global("torch._utils", "_rebuild_tensor_v2") + Tuple(storage, Integer(offset), Tuple([.. (shape ?? [4]).Select(Integer)]), Tuple([.. (strides ?? [1]).Select(Integer)]), "\x89", hooks ?? Global("collections", "OrderedDict") + ")R") + "R";

    /// <summary>A pickle with one tensor under the name w.</summary>
    public static byte[] OneTensor(string tensor) => Pickle(Dict(Text("w"), tensor));

    /// <summary>A sound archive of a pickle and a storage of four floats, and further records.</summary>
    public static byte[] Archive(byte[] pickle, params (string Name, byte[] Content)[] records)
    {
        using var stream = new MemoryStream();
        var zip = new ZipWriter(stream);
        zip.Add("archive/data.pkl", pickle);
        foreach (var (name, content) in records.Length == 0 ? [("archive/data/0", new byte[16])] : records) zip.Add(name, content);
        zip.Add("archive/version", "3\n"u8);
        zip.Finish();
        return stream.ToArray();
    }

    /// <summary>A sound file of one tensor of four floats.</summary>
    public static byte[] Sound() => Archive(OneTensor(Tensor(Storage())));

    /// <summary>The same with bytes changed wherever they are.</summary>
    public static byte[] Replaced(byte[] file, string what, string with)
    {
        var (text, from, to) = (Encoding.Latin1.GetString(file), what, with);
        Assert.Contains(from, text, StringComparison.Ordinal);
        return Encoding.Latin1.GetBytes(text.Replace(from, to, StringComparison.Ordinal));
    }

    /// <summary>A record's numbers changed in the directory and, if asked for, before the record.</summary>
    /// <param name="file">An archive of <see cref="Archive"/>.</param>
    /// <param name="record">The record's name.</param>
    /// <param name="change">Changes a header, whose second argument is the place of the flags in it.</param>
    /// <param name="local">Whether the header before the record changes too.</param>
    public static byte[] WithHeader(byte[] file, string record, Action<byte[], int> change, bool local = true)
    {
        var text = Encoding.Latin1.GetString(file);
        var name = text.LastIndexOf(record, StringComparison.Ordinal);
        var result = file.ToArray();
        change(result, name - 46 + 8);
        if (local) change(result, text.IndexOf(record, StringComparison.Ordinal) - 30 + 6);
        return result;
    }

    /// <summary>A record that claims lengths of its own, deflated.</summary>
    public static byte[] Deflated(byte[] pickle, byte[] packed, uint length, uint crc)
    {
        // The method, the sum and the lengths lie 2, 8, 12 and 16 bytes after the flags in both headers.
        var file = Archive(pickle, ("archive/data/0", packed));
        return WithHeader(file, "archive/data/0", (bytes, flags) =>
        {
            bytes[flags + 2] = 8;
            BitConverter.GetBytes(crc).CopyTo(bytes, flags + 8);
            BitConverter.GetBytes(length).CopyTo(bytes, flags + 16);
        });
    }

    public static byte[] Deflate(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true)) deflate.Write(content);
        return packed.ToArray();
    }

    public static uint Crc(byte[] content) => Crc32.HashToUInt32(content);

    public static byte[] Safetensors(string header, int bytes = 0, long? length = null) => [.. BitConverter.GetBytes(length ?? Encoding.UTF8.GetByteCount(header)), .. Encoding.UTF8.GetBytes(header), .. new byte[bytes]];

    private static string Latin(byte[] bytes) => Encoding.Latin1.GetString(bytes);
}
