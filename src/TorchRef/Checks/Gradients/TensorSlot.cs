using static TorchSharp.torch;

namespace TorchRef.Checks.Gradients;

/// <summary>A tensor's place in a flat vector of real numbers; a complex element takes two of them, real and imaginary part.</summary>
internal sealed record TensorSlot(string Name, long[] Shape, bool IsComplex, int Offset, int Count)
{
    public static TensorSlot Of(string name, Tensor tensor, int offset)
    {
        var complex = tensor.is_complex();
        return new TensorSlot(name, tensor.shape, complex, offset, checked((int)tensor.numel() * (complex ? 2 : 1)));
    }

    public int End => Offset + Count;

    /// <summary>The index of an element from its place in the slot.</summary>
    public long[] IndexOf(int local)
    {
        var rest = (long)(IsComplex ? local / 2 : local);
        var index = new long[Shape.Length];
        for (var d = Shape.Length - 1; d >= 0; d--) (rest, index[d]) = (rest / Shape[d], rest % Shape[d]);
        return index;
    }

    /// <summary>Which part of a complex element a place stands for, or null.</summary>
    public string? PartOf(int local) => !IsComplex ? null : local % 2 == 0 ? "real" : "imaginary";
}
