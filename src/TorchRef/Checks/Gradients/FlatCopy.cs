using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchRef.Checks.Gradients;

/// <summary>Moves numbers between tensors of any layout, device and floating type, and flat vectors of float64.</summary>
internal static class FlatCopy
{
    /// <summary>The elements in row-major order, real and imaginary parts next to each other.</summary>
    public static void Out(Tensor tensor, Span<double> target)
    {
        if (target.Length == 0) return;
        var real = AsReal(tensor.detach());
        if (real.dtype != ScalarType.Float64) real = real.to_type(ScalarType.Float64);
        if (real.device_type != TorchSharp.DeviceType.CPU) real = real.cpu();
        MemoryMarshal.Cast<byte, double>(real.contiguous().bytes).CopyTo(target);
    }

    /// <summary>Overwrites the elements, past autograd's eyes: no version counter is raised.</summary>
    public static void In(ReadOnlySpan<double> source, Tensor tensor)
    {
        if (source.Length == 0) return;
        var real = AsReal(tensor.detach());
        if (real.dtype == ScalarType.Float64 && real.device_type == TorchSharp.DeviceType.CPU && real.is_contiguous())
        {
            source.CopyTo(MemoryMarshal.Cast<byte, double>(real.bytes));
            return;
        }
        var staged = empty(real.shape, ScalarType.Float64);
        source.CopyTo(MemoryMarshal.Cast<byte, double>(staged.bytes));
        using var noGraph = no_grad();
        real.copy_(staged);
    }

    private static Tensor AsReal(Tensor tensor) => tensor.is_complex() ? view_as_real(tensor.resolve_conj()) : tensor;
}
