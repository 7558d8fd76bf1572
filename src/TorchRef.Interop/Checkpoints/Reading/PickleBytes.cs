using System.Buffers.Binary;
using System.Text;

namespace TorchRef.Interop.Checkpoints.Reading;

/// <summary>Reads the arguments of a pickle's instructions.</summary>
internal sealed class PickleBytes(Stream stream, MemoryBudget budget)
{
    private const int LongestLine = 1000;

    private static readonly UTF8Encoding s_utf8 = new(false, throwOnInvalidBytes: true);

    private readonly byte[] _fixed = new byte[8];

    public byte Byte()
    {
        var read = stream.ReadByte();
        return read >= 0 ? (byte)read : throw Ended();
    }

    public ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Fixed(2));

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Fixed(4));

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Fixed(4));

    public ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Fixed(8));

    public double Double() => BinaryPrimitives.ReadDoubleBigEndian(Fixed(8));

    public byte[] Bytes(ulong length)
    {
        if (stream.CanSeek && length > (ulong)(stream.Length - stream.Position)) throw Ended();
        budget.Spend((long)Math.Min(length, long.MaxValue / 2) + 24);
        var bytes = new byte[length];
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length) throw Ended();
        return bytes;
    }

    public string Text(ulong length)
    {
        var bytes = Bytes(length);
        budget.Spend(bytes.Length + 24);
        try
        {
            return s_utf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw Refusal.Of("a string of a pickle must be text", "UTF-8", "other bytes");
        }
    }

    /// <summary>A text up to the end of its line.</summary>
    public string Line()
    {
        var line = new StringBuilder();
        for (var letter = Byte(); letter != '\n'; letter = Byte())
        {
            if (line.Length == LongestLine || letter is < 0x20 or > 0x7e) throw Refusal.Of("a name in a pickle must be a name", $"up to {LongestLine} letters", Refusal.Quote(line.ToString() + (char)letter));
            line.Append((char)letter);
        }
        return line.ToString();
    }

    private ReadOnlySpan<byte> Fixed(int length)
    {
        if (stream.ReadAtLeast(_fixed.AsSpan(0, length), length, throwOnEndOfStream: false) < length) throw Ended();
        return _fixed.AsSpan(0, length);
    }

    private static InvalidDataException Ended() => Refusal.Of("a pickle must be complete", "its STOP instruction", "the end of the data");
}
