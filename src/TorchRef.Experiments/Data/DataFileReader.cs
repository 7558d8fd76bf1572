using System.Buffers.Binary;
using System.IO.Compression;

namespace TorchRef.Experiments.Data;

/// <summary>Reads a plain or gzip-compressed file front to back and turns every trouble into a one-line message.</summary>
internal sealed class DataFileReader : IDisposable
{
    // A gzip file ends with the CRC-32 and the length modulo 2^32 of what it holds, both little-endian.
    private const int GzipTrailerLength = 8;
    private readonly string _path;
    private readonly FileStream _file;
    private readonly Stream _content;
    private readonly bool _compressed;
    private uint _crc;
    private long _read;

    /// <summary>Opens a file and looks at its first two bytes to tell whether it is compressed.</summary>
    /// <exception cref="DataFormatException">It is missing, a folder, empty, not a regular file, or not readable.</exception>
    public DataFileReader(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _path = path;
        _file = Open(path);
        try
        {
            Span<byte> magic = stackalloc byte[2];
            int got = _file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
            if (got == 0)
            {
                throw Problem("A data file has content. Expected at least 1 byte but got an empty file");
            }

            _compressed = got == 2 && magic[0] == 0x1F && magic[1] == 0x8B;
            _file.Position = 0;
        }
        catch (Exception error)
        {
            _file.Dispose();
            if (error is DataFormatException)
            {
                throw;
            }

            throw Unreadable(error);
        }

        _content = _compressed ? new GZipStream(_file, CompressionMode.Decompress, leaveOpen: true) : _file;
    }

    /// <summary>The length of the whole content in bytes; null for a compressed file, where nobody knows it beforehand.</summary>
    public long? PlainLength => _compressed ? null : _file.Length;

    /// <summary>Reads as many of the next bytes as there are, up to the length of the target.</summary>
    /// <returns>How many were read; fewer than asked for only at the end of the content.</returns>
    /// <exception cref="DataFormatException">The compressed data is damaged, or the system reports an error.</exception>
    public int Fill(Span<byte> target)
    {
        try
        {
            int got = _content.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
            if (_compressed)
            {
                _crc = Crc32.Append(_crc, target[..got]);
                _read += got;
            }

            return got;
        }
        catch (InvalidDataException error)
        {
            throw Problem("Compressed data must unpack and match its checksum. "
                + "Expected an intact gzip file but got a damaged one", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(error);
        }
    }

    /// <summary>Reads bytes of a plain file at any place; on several threads at a time.</summary>
    /// <returns>How many were read; fewer than asked for only at the end of the file.</returns>
    /// <exception cref="DataFormatException">The system reports an error.</exception>
    public int FillAt(long offset, Span<byte> target)
    {
        try
        {
            int filled = 0;
            while (filled < target.Length)
            {
                int got = RandomAccess.Read(_file.SafeFileHandle, target[filled..], offset + filled);
                if (got == 0)
                {
                    break;
                }

                filled += got;
            }

            return filled;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(error);
        }
    }

    /// <summary>Checks, after the last byte was read, that a compressed file ends with the checksum and length of its content.</summary>
    /// <remarks>
    /// <see cref="GZipStream"/> checks the trailer when it is there, but takes a missing or cut one, and whatever follows
    /// it, in silence. So the last bytes of the file are held against the content once more.
    /// </remarks>
    /// <exception cref="DataFormatException">The trailer is cut, or something follows it.</exception>
    public void RequireIntactEnd()
    {
        if (!_compressed)
        {
            return;
        }

        Span<byte> trailer = stackalloc byte[GzipTrailerLength];
        try
        {
            _file.Position = Math.Max(0, _file.Length - GzipTrailerLength);
            _file.ReadExactly(trailer);
        }
        catch (IOException error)
        {
            throw Unreadable(error);
        }

        uint crc = BinaryPrimitives.ReadUInt32LittleEndian(trailer);
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]);
        if (crc != _crc || length != (uint)_read)
        {
            throw Problem("A gzip file ends with the CRC-32 and the length of what it holds, and with nothing else. "
                + $"Expected {_crc:X8} and {(uint)_read} but got {crc:X8} and {length}: it is cut short or has bytes appended");
        }
    }

    /// <summary>An exception about this file.</summary>
    public DataFormatException Problem(string problem, Exception? inner = null) => new(_path, problem, inner);

    /// <inheritdoc/>
    public void Dispose()
    {
        _content.Dispose();
        _file.Dispose();
    }

    private static FileStream Open(string path)
    {
        if (Directory.Exists(path))
        {
            throw new DataFormatException(path, "A data file must be a file. Expected a file but got a directory");
        }

        if (!File.Exists(path))
        {
            throw new DataFormatException(path, "A data file must exist. Expected a file but got nothing at this path");
        }

        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, error);
        }

        // Pipes and devices have no length to hold a header against.
        if (!file.CanSeek)
        {
            file.Dispose();
            throw new DataFormatException(path, "A data file must be a regular file. Expected a file but got a pipe or a device");
        }

        return file;
    }

    private DataFormatException Unreadable(Exception error) => Unreadable(_path, error);

    private static DataFormatException Unreadable(string path, Exception error) =>
        new(path, $"A data file must be readable. Expected its bytes but got: {error.Message.ReplaceLineEndings(" ")}", error);
}
