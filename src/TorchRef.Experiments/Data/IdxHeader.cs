using System.Buffers.Binary;

namespace TorchRef.Experiments.Data;

/// <summary>What the first bytes of an IDX file claim: the type of its elements and the extents of its dimensions.</summary>
/// <remarks>
/// Layout: two zero bytes, one byte for the element type, one byte for the number of dimensions (1 to 255), then each
/// dimension as a big-endian signed 32-bit integer, outermost first. The header is only a claim;
/// <see cref="IdxFile.ReadBytes"/> holds it against the data.
/// </remarks>
public sealed class IdxHeader
{
    private const int PrefixLength = 4;
    private readonly int[] _dimensions;

    private IdxHeader(IdxElementType elementType, int[] dimensions, long dataLength)
    {
        ElementType = elementType;
        _dimensions = dimensions;
        DataLength = dataLength;
    }

    /// <summary>The type of the elements.</summary>
    public IdxElementType ElementType { get; }

    /// <summary>The extents, outermost first; at least one of them, each at least 1.</summary>
    public IReadOnlyList<int> Dimensions => _dimensions;

    /// <summary>How many bytes of data must follow the header.</summary>
    public long DataLength { get; }

    /// <summary>How many bytes the header itself takes.</summary>
    public int HeaderLength => PrefixLength + sizeof(int) * _dimensions.Length;

    /// <summary>The type and the extents, for example <c>UInt8 60000x28x28</c>.</summary>
    /// <returns>One line.</returns>
    public override string ToString() => $"{ElementType} {string.Join('x', _dimensions)}";

    internal static IdxHeader Parse(DataFileReader reader)
    {
        Span<byte> prefix = stackalloc byte[PrefixLength];
        Require(reader, prefix, "An IDX file starts with a header of 4 bytes and 4 more for each dimension.");
        if (prefix[0] != 0 || prefix[1] != 0)
        {
            throw reader.Problem("An IDX file starts with two zero bytes. "
                + $"Expected 00 00 but got {prefix[0]:X2} {prefix[1]:X2}");
        }

        var elementType = (IdxElementType)prefix[2];
        int elementSize = SizeOf(elementType);
        if (elementSize == 0)
        {
            throw reader.Problem("The third byte of an IDX file names the type of its elements. "
                + $"Expected 08, 09, 0B, 0C, 0D or 0E but got {prefix[2]:X2}");
        }

        int rank = prefix[3];
        if (rank == 0)
        {
            throw reader.Problem("An IDX file has at least one dimension. Expected 1 to 255 but got 0");
        }

        Span<byte> extents = stackalloc byte[sizeof(int) * rank];
        Require(reader, extents, $"An IDX header with {rank} dimensions goes on for {extents.Length} bytes.");
        var dimensions = new int[rank];
        long length = elementSize;
        for (int axis = 0; axis < rank; axis++)
        {
            int extent = BinaryPrimitives.ReadInt32BigEndian(extents[(sizeof(int) * axis)..]);
            if (extent <= 0)
            {
                throw reader.Problem("Every dimension of an IDX file is positive. "
                    + $"Expected at least 1 for dimension {axis} but got {extent}");
            }

            // Every extent is below 2^31, so a product that passes this check once can't wrap around unseen.
            if (length > long.MaxValue / extent)
            {
                throw reader.Problem("The dimensions of an IDX file multiply to a size that can exist. "
                    + $"Expected at most {long.MaxValue} bytes but got more by dimension {axis}");
            }

            length *= extent;
            dimensions[axis] = extent;
        }

        return new IdxHeader(elementType, dimensions, length);
    }

    private static void Require(DataFileReader reader, Span<byte> target, string rule)
    {
        int got = reader.Fill(target);
        if (got < target.Length)
        {
            throw reader.Problem($"{rule} Expected {target.Length} bytes but got {got}");
        }
    }

    private static int SizeOf(IdxElementType elementType) => elementType switch
    {
        IdxElementType.UInt8 or IdxElementType.Int8 => 1,
        IdxElementType.Int16 => 2,
        IdxElementType.Int32 or IdxElementType.Float32 => 4,
        IdxElementType.Float64 => 8,
        _ => 0,
    };
}
