using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp.Engine;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A tensor over the array's own memory: writing to one writes to the other, as long as neither type nor device changes.</summary>
    public static Tensor from_array(Array rawArray, Device? device = null) => from_array(rawArray, null, device);

    /// <summary>A tensor over the array's own memory: writing to one writes to the other, as long as neither type nor device changes.</summary>
    public static Tensor from_array(Array rawArray, ScalarType? dtype, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        var type = TypeOf(rawArray.GetType().GetElementType()!);
        // The runtime doesn't pin arrays of tuples.
        if (type == ScalarType.ComplexFloat32) return CopiedArray(rawArray, ShapeOf(rawArray), dtype, device, requires_grad, names);
        return Finish(Converted(Over(rawArray, 0, ShapeOf(rawArray), type), dtype, device), requires_grad, names);
    }

    /// <summary>A tensor of one dimension over a part of the array's own memory, counted in elements of the array.</summary>
    public static Tensor frombuffer(Array rawArray, ScalarType dtype, long count = -1, long offset = 0, bool requires_grad = false)
    {
        var length = rawArray.LongLength;
        if (offset < 0 || offset >= length)
            throw new ArgumentException($"a buffer must be read from within: expected an offset from 0 to {length - 1} but got {offset}", nameof(offset));
        if (count < 0) count = length - offset;
        if (count > length - offset)
            throw new IndexOutOfRangeException($"a buffer must be read from within: expected at most {length - offset} elements from {offset} on but got {count}");
        var type = TypeOf(rawArray.GetType().GetElementType()!);
        if (type == ScalarType.ComplexFloat32)
            throw new NotSupportedException("a buffer must be memory that can be pinned: expected an array of numbers but got one of tuples");
        return Finish(Converted(Over(rawArray, offset, [count], type), dtype, CPU), requires_grad);
    }

    private static unsafe Tensor Over(Array array, long offset, long[] shape, ScalarType type)
    {
        if (array.LongLength == 0) return Sized("empty.memory_format", shape, type, CPU, false, null);
        var pinned = GCHandle.Alloc(array, GCHandleType.Pinned);
        var start = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(array)) + offset * type.ElementSize();
        fixed (long* sizes = shape)
        {
            var handle = Shim.torchref_from_memory(start, sizes, shape.Length, (int)type, &Unpin, GCHandle.ToIntPtr(pinned));
            if (handle != IntPtr.Zero) return new Tensor(handle);
        }
        pinned.Free();
        throw Shim.Error();
    }

    /// <summary>Called by libtorch, on any thread, when the last tensor over the memory is gone.</summary>
    [UnmanagedCallersOnly]
    private static void Unpin(IntPtr pinned) => GCHandle.FromIntPtr(pinned).Free();
}
