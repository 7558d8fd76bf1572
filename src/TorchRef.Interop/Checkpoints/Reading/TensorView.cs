namespace TorchRef.Interop.Checkpoints.Reading;

/// <summary>Whether the view that a tensor is of its storage lies within it.</summary>
internal static class TensorView
{
    /// <summary>Beyond this a tensor isn't made: libtorch has no more, and no state dict as many.</summary>
    public const int MostDimensions = 64;

    /// <summary>The tensor, if it is one.</summary>
    /// <exception cref="InvalidDataException">It reaches out of its storage, or no memory could hold it.</exception>
    public static PickledTensor Checked(PickledTensor tensor)
    {
        var (shape, strides) = (tensor.Shape, tensor.Strides);
        if (shape.Length != strides.Length || shape.Length > MostDimensions) throw Refusal.Of("a tensor must have a stride for each dimension", $"{shape.Length}, up to {MostDimensions}", strides.Length);
        if (tensor.Offset < 0 || shape.Any(size => size < 0) || strides.Any(stride => stride < 0))
            throw Refusal.Of("a tensor's offset, shape and strides must not be negative", "numbers from 0 on", $"{tensor.Offset}, {Text(shape)}, {Text(strides)}");
        var size = TorchNames.SizeOf(tensor.Type);
        if (Elements(shape) is var elements && elements > (UInt128)(long.MaxValue / size)) throw Refusal.Of("a tensor must be one that memory can hold", "below 2^63 bytes", $"shape {Text(shape)}");
        var available = tensor.Storage.Type is null ? tensor.Storage.Count / size : tensor.Storage.Count;
        if (Reach(tensor) is var reach && reach > (UInt128)available)
            throw Refusal.Of($"a tensor must lie in its storage {Refusal.Quote(tensor.Storage.Key)}", $"at most {available} elements", $"one that reaches to {reach} (offset {tensor.Offset}, shape {Text(shape)}, strides {Text(strides)})");
        return tensor;
    }

    public static long CountOf(PickledTensor tensor) => (long)Elements(tensor.Shape);

    public static UInt128 Elements(long[] shape)
    {
        var elements = (UInt128)1;
        foreach (var size in shape)
            if (size > 0 && (elements *= (UInt128)size) > long.MaxValue) return UInt128.MaxValue;
        return shape.Contains(0) && elements <= long.MaxValue ? 0 : elements;
    }

    /// <summary>One past the place of its last element.</summary>
    private static UInt128 Reach(PickledTensor tensor)
    {
        if (tensor.Shape.Contains(0)) return (UInt128)tensor.Offset;
        var last = (UInt128)tensor.Offset;
        for (var d = 0; d < tensor.Shape.Length; d++)
        {
            var step = (UInt128)(tensor.Shape[d] - 1) * (UInt128)tensor.Strides[d];
            if (step > long.MaxValue) return UInt128.MaxValue;
            last += step;
        }
        return last + 1;
    }

    public static string Text(long[] numbers) => $"[{string.Join(", ", numbers.Take(8))}{(numbers.Length > 8 ? ", …" : "")}]";
}
