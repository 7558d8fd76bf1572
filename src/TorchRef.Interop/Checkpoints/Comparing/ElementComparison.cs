using System.Numerics;
using System.Runtime.InteropServices;
using TorchRef.Numerics;
using static TorchSharp.torch;

namespace TorchRef.Interop.Checkpoints.Comparing;

/// <summary>How the elements of two tensors of the same shape differ; of complex ones their real and imaginary parts are the elements.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Mismatched">How many differ.</param>
/// <param name="LargestAbsolute">The largest |a − b|; infinity where a NaN or an infinity stands alone.</param>
/// <param name="LargestRelative">The largest |a − b|/|b|; where b is 0 and a isn't, infinity.</param>
/// <param name="LargestUlps">The largest distance in units in the last place; null where the two aren't of the same floating-point type.</param>
public sealed record ElementComparison(long Count, long Mismatched, double LargestAbsolute, double LargestRelative, ulong? LargestUlps)
{
    private const long PieceElements = 1 << 18;

    internal static ElementComparison Of(Tensor a, Tensor b, double? tolerance)
    {
        var total = new ElementComparison(0, 0, 0, 0, a.dtype == b.dtype && HasUlps(a.dtype) ? 0 : null);
        foreach (var (left, right) in Pieces(a, b)) total = total.And(left, right, tolerance);
        return total;
    }

    private static bool HasUlps(ScalarType type) => type is ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float32 or ScalarType.Float64 or ScalarType.ComplexFloat32 or ScalarType.ComplexFloat64;

    /// <summary>Parts of both in the order of their shape, contiguous: a tensor that is expanded is never written out whole.</summary>
    private static IEnumerable<(Tensor A, Tensor B)> Pieces(Tensor a, Tensor b)
    {
        var dimension = Array.FindIndex(a.shape, size => size > 1);
        if (a.numel() <= PieceElements || dimension < 0)
        {
            using var scope = NewDisposeScope();
            yield return (a.contiguous(), b.contiguous()); // the part's shape
            yield break;
        }
        var rows = Math.Max(1, PieceElements / (a.numel() / a.shape[dimension]));
        for (var start = 0L; start < a.shape[dimension]; start += rows)
        {
            using var scope = NewDisposeScope();
            var count = Math.Min(rows, a.shape[dimension] - start);
            foreach (var piece in Pieces(a.narrow(dimension, start, count), b.narrow(dimension, start, count))) yield return piece;
        }
    }

    private ElementComparison And(Tensor a, Tensor b, double? tolerance)
    {
        var left = a.bytes;
        var right = b.bytes;
        var count = a.numel() * (a.is_complex() ? 2 : 1);
        if (a.dtype == b.dtype && left.SequenceEqual(right)) return this with { Count = Count + count };
        var (mismatched, absolute, relative, ulps) = (Mismatched, LargestAbsolute, LargestRelative, LargestUlps);
        for (var at = 0; at < count; at++)
        {
            var (x, y) = (Element(left, a.dtype, at), Element(right, b.dtype, at));
            var same = a.dtype == b.dtype ? SameBits(left, right, (int)(left.Length / count), at) : x.Equals(y);
            if (same) continue;
            if (tolerance is { } t ? !CheckpointComparison.Close(x, y, t) : true) mismatched++;
            if (double.IsNaN(x) && double.IsNaN(y)) continue;
            var distance = Distance(left, right, a.dtype, b.dtype, at, x, y);
            absolute = Math.Max(absolute, distance);
            relative = Math.Max(relative, distance == 0 ? 0 : distance / Math.Abs(y) is var ratio && double.IsNaN(ratio) ? double.PositiveInfinity : ratio);
            if (ulps is { } largest) ulps = Math.Max(largest, Ulps.Between(x, y, Part(a.dtype)));
        }
        return new ElementComparison(Count + count, mismatched, absolute, relative, ulps);
    }

    private static bool SameBits(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, int size, int at) => a.Slice(at * size, size).SequenceEqual(b.Slice(at * size, size));

    private static double Distance(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, ScalarType a, ScalarType b, int at, double x, double y)
    {
        // Of large integers float64 would lose the last digits.
        if (a == ScalarType.Int64 && b == ScalarType.Int64) return (double)BigInteger.Abs((BigInteger)MemoryMarshal.Cast<byte, long>(left)[at] - MemoryMarshal.Cast<byte, long>(right)[at]);
        var distance = Math.Abs(x - y);
        return double.IsNaN(distance) ? double.PositiveInfinity : distance;
    }

    private static ScalarType Part(ScalarType type) => type switch
    {
        ScalarType.ComplexFloat32 => ScalarType.Float32,
        ScalarType.ComplexFloat64 => ScalarType.Float64,
        _ => type,
    };

    private static double Element(ReadOnlySpan<byte> bytes, ScalarType type, int at) => Part(type) switch
    {
        ScalarType.Bool or ScalarType.Byte => bytes[at],
        ScalarType.Int8 => (sbyte)bytes[at],
        ScalarType.Int16 => MemoryMarshal.Cast<byte, short>(bytes)[at],
        ScalarType.Int32 => MemoryMarshal.Cast<byte, int>(bytes)[at],
        ScalarType.Int64 => MemoryMarshal.Cast<byte, long>(bytes)[at],
        ScalarType.Float16 => (double)MemoryMarshal.Cast<byte, Half>(bytes)[at],
        ScalarType.BFloat16 => BitConverter.UInt32BitsToSingle((uint)MemoryMarshal.Cast<byte, ushort>(bytes)[at] << 16),
        ScalarType.Float32 => MemoryMarshal.Cast<byte, float>(bytes)[at],
        ScalarType.Float64 => MemoryMarshal.Cast<byte, double>(bytes)[at],
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };
}
