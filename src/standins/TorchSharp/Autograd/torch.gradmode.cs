using TorchSharp.Engine;

namespace TorchSharp;

public static partial class torch
{
    public static bool is_grad_enabled() => Shim.torchref_mode(0) != 0;

    public static bool is_inference_mode_enabled() => Shim.torchref_mode(1) != 0;

    /// <summary>No graph is recorded until the result is disposed. The mode belongs to the thread: don't await inside.</summary>
    public static IDisposable no_grad() => new GradMode(false);

    public static IDisposable enable_grad(bool enabled = true) => new GradMode(enabled);

    public static IDisposable set_grad_enabled(bool mode = true) => new GradMode(mode);

    /// <summary>Like <see cref="no_grad"/>, and the results can't enter a graph later.</summary>
    public static IDisposable inference_mode(bool mode = true) => new InferenceMode(mode);

    private sealed class GradMode : IDisposable
    {
        private readonly int _before;

        public GradMode(bool enabled)
        {
            _before = Shim.torchref_mode(0);
            Shim.torchref_set_grad_mode(enabled ? 1 : 0);
        }

        public void Dispose() => Shim.torchref_set_grad_mode(_before);
    }

    private sealed class InferenceMode(bool enabled) : IDisposable
    {
        private IntPtr _guard = Shim.torchref_inference_begin(enabled ? 1 : 0);

        public void Dispose()
        {
            if (_guard != IntPtr.Zero) Shim.torchref_inference_end(_guard);
            _guard = IntPtr.Zero;
        }
    }
}
