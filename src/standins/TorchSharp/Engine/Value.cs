using System.Runtime.InteropServices;

namespace TorchSharp.Engine;

internal enum Tag
{
    None, Tensor, Int, Double, Bool, Complex, Ints, Doubles, Bools, Tensors, String, Device, Generator,
}

/// <summary>One argument or result of an operator, laid out as the shim expects it: 24 bytes.</summary>
[StructLayout(LayoutKind.Explicit, Size = 24)]
internal unsafe struct Value
{
    [FieldOffset(0)] public Tag Tag;

    /// <summary>Number of items of a list; the type of a device.</summary>
    [FieldOffset(4)] public int Count;

    [FieldOffset(8)] public long Integer;
    [FieldOffset(8)] public double Real;
    [FieldOffset(8)] public IntPtr Pointer;

    [FieldOffset(16)] public double Imaginary;

    /// <summary>For a tensor that came back: bytes of storage that nothing else holds.</summary>
    [FieldOffset(16)] public long Bytes;
}
