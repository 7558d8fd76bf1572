using TorchRef.Numerics;
using static TorchSharp.torch;

namespace TorchRef.Layers;

/// <summary>What PyTorch requires of logits and targets, with its texts.</summary>
internal static class CrossEntropyChecks
{
    public static void RequireSettings(double labelSmoothing, double logOffset)
    {
        if (!(labelSmoothing is >= 0 and <= 1))
            throw new ArgumentException($"label_smoothing must be between 0.0 and 1.0. Got: {PythonText.Short(labelSmoothing)}");
        if (!(logOffset >= 0))
            throw new ArgumentException($"the offset inside the logarithm must not be negative: expected at least 0 but got {PythonText.Short(logOffset)}");
    }

    public static void RequireFit(Tensor input, Tensor target, Tensor? weight, long ignoreIndex)
    {
        var (shape, targetShape) = (input.shape, target.shape);
        var named = !shape.SequenceEqual(targetShape);
        if (!named && !target.is_floating_point())
            throw new ArgumentException($"Expected floating point type for target with class probabilities, got {TypeText.Of(target.dtype)}");
        if (!named && ignoreIndex >= 0) throw new ArgumentException("ignore_index is not supported for floating point target");
        if (shape.Length == 0) throw new ArgumentException("Expected 1 or more dimensions (got 0)");
        if (!input.is_floating_point())
            throw new ArgumentException($"\"{(shape.Length <= 2 ? "log_softmax_lastdim_kernel_impl" : "softmax_kernel_impl")}\" not implemented for '{TypeText.Of(input.dtype)}'");
        var classes = shape.Length == 1 ? shape[0] : shape[1];
        if (named) RequireShape(shape, targetShape);
        RequireWeight(input, weight, classes, named);
        if (named) RequireClasses(target, classes, ignoreIndex);
        if (classes == 0) throw new ArgumentException("logits must have a class to choose: expected at least 1 but got 0");
    }

    private static void RequireShape(long[] shape, long[] target)
    {
        if (shape.Length == 1)
        {
            if (target.Length > 0) throw new ArgumentException(target.Length > 1
                ? "0D or 1D target tensor expected, multi-target not supported"
                : $"size mismatch (got input: {Sizes(shape)}, target: {Sizes(target)})");
            return;
        }
        var examples = target.Length == 0 ? 0 : target[0];
        if (shape[0] != examples || target.Length == 0)
            throw new ArgumentException($"Expected input batch_size ({shape[0]}) to match target batch_size ({examples}).");
        if (shape.Length == 2 && target.Length > 1) throw new ArgumentException("0D or 1D target tensor expected, multi-target not supported");
        long[] expected = [shape[0], .. shape[2..]];
        if (!target.SequenceEqual(expected)) throw new ArgumentException($"Expected target size {Sizes(expected)}, got {Sizes(target)}");
    }

    private static void RequireWeight(Tensor input, Tensor? weight, long classes, bool named)
    {
        if (weight is null) return;
        if (weight.dim() != 1 || weight.numel() != classes)
            throw new ArgumentException($"{(named ? "" : "cross_entropy: ")}weight tensor should be defined either for all {classes} classes or no classes but got weight tensor of shape: {Sizes(weight.shape)}");
        if (weight.dtype != input.dtype) throw new ArgumentException($"expected scalar type {TypeText.Of(input.dtype)} but found {TypeText.Of(weight.dtype)}");
    }

    private static void RequireClasses(Tensor target, long classes, long ignoreIndex)
    {
        if (target.dtype is not (ScalarType.Int64 or ScalarType.Byte))
            throw new ArgumentException($"expected scalar type Long but found {TypeText.Of(target.dtype)}");
        using var scope = NewDisposeScope();
        var wide = target.to_type(ScalarType.Int64);                    // [N, …], as below
        var outside = (wide < 0).logical_or(wide >= classes).logical_and(wide != ignoreIndex);
        if (!outside.any().item<bool>()) return;
        throw new ArgumentException($"Target {wide.masked_select(outside)[0].item<long>()} is out of bounds.");
    }

    private static string Sizes(long[] shape) => $"[{string.Join(", ", shape)}]";
}
