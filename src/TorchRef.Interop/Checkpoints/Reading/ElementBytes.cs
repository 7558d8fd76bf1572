using static TorchSharp.torch;

namespace TorchRef.Interop.Checkpoints.Reading;

/// <summary>Reads a vector's elements from a file, a piece at a time.</summary>
internal static class ElementBytes
{
    private const int PieceElements = 1 << 20;

    public delegate void Source(Span<byte> bytes);

    /// <param name="elements">A vector on the CPU.</param>
    /// <param name="type">Its element type.</param>
    /// <param name="bigEndian">Whether the source has the highest byte first.</param>
    /// <param name="source">Gives the bytes, in order.</param>
    /// <param name="what">What is read, for what is said of it.</param>
    public static void Fill(Tensor elements, ScalarType type, bool bigEndian, Source source, string what)
    {
        var count = elements.numel();
        for (var start = 0L; start < count; start += PieceElements)
        {
            using var piece = elements.narrow(0, start, Math.Min(PieceElements, count - start)); // [piece]
            var bytes = piece.bytes;
            source(bytes);
            if (bigEndian) Reverse(bytes, Part(type));
            // Any other value is none that C++ could make sense of.
            if (type == ScalarType.Bool && bytes.IndexOfAnyExcept((byte)0, (byte)1) is >= 0 and var at) throw Refusal.Of($"truth values of {what} must be truth values", "0 or 1", bytes[at]);
        }
    }

    /// <summary>Bytes of what has an order of bytes: a complex number is two of these.</summary>
    private static int Part(ScalarType type) => type is ScalarType.ComplexFloat32 or ScalarType.ComplexFloat64 ? TorchNames.SizeOf(type) / 2 : TorchNames.SizeOf(type);

    private static void Reverse(Span<byte> bytes, int size)
    {
        if (size == 1) return;
        for (var at = 0; at < bytes.Length; at += size) bytes.Slice(at, size).Reverse();
    }
}
