using TorchSharp.Engine;
using static TorchSharp.Engine.Op;

namespace TorchSharp;

public static partial class torch
{
    // Tensors whose elements follow a rule.
    public static Tensor arange(Scalar start, Scalar stop, Scalar step, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        if (dtype is not { } type || !is_complex(type))
            return Finish(Run("arange.start_step", start, stop, step, dtype, Arg.None, device ?? get_default_device()), requires_grad);
        // libtorch has no complex range: the numbers of a real one get an imaginary part of zero.
        var part = type == ScalarType.ComplexFloat32 ? ScalarType.Float32 : ScalarType.Float64;
        return Finish(arange(start, stop, step, part, device).to(type, disposeAfter: true), requires_grad);
    }

    public static Tensor arange(Scalar start, Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(start, stop, 1, dtype, device, requires_grad);

    public static Tensor arange(Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(0, stop, 1, dtype, device, requires_grad);

    public static Tensor linspace(double start, double end, long steps, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Finish(Run("linspace", start, end, steps, dtype, Arg.None, device ?? get_default_device()), requires_grad);

    public static Tensor logspace(double start, double end, long steps, double @base = 10, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Finish(Run("logspace", start, end, steps, @base, dtype, Arg.None, device ?? get_default_device()), requires_grad);

    /// <summary>Ones on the diagonal. Without <paramref name="columns"/>, as many columns as rows.</summary>
    public static Tensor eye(long rows, long columns = -1, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Finish(Run("eye.m", rows, columns == -1 ? rows : columns, dtype, Arg.None, device ?? get_default_device()), requires_grad, names);

    public static Tensor randperm(long n, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        Finish(Run("randperm.generator", n, generator, dtype ?? ScalarType.Int64, Arg.None, device ?? get_default_device()), requires_grad);

    public static Tensor randperm(long n, Tensor @out, Generator? generator = null) => Run("randperm.generator_out", n, generator, @out);

    public static Tensor tril_indices(long row, long col, long offset = 0, ScalarType dtype = ScalarType.Int64, Device? device = null) =>
        Run("tril_indices", row, col, offset, dtype, Arg.None, device ?? get_default_device());

    public static Tensor triu_indices(long row, long col, long offset = 0, ScalarType dtype = ScalarType.Int64, Device? device = null) =>
        Run("triu_indices", row, col, offset, dtype, Arg.None, device ?? get_default_device());

    /// <summary>A tensor over a file's bytes.</summary>
    public static Tensor from_file(string filename, bool? shared = null, long? size = 0, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Finish(Run("from_file", filename, shared, size, dtype, Arg.None, device ?? get_default_device()), requires_grad);

    /// <summary>A sparse tensor: zero but for <paramref name="values"/> at <paramref name="indices"/>, a column for each.</summary>
    public static Tensor sparse_coo_tensor(Tensor indices, Tensor values, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Finish(Run("sparse_coo_tensor.indices_size", indices, values, size, dtype ?? values.dtype, Arg.None, device ?? get_default_device()), requires_grad, names);

    public static Tensor complex(Tensor real, Tensor imag) => Run("complex", real, imag);

    public static Tensor polar(Tensor abs, Tensor angle) => Run("polar", abs, angle);

    public static Tensor normal(double mean, double std, ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        Finish(Run("normal.float_float", mean, std, size.ToArray(), generator, dtype, Arg.None, device ?? get_default_device()), requires_grad, names);

    public static Tensor normal(Tensor mean, Tensor std, Generator? generator = null) => Run("normal.Tensor_Tensor", mean, std, generator);
}
