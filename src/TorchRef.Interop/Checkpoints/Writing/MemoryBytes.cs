using System.IO.Hashing;
using static TorchSharp.torch;

namespace TorchRef.Interop.Checkpoints.Writing;

/// <summary>The bytes of stored memory, a piece at a time.</summary>
internal static class MemoryBytes
{
    private const int PieceElements = 1 << 20;

    public static uint Crc(Tensor elements)
    {
        var crc = new Crc32();
        foreach (var piece in Pieces(elements)) crc.Append(piece.bytes);
        return crc.GetCurrentHashAsUInt32();
    }

    public static void Write(Stream stream, Tensor elements)
    {
        foreach (var piece in Pieces(elements)) stream.Write(piece.bytes);
    }

    private static IEnumerable<Tensor> Pieces(Tensor elements)
    {
        var count = elements.numel();
        for (var start = 0L; start < count; start += PieceElements)
        {
            using var piece = elements.narrow(0, start, Math.Min(PieceElements, count - start)); // [piece]
            yield return piece;
        }
    }
}
