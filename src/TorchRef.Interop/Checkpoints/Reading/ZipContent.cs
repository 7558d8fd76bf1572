using System.IO.Compression;
using System.IO.Hashing;

namespace TorchRef.Interop.Checkpoints.Reading;

/// <summary>The content of a record, read forward; whether it is whole and right shows at its end.</summary>
internal sealed class ZipContent : IDisposable
{
    private readonly ZipRecord _record;
    private readonly Stream _content;
    private readonly Crc32 _crc = new();
    private long _left;

    public ZipContent(Stream archive, ZipRecord record)
    {
        var packed = new SectionStream(archive, record.DataStart, record.PackedLength);
        _content = record.IsDeflated ? new DeflateStream(packed, CompressionMode.Decompress) : packed;
        (_record, _left) = (record, record.Length);
    }

    /// <summary>Reads as many bytes as asked for. With the last byte of the record its checksum is compared.</summary>
    public void Fill(Span<byte> bytes)
    {
        var read = Read(bytes);
        if (read < bytes.Length) throw Refusal.Of($"record {Refusal.Quote(_record.Name)} must be complete", $"{_record.Length} bytes", _record.Length - _left + read);
        _crc.Append(bytes);
        _left -= read;
        if (_left == 0) Finish();
    }

    public void Dispose() => _content.Dispose();

    /// <summary>All of a record at once.</summary>
    public static byte[] All(Stream archive, ZipRecord record)
    {
        var bytes = new byte[record.Length];
        using var content = new ZipContent(archive, record);
        content.Fill(bytes);
        return bytes;
    }

    private int Read(Span<byte> bytes)
    {
        try
        {
            return _content.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException e)
        {
            throw Refusal.Of($"record {Refusal.Quote(_record.Name)} must be deflated data", "such", e.Message);
        }
    }

    private void Finish()
    {
        Span<byte> surplus = stackalloc byte[1];
        if (Read(surplus) > 0) throw Refusal.Of($"record {Refusal.Quote(_record.Name)} must be as long as its header says", $"{_record.Length} bytes", "more");
        if (_crc.GetCurrentHashAsUInt32() is var crc && crc != _record.Crc)
            throw Refusal.Of($"record {Refusal.Quote(_record.Name)} must have the CRC-32 that its header says", $"{_record.Crc:x8}", $"{crc:x8}");
    }
}
