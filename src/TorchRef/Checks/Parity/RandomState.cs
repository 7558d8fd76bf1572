using static TorchSharp.torch;

namespace TorchRef.Checks.Parity;

/// <summary>Replaces state that hides mistakes: a scale of ones, an offset of zeros, running statistics that nothing has moved yet.</summary>
internal static class RandomState
{
    /// <summary>Draws new values for every parameter and floating-point buffer of the reference that is all one number.</summary>
    public static void Set(ParityBench bench, long seed)
    {
        var buffers = bench.Reference.Module.named_buffers().Select(pair => pair.name).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, value) in bench.Initial.ToList())
            if (IsConstant(value)) bench.Initial[name] = Draw(value, buffers.Contains(name), seed += 101);
    }

    /// <summary>Floating-point numbers that are all the same.</summary>
    public static bool IsConstant(Tensor value) => value.is_floating_point() && value.numel() > 0 && value.eq(value.flatten()[0]).all().item<bool>();

    private static Tensor Draw(Tensor value, bool buffer, long seed)
    {
        var normal = ParityBench.Normal(value.shape, seed).to(value.device); // the value's shape
        var first = value.flatten()[0].item<double>();
        // A positive buffer may be a variance, which must stay positive; a scale near 0 would hide what it multiplies.
        if (first > 0) return buffer ? value * (normal * 0.4).exp() : value * (1 + 0.6 * normal.tanh());
        return first < 0 ? value * (1 + 0.6 * normal.tanh()) : normal * 0.7;
    }
}
