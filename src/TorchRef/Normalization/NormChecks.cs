using TorchRef.Numerics;
using static TorchSharp.torch;

namespace TorchRef.Normalization;

/// <summary>What layer and group normalisation require of element types, with PyTorch's texts.</summary>
internal static class NormChecks
{
    /// <summary>The input has to be a floating-point one, and γ and β of its type; float32 ones serve low-precision input too.</summary>
    public static void RequireTypes(Tensor input, string kernel, params Tensor?[] state)
    {
        if (!input.is_floating_point()) throw new ArgumentException($"\"{kernel}\" not implemented for '{TypeText.Of(input.dtype)}'");
        foreach (var tensor in state.OfType<Tensor>())
        {
            var serves = tensor.dtype == ScalarType.Float32 && input.dtype is (ScalarType.Float16 or ScalarType.BFloat16);
            if (tensor.dtype != input.dtype && !serves)
                throw new ArgumentException($"expected scalar type {TypeText.Of(input.dtype)} but found {TypeText.Of(tensor.dtype)}");
        }
    }

    /// <summary>Sizes as [2, 3], the way libtorch prints them.</summary>
    public static string Sizes(long[] shape) => $"[{string.Join(", ", shape)}]";
}
