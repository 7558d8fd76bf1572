namespace TorchRef.Experiments.Data;

/// <summary>Reads the items of an IDX file of unsigned bytes, such as images, without holding more than one of them.</summary>
/// <remarks>
/// As strict as <see cref="IdxFile.ReadBytes"/>: a plain file whose length isn't what the header claims is refused at once; a
/// compressed one, which must be unpacked to know, when its end is read.
/// </remarks>
public sealed class IdxReader : IDisposable
{
    private readonly DataFileReader _reader;
    private long _next;

    /// <summary>Opens a file before its first item.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rank">How many dimensions it must have, the first of which counts the items: 3 for images, 1 for labels.</param>
    /// <exception cref="DataFormatException">
    /// The file can't be opened, its header breaks a rule of the format, its elements aren't unsigned bytes, it has another number
    /// of dimensions, an item is too large for one array, or a plain file has fewer or more bytes than the header claims.
    /// </exception>
    public IdxReader(string path, int rank)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rank);
        _reader = new DataFileReader(path);
        try
        {
            Header = IdxRules.HeaderOfBytes(_reader, rank);
            long itemLength = Header.DataLength / Header.Dimensions[0];
            if (itemLength > Array.MaxLength)
            {
                throw _reader.Problem("An item of an IDX file must fit one array. "
                    + $"Expected at most {Array.MaxLength} bytes but got a header that claims {itemLength} ({Header})");
            }

            ItemLength = (int)itemLength;
            if (_reader.PlainLength is long length)
            {
                IdxRules.RequireLength(_reader, Header, length - Header.HeaderLength);
            }
        }
        catch
        {
            _reader.Dispose();
            throw;
        }
    }

    /// <summary>The extents.</summary>
    public IdxHeader Header { get; }

    /// <summary>How many items there are.</summary>
    public int Count => Header.Dimensions[0];

    /// <summary>Bytes of an item: the product of all dimensions but the first.</summary>
    public int ItemLength { get; }

    /// <summary>Whether items can be read at any place: those of a plain file can.</summary>
    public bool CanSeek => _reader.PlainLength is not null;

    /// <summary>Reads the next item.</summary>
    /// <param name="item">At least <see cref="ItemLength"/> long; only that many bytes are written.</param>
    /// <returns>Whether there was one; false after the last.</returns>
    /// <exception cref="DataFormatException">The file is shorter or longer than its header claims, or damaged.</exception>
    public bool ReadNext(Span<byte> item)
    {
        if (_next == Count)
        {
            return false;
        }

        int got = _reader.Fill(item[..ItemLength]);
        if (got < ItemLength)
        {
            throw IdxRules.Truncated(_reader, Header, _next * ItemLength + got);
        }

        if (++_next == Count)
        {
            RequireEnd();
        }

        return true;
    }

    /// <summary>Reads an item of a plain file; on several threads at a time.</summary>
    /// <param name="index">Which, from 0.</param>
    /// <param name="item">At least <see cref="ItemLength"/> long; only that many bytes are written.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such item.</exception>
    /// <exception cref="NotSupportedException">The file is compressed.</exception>
    /// <exception cref="DataFormatException">The file became shorter meanwhile, or the system reports an error.</exception>
    public void ReadAt(long index, Span<byte> item)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        if (!CanSeek)
        {
            throw new NotSupportedException("A compressed file is read front to back. Expected a plain one to read at any place but got a gzip file");
        }

        int got = _reader.FillAt(Header.HeaderLength + index * ItemLength, item[..ItemLength]);
        if (got < ItemLength)
        {
            throw IdxRules.Truncated(_reader, Header, index * ItemLength + got);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();

    // With the last item and not after it, so that whoever reads all items has read a whole file.
    private void RequireEnd()
    {
        Span<byte> extra = stackalloc byte[1];
        if (_reader.Fill(extra) > 0)
        {
            throw IdxRules.Trailing(_reader, Header, $"at least {Header.DataLength + 1}");
        }

        _reader.RequireIntactEnd();
    }
}
