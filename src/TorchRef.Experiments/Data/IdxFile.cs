namespace TorchRef.Experiments.Data;

/// <summary>Reads the IDX format of the MNIST files, plain or compressed with gzip.</summary>
/// <remarks>
/// Whether a file is compressed is told by its first two bytes, never by its name, because browsers and download tools
/// unpack files without renaming them. The reader is strict: it accepts a file only if header and data fit each other to
/// the byte, and a compressed one only if its checksum and length hold as well.
/// </remarks>
public static class IdxFile
{
    // The first piece of memory taken for compressed data, whatever the header claims.
    private const int FirstPiece = 1 << 20;

    /// <summary>Reads what the header claims, for any element type, without looking at the data.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The header.</returns>
    /// <exception cref="DataFormatException">The file can't be opened, or its header breaks a rule of the format.</exception>
    public static IdxHeader ReadHeader(string path)
    {
        using var reader = new DataFileReader(path);
        return IdxHeader.Parse(reader);
    }

    /// <summary>Reads a file of unsigned bytes, header and data.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rank">How many dimensions it must have: 3 for images, 1 for labels.</param>
    /// <returns>The header and the data.</returns>
    /// <exception cref="DataFormatException">
    /// The file can't be opened, its header breaks a rule of the format, its elements aren't unsigned bytes, it has
    /// another number of dimensions, fewer or more bytes than the header claims, or is damaged by compression or transfer.
    /// </exception>
    public static IdxBytes ReadBytes(string path, int rank)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rank);
        using var reader = new DataFileReader(path);
        IdxHeader header = IdxRules.HeaderOfBytes(reader, rank);
        if (header.DataLength > Array.MaxLength)
        {
            throw reader.Problem("The data of an IDX file must fit one array. "
                + $"Expected at most {Array.MaxLength} bytes but got a header that claims {header.DataLength} ({header})");
        }

        byte[] data = reader.PlainLength is long length
            ? ReadKnownLength(reader, header, length - header.HeaderLength)
            : ReadGrowing(reader, header);
        reader.RequireIntactEnd();
        return new IdxBytes(header, data);
    }

    private static byte[] ReadKnownLength(DataFileReader reader, IdxHeader header, long available)
    {
        IdxRules.RequireLength(reader, header, available);
        var data = new byte[header.DataLength];
        int got = reader.Fill(data);
        return got == data.Length ? data : throw IdxRules.Truncated(reader, header, got);
    }

    // How much a compressed file holds is known only by unpacking it, so memory is taken as the data comes in: a header
    // that lies costs at most twice what is really there.
    private static byte[] ReadGrowing(DataFileReader reader, IdxHeader header)
    {
        int claimed = (int)header.DataLength;
        var data = new byte[Math.Min(claimed, FirstPiece)];
        int filled = 0;
        while (true)
        {
            filled += reader.Fill(data.AsSpan(filled));
            if (filled < data.Length)
            {
                throw IdxRules.Truncated(reader, header, filled);
            }

            if (filled == claimed)
            {
                break;
            }

            Array.Resize(ref data, (int)Math.Min(claimed, 2L * data.Length));
        }

        Span<byte> extra = stackalloc byte[1];
        return reader.Fill(extra) == 0 ? data : throw IdxRules.Trailing(reader, header, $"at least {claimed + 1L}");
    }
}
