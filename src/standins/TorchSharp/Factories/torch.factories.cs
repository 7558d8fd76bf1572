using System.Numerics;
using System.Runtime.InteropServices;
using TorchSharp.Engine;
using static TorchSharp.Engine.Op;

namespace TorchSharp;

public static partial class torch
{
    // What the factories share. An element type that isn't given is left to libtorch, which infers it as PyTorch does.
    private static Tensor Sized(string op, long[] size, ScalarType? dtype, Device? device, bool requires_grad, string[]? names) =>
        Finish(Run(op, size, dtype, Arg.None, device ?? get_default_device()), requires_grad, names);

    private static Tensor Filled(long[] size, Scalar value, ScalarType? dtype, Device? device, bool requires_grad, string[]? names) =>
        Finish(Run("full", size, value, dtype, Arg.None, device ?? get_default_device()), requires_grad, names);

    private static Tensor Random(string op, long[] size, ScalarType? dtype, Device? device, bool requires_grad, Generator? generator, string[]? names)
    {
        if (dtype is { } type && is_integral(type))
            throw new ArgumentException($"samples of a continuous distribution must be real or complex: expected such a dtype but got {type}", nameof(dtype));
        return Finish(Run(op, size, generator, dtype, Arg.None, device ?? get_default_device()), requires_grad, names);
    }

    private static Tensor Integers(long low, long high, long[] size, ScalarType? dtype, Device? device, bool requires_grad, Generator? generator, string[]? names)
    {
        var type = dtype ?? ScalarType.Int64;
        if (!is_complex(type))
            return Finish(Run("randint.low_generator", low, high, size, generator, type, Arg.None, device ?? get_default_device()), requires_grad, names);
        // libtorch has no complex randint: real and imaginary parts are drawn side by side.
        var part = type == ScalarType.ComplexFloat32 ? ScalarType.Float32 : ScalarType.Float64;
        using var parts = Run("randint.low_generator", low, high, (long[])[.. size, 2], generator, part, Arg.None, device ?? get_default_device());
        return Finish(Run("view_as_complex", parts), requires_grad, names);
    }

    private static Tensor OfScalar(Scalar value, ScalarType dtype, Device? device, bool requires_grad) =>
        Finish(Run("scalar_tensor", value, dtype, Arg.None, device ?? get_default_device()), requires_grad);

    private static Tensor OfScalar(Complex value, ScalarType dtype, Device? device, bool requires_grad) =>
        OfScalar((Scalar)value, dtype, device, requires_grad);

    /// <summary>A tensor with memory of its own, filled from .NET memory.</summary>
    private static unsafe Tensor Copied<T>(ReadOnlySpan<T> elements, ReadOnlySpan<long> dimensions, ScalarType? dtype, Device? device, bool requires_grad, string[]? names) where T : unmanaged
    {
        var count = CountOf(dimensions, elements.Length);
        var copy = Run("empty.memory_format", dimensions.ToArray(), TypeOf(typeof(T)), Arg.None, CPU);
        elements[..count].CopyTo(new Span<T>((void*)copy.Meta.Data, count));
        return Finish(Converted(copy, dtype, device), requires_grad, names);
    }

    /// <summary>The same for an array of whatever type and rank.</summary>
    internal static unsafe Tensor CopiedArray(Array elements, ReadOnlySpan<long> dimensions, ScalarType? dtype, Device? device, bool requires_grad, string[]? names)
    {
        var type = TypeOf(elements.GetType().GetElementType()!);
        var bytes = (long)CountOf(dimensions, elements.LongLength) * type.ElementSize();
        var copy = Run("empty.memory_format", dimensions.ToArray(), type, Arg.None, CPU);
        fixed (byte* first = &MemoryMarshal.GetArrayDataReference(elements))
            Buffer.MemoryCopy(first, (void*)copy.Meta.Data, bytes, bytes);
        return Finish(Converted(copy, dtype, device), requires_grad, names);
    }

    /// <summary>The tensor in the wanted type and place; the given one is disposed where that makes another.</summary>
    private static Tensor Converted(Tensor tensor, ScalarType? dtype, Device? device)
    {
        device ??= get_default_device();
        var type = dtype ?? tensor.dtype;
        return type == tensor.dtype && device.type == DeviceType.CPU ? tensor : tensor.to(type, device, disposeAfter: true);
    }

    private static Tensor Finish(Tensor tensor, bool requires_grad, string[]? names = null)
    {
        if (requires_grad) tensor.requires_grad = true;
        return Named(tensor, names);
    }

    private static Tensor Named(Tensor tensor, string[]? names) => names is not { Length: > 0 } ? tensor
        : throw new NotSupportedException($"dimensions have no names on this engine: expected none but got {string.Join(", ", names)}");

    private static long[] ShapeOf(Array array)
    {
        var shape = new long[array.Rank];
        for (var d = 0; d < shape.Length; d++) shape[d] = array.GetLongLength(d);
        return shape;
    }

    private static int CountOf(ReadOnlySpan<long> dimensions, long available)
    {
        var count = 1L;
        foreach (var size in dimensions) count *= size;
        return count <= available ? checked((int)count)
            : throw new ArgumentException($"an array must fill its tensor: expected {count} elements for [{string.Join(", ", dimensions.ToArray())}] but got {available}");
    }

    private static ScalarType TypeOf(Type type) => type switch
    {
        _ when type == typeof(bool) => ScalarType.Bool,
        _ when type == typeof(byte) => ScalarType.Byte,
        _ when type == typeof(sbyte) => ScalarType.Int8,
        _ when type == typeof(short) => ScalarType.Int16,
        _ when type == typeof(int) => ScalarType.Int32,
        _ when type == typeof(long) => ScalarType.Int64,
        _ when type == typeof(Half) => ScalarType.Float16,
        _ when type == typeof(float) => ScalarType.Float32,
        _ when type == typeof(double) => ScalarType.Float64,
        _ when type == typeof((float, float)) => ScalarType.ComplexFloat32,
        _ when type == typeof(Complex) => ScalarType.ComplexFloat64,
        _ => throw new NotSupportedException($"elements must be numbers or truth values: expected one of libtorch's types but got {type}"),
    };
}
