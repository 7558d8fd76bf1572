namespace TorchRef.Experiments.Data;

/// <summary>What an IDX file of unsigned bytes must be, however it is read.</summary>
internal static class IdxRules
{
    /// <summary>Reads the header of a file of unsigned bytes.</summary>
    /// <exception cref="DataFormatException">It breaks a rule of the format, or names other elements or another number of dimensions.</exception>
    public static IdxHeader HeaderOfBytes(DataFileReader reader, int rank)
    {
        IdxHeader header = IdxHeader.Parse(reader);
        if (header.ElementType != IdxElementType.UInt8)
        {
            throw reader.Problem("Images and labels are unsigned bytes. "
                + $"Expected element type 08 (UInt8) but got {(byte)header.ElementType:X2} ({header.ElementType})");
        }

        if (header.Dimensions.Count != rank)
        {
            throw reader.Problem($"This file must have {Count(rank, "dimension")}. "
                + $"Expected {rank} but got {header.Dimensions.Count} ({header})");
        }

        return header;
    }

    /// <summary>Checks how many bytes follow the header.</summary>
    /// <exception cref="DataFormatException">They are fewer or more than it claims.</exception>
    public static void RequireLength(DataFileReader reader, IdxHeader header, long available)
    {
        if (available < header.DataLength)
        {
            throw Truncated(reader, header, available);
        }

        if (available > header.DataLength)
        {
            throw Trailing(reader, header, available.ToString());
        }
    }

    public static DataFormatException Truncated(DataFileReader reader, IdxHeader header, long got) =>
        reader.Problem("The data must be as long as the header claims, and it is truncated. "
            + $"Expected {header.DataLength} bytes after the header ({header}) but got {got}");

    public static DataFormatException Trailing(DataFileReader reader, IdxHeader header, string got) =>
        reader.Problem("Nothing may follow the data that the header claims. "
            + $"Expected {header.DataLength} bytes after the header ({header}) but got {got}");

    private static string Count(int number, string noun) => number == 1 ? $"1 {noun}" : $"{number} {noun}s";
}
