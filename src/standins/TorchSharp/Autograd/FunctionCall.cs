using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using TorchSharp.Engine;

namespace TorchSharp;

public static partial class torch
{
    public static partial class autograd
    {
        /// <summary>
        /// One application of a custom function: called back by libtorch for forward, later for backward, and freed when
        /// libtorch drops the graph's node, on whichever thread that happens.
        /// </summary>
        private sealed unsafe class FunctionCall(string name, Func<AutogradContext, object[], List<Tensor>> forward, Func<AutogradContext, List<Tensor>, List<Tensor?>> backward, bool[] isTensor)
        {
            private const int MostOutputs = 64;
            private readonly Dictionary<string, object> _data = [];
            private object[]? _arguments;
            private ExceptionDispatchInfo? _thrown;

            static FunctionCall() => Shim.torchref_set_callbacks(&Forward, &Backward, &Free);

            public static List<Tensor> Apply(string name, Func<AutogradContext, object[], List<Tensor>> forward, Func<AutogradContext, List<Tensor>, List<Tensor?>> backward, object[] vars)
            {
                var isTensor = new bool[vars.Length];
                var inputs = stackalloc IntPtr[vars.Length];
                var tensors = 0;
                for (var i = 0; i < vars.Length; i++)
                    if (isTensor[i] = vars[i] is Tensor { IsInvalid: false }) inputs[tensors++] = ((Tensor)vars[i]).Handle;
                var call = new FunctionCall(name, forward, backward, isTensor) { _arguments = vars };
                var outputs = stackalloc IntPtr[MostOutputs];
                var count = Shim.torchref_apply(GCHandle.ToIntPtr(GCHandle.Alloc(call)), inputs, tensors, outputs, MostOutputs);
                GC.KeepAlive(vars);
                call._arguments = null;                        // the graph must not hold them
                call._thrown?.Throw();
                Shim.Check(count);
                var results = new List<Tensor>((int)count);
                for (var i = 0; i < count; i++) results.Add(new Tensor(outputs[i]));
                return results;
            }

            [UnmanagedCallersOnly]
            private static long Forward(IntPtr state, IntPtr native, IntPtr* inputs, long count, IntPtr* outputs, long capacity)
            {
                var call = (FunctionCall)GCHandle.FromIntPtr(state).Target!;
                try
                {
                    using var context = new AutogradContext(native, call._data);
                    return call.Give(call.RunForward(context), outputs, capacity, "forward");
                }
                catch (Exception exception)
                {
                    call._thrown = ExceptionDispatchInfo.Capture(exception);
                    Shim.torchref_set_error($"{call.Named("forward")}: {exception.Message}");
                    return -1;
                }
            }

            [UnmanagedCallersOnly]
            private static long Backward(IntPtr state, IntPtr native, IntPtr* inputs, long count, IntPtr* outputs, long capacity)
            {
                var call = (FunctionCall)GCHandle.FromIntPtr(state).Target!;
                try
                {
                    var gradients = new List<Tensor>((int)count);
                    for (var i = 0; i < count; i++) gradients.Add(new Tensor(inputs[i]));
                    using var context = new AutogradContext(native, call._data);
                    return call.Give(call.OfTensors(call.RunBackward(context, gradients)), outputs, capacity, "backward");
                }
                catch (Exception exception)
                {
                    t_thrown = ExceptionDispatchInfo.Capture(exception);
                    Shim.torchref_set_error($"{call.Named("backward")}: {exception.Message}");
                    return -1;
                }
            }

            [UnmanagedCallersOnly]
            private static void Free(IntPtr state) => GCHandle.FromIntPtr(state).Free();

            private string Named(string part) => $"{name}.{part}";

            private List<Tensor> RunForward(AutogradContext context) => forward(context, _arguments!);

            private List<Tensor?> RunBackward(AutogradContext context, List<Tensor> gradients) => backward(context, gradients);

            /// <summary>The gradients that belong to tensors; libtorch doesn't know of the other arguments.</summary>
            private List<Tensor?> OfTensors(List<Tensor?> gradients)
            {
                while (gradients.Count > isTensor.Length && gradients[^1] is null or { IsInvalid: true }) gradients = gradients[..^1];
                if (gradients.Count != isTensor.Length)
                    throw new InvalidOperationException($"{Named("backward")} must return one gradient for each argument of forward: expected {isTensor.Length} but got {gradients.Count}");
                for (var i = 0; i < isTensor.Length; i++)
                    if (!isTensor[i] && gradients[i] is { IsInvalid: false })
                        throw new InvalidOperationException($"{Named("backward")} must return null for an argument that isn't a tensor: expected null at position {i} but got a gradient");
                var own = new List<Tensor?>(isTensor.Length);
                for (var i = 0; i < isTensor.Length; i++)
                    if (isTensor[i]) own.Add(gradients[i]);
                return own;
            }

            /// <summary>Hands tensors to libtorch, each with a reference of its own.</summary>
            private long Give<T>(List<T> tensors, IntPtr* outputs, long capacity, string part) where T : Tensor?
            {
                if (tensors.Count > capacity) throw new InvalidOperationException($"{Named(part)} may return at most {capacity} tensors but got {tensors.Count}");
                for (var i = 0; i < tensors.Count; i++)
                    outputs[i] = tensors[i] is null ? IntPtr.Zero
                        : tensors[i] is { IsInvalid: true } ? throw new InvalidOperationException($"{Named(part)} must return live tensors: expected one at position {i} but got a disposed one (a dispose scope inside?)")
                        : Shim.torchref_retain(tensors[i]!.Handle);
                GC.KeepAlive(tensors);
                return tensors.Count;
            }
        }
    }
}
