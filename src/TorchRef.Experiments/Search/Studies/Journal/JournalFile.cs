using Microsoft.Win32.SafeHandles;

namespace TorchRef.Experiments.Search.Studies.Journal;

/// <summary>The lines of a journal: those that are new to this reader, and new ones at the end.</summary>
/// <remarks>A line is read once. Readers take no lock: what has no end of line yet isn't a line, and is looked at again next time.</remarks>
internal sealed class JournalFile(string path)
{
    private const int ChunkSize = 1 << 16;

    // As long as a zero may turn into what was written: a network file system's doing.
    private const int Patience = 40;
    private static readonly TimeSpan _nap = TimeSpan.FromMilliseconds(50);

    private byte[] _last = [];
    private long _offset;
    private long _lines;

    public delegate void LineHandler(ReadOnlySpan<byte> line);

    public string Path => path;

    /// <summary>Hands over the lines that are new, without their ends.</summary>
    /// <param name="handle">Throws <see cref="FormatException"/> at a line that is none.</param>
    /// <returns>What stands behind the last of them.</returns>
    /// <exception cref="StudyStorageException">A line is none, or the file isn't the one that was read before.</exception>
    public byte[] Read(LineHandler handle)
    {
        for (int attempt = 0; ; attempt++)
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            RequireSame(file);
            if (TryRead(file, handle, mayWait: attempt < Patience) is { } tail)
            {
                return tail.Length == 0 || JournalTail.MayBeTorn(tail, isFirst: _lines == 0) ? tail
                    : throw Broken("expected an operation of a journal, and the end of the line, but got something else");
            }

            Thread.Sleep(_nap);
        }
    }

    /// <summary>Appends lines, whole or not at all, and returns when the disk has them. The lock must be held.</summary>
    public void Append(ReadOnlySpan<byte> lines)
    {
        using SafeFileHandle file = AppendHandle.Open(path);
        long length = RandomAccess.GetLength(file);
        try
        {
            RandomAccess.Write(file, lines, length);
        }
        catch (IOException)
        {
            // A full disk: half a line would be the next writer's to mend.
            RandomAccess.SetLength(file, length);
            throw;
        }

        RandomAccess.FlushToDisk(file);
    }

    /// <summary>Cuts off what stands behind the last line. The lock must be held: it is no line of a writer that lives.</summary>
    public void CutTail()
    {
        using SafeFileHandle file = AppendHandle.Open(path);
        RandomAccess.SetLength(file, _offset);
        RandomAccess.FlushToDisk(file);
    }

    private static int EndOfLine(ReadOnlySpan<byte> bytes) => bytes.IndexOf((byte)'\n');

    /// <returns>The tail; null when a line holds zeros that may yet turn into what was written.</returns>
    private byte[]? TryRead(FileStream file, LineHandler handle, bool mayWait)
    {
        byte[] buffer = new byte[ChunkSize];
        int filled = 0;
        while (true)
        {
            int read = file.Read(buffer, filled, buffer.Length - filled);
            if (read == 0) return buffer[..filled];
            filled += read;
            ReadOnlySpan<byte> rest = buffer.AsSpan(0, filled);
            for (int end = EndOfLine(rest); end >= 0; end = EndOfLine(rest))
            {
                try
                {
                    handle(rest[..end]);
                }
                catch (FormatException) when (mayWait && rest[..end].Contains((byte)0))
                {
                    return null;
                }
                catch (FormatException error)
                {
                    throw Broken(error.Message);
                }

                Remember(rest[..(end + 1)]);
                rest = rest[(end + 1)..];
            }

            filled = rest.Length;
            rest.CopyTo(buffer);
            if (filled == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
        }
    }

    private void Remember(ReadOnlySpan<byte> line)
    {
        _offset += line.Length;
        _lines++;
        _last = line[^Math.Min(line.Length, 128)..].ToArray();
    }

    /// <summary>Goes to where the reading ended, after making sure that what was read last is still there.</summary>
    private void RequireSame(FileStream file)
    {
        var last = new byte[_last.Length];
        if (file.Length >= _offset)
        {
            file.Position = _offset - last.Length;
            file.ReadExactly(last);
            if (last.AsSpan().SequenceEqual(_last)) return;
        }

        throw new StudyStorageException($"A journal only grows: expected the file {path} that was read before, of {_offset} bytes and more, but it was cut or replaced");
    }

    private StudyStorageException Broken(string expectedAndGot) => new($"{path}, line {_lines + 1}: A journal of studies has an operation a line: {expectedAndGot}; the file was left as it is");
}
