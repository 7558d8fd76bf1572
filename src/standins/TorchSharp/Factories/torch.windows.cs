using TorchSharp.Engine;

namespace TorchSharp;

public static partial class torch
{
    // Windows to weight a signal with.
    public static Tensor bartlett_window(long len, bool periodic = true, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Window("bartlett_window.periodic", dtype, device, requires_grad, len, periodic);

    public static Tensor blackman_window(long len, bool periodic = true, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Window("blackman_window.periodic", dtype, device, requires_grad, len, periodic);

    public static Tensor hamming_window(long len, bool periodic = true, float alpha = 0.54f, float beta = 0.46f, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Window("hamming_window.periodic_alpha_beta", dtype, device, requires_grad, len, periodic, alpha, beta);

    public static Tensor hann_window(long len, bool periodic = true, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Window("hann_window.periodic", dtype, device, requires_grad, len, periodic);

    public static Tensor kaiser_window(long len, bool periodic = true, float beta = 12, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Window("kaiser_window.beta", dtype, device, requires_grad, len, periodic, beta);

    private static Tensor Window(string op, ScalarType? dtype, Device? device, bool requires_grad, params ReadOnlySpan<Arg> shape)
    {
        if (dtype is { } type && !is_floating_point(type))
            throw new ArgumentException($"a window must be real: expected a floating-point type but got {type}", nameof(dtype));
        return Finish(Op.Run(op, [.. shape, dtype, Arg.None, device ?? get_default_device()]), requires_grad);
    }
}
