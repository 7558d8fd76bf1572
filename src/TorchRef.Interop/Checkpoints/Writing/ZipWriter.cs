using System.Buffers.Binary;
using System.Text;

namespace TorchRef.Interop.Checkpoints.Writing;

/// <summary>Writes a zip archive as torch.save does: records stored as they are, each on a multiple of 64 bytes, without times.</summary>
/// <remarks>The same records give the same bytes. Source: PKWARE's APPNOTE 6.3.10; the padding field is PyTorch's.</remarks>
internal sealed class ZipWriter(Stream stream)
{
    /// <summary>So that a reader can map a record's bytes into memory and use them as numbers.</summary>
    public const int Alignment = 64;

    private const ushort Zip64Version = 45;
    private const ushort NamesAreUtf8 = 1 << 11;
    private const int LocalHeaderLength = 30;

    private readonly List<byte[]> _directory = [];
    private long _position;

    /// <summary>Numbers from here on go into 64-bit fields; smaller in tests.</summary>
    public uint Widest { get; init; } = uint.MaxValue;

    public void Add(string name, ReadOnlySpan<byte> content)
    {
        var bytes = content.ToArray();
        Add(name, bytes.Length, System.IO.Hashing.Crc32.HashToUInt32(bytes), target => target.Write(bytes));
    }

    /// <param name="name">The record's name.</param>
    /// <param name="length">Bytes of its content.</param>
    /// <param name="crc">CRC-32 of its content.</param>
    /// <param name="write">Writes its content.</param>
    public void Add(string name, long length, uint crc, Action<Stream> write)
    {
        var (start, text) = (_position, Encoding.UTF8.GetBytes(name));
        var wide = length >= Widest;
        var lengths = wide ? Extra(1, Wide(length, length)) : [];
        var unpadded = start + LocalHeaderLength + text.Length + lengths.Length + 4;
        var padding = Extra(BinaryPrimitives.ReadUInt16LittleEndian("FB"u8), Enumerable.Repeat((byte)'Z', (int)((Alignment - unpadded % Alignment) % Alignment)).ToArray());
        Put([.. Bytes(0x04034b50u), .. Common(crc, length, wide), .. Bytes((ushort)text.Length), .. Bytes((ushort)(lengths.Length + padding.Length)), .. text, .. lengths, .. padding]);
        write(stream);
        _position += length;

        var far = start >= Widest;
        var numbers = new List<byte>();
        if (wide) numbers.AddRange(Wide(length, length));
        if (far) numbers.AddRange(Wide(start));
        var extra = numbers.Count > 0 ? Extra(1, [.. numbers]) : [];
        _directory.Add([
            .. Bytes(0x02014b50u), .. Bytes(Zip64Version), .. Common(crc, length, wide), .. Bytes((ushort)text.Length), .. Bytes((ushort)extra.Length), .. Bytes((ushort)0),
            .. Bytes((ushort)0), .. Bytes((ushort)0), .. Bytes(0u), .. Bytes(far ? uint.MaxValue : (uint)start), .. text, .. extra]);
    }

    /// <summary>Writes the directory and the end.</summary>
    public void Finish()
    {
        var start = _position;
        foreach (var entry in _directory) Put(entry);
        var (length, end) = (_position - start, _position);
        var count = _directory.Count;
        // As PyTorch does, the 64-bit end record is written whether it is needed or not.
        Put([.. Bytes(0x06064b50u), .. Wide(44), .. Bytes(Zip64Version), .. Bytes(Zip64Version), .. Bytes(0u), .. Bytes(0u), .. Wide(count, count, length, start)]);
        Put([.. Bytes(0x07064b50u), .. Bytes(0u), .. Wide(end), .. Bytes(1u)]);
        var shown = (ushort)Math.Min(count, ushort.MaxValue);
        Put([
            .. Bytes(0x06054b50u), .. Bytes((ushort)0), .. Bytes((ushort)0), .. Bytes(shown), .. Bytes(shown),
            .. Bytes((uint)Math.Min(length, uint.MaxValue)), .. Bytes(start >= Widest ? uint.MaxValue : (uint)start), .. Bytes((ushort)0)]);
    }

    /// <summary>The fields that the header before a record and its entry in the directory share.</summary>
    private static byte[] Common(uint crc, long length, bool wide)
    {
        var shown = Bytes(wide ? uint.MaxValue : (uint)length);
        return [.. Bytes(Zip64Version), .. Bytes(NamesAreUtf8), .. Bytes((ushort)0), .. Bytes((ushort)0), .. Bytes((ushort)0), .. Bytes(crc), .. shown, .. shown];
    }

    private static byte[] Extra(ushort id, byte[] content) => [.. Bytes(id), .. Bytes((ushort)content.Length), .. content];

    private static byte[] Wide(params long[] numbers) => [.. numbers.SelectMany(BitConverter.GetBytes)];

    private static byte[] Bytes(ushort number) => BitConverter.GetBytes(number);

    private static byte[] Bytes(uint number) => BitConverter.GetBytes(number);

    private void Put(byte[] bytes)
    {
        stream.Write(bytes);
        _position += bytes.Length;
    }
}
