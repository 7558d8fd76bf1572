using TorchSharp.Engine;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Derivatives from recorded graphs, and functions with a derivative of their own.</summary>
    public static partial class autograd
    {
        /// <summary>The exception that a managed backward threw on this thread, on its way through libtorch.</summary>
        [ThreadStatic] private static System.Runtime.ExceptionServices.ExceptionDispatchInfo? t_thrown;

        /// <summary>Adds the gradients of <paramref name="tensors"/> to the leaves' <c>grad</c>.</summary>
        public static unsafe void backward(IList<Tensor> tensors, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null)
        {
            IntPtr[] roots = Handles(tensors), gradients = Handles(grad_tensors), leaves = Handles(inputs);
            fixed (IntPtr* r = roots, g = gradients, l = leaves)
                Check(Shim.torchref_backward(r, roots.Length, g, gradients.Length, (retain_graph ?? create_graph) ? 1 : 0, create_graph ? 1 : 0, l, leaves.Length));
            GC.KeepAlive((tensors, grad_tensors, inputs));
        }

        public static void backward(Tensor tensor, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null) =>
            backward([tensor], grad_tensors, retain_graph, create_graph, inputs);

        public static void backward(Tensor tensor, Tensor grad_tensor, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null) =>
            backward([tensor], [grad_tensor], retain_graph, create_graph, inputs);

        /// <summary>The gradients of <paramref name="outputs"/> with respect to <paramref name="inputs"/>.</summary>
        /// <param name="outputs">What is differentiated.</param>
        /// <param name="inputs">What it is differentiated with respect to.</param>
        /// <param name="grad_outputs">What the outputs are weighted with; null where every output is a scalar.</param>
        /// <param name="retain_graph">Whether the graph can be used again. It doesn't follow <paramref name="create_graph"/>.</param>
        /// <param name="create_graph">Whether the gradients can be differentiated again.</param>
        /// <param name="allow_unused">Whether an input that the outputs don't depend on is allowed; its gradient is an invalid tensor.</param>
        public static unsafe IList<Tensor> grad(IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null, bool retain_graph = false, bool create_graph = false, bool allow_unused = false)
        {
            IntPtr[] roots = Handles(outputs), leaves = Handles(inputs), gradients = Handles(grad_outputs), results = new IntPtr[leaves.Length];
            fixed (IntPtr* o = roots, i = leaves, g = gradients, r = results)
                Check(Shim.torchref_gradients(o, roots.Length, i, leaves.Length, g, gradients.Length, retain_graph ? 1 : 0, create_graph ? 1 : 0, allow_unused ? 1 : 0, r));
            GC.KeepAlive((outputs, inputs, grad_outputs));
            return [.. results.Select(handle => new Tensor(handle))];
        }

        private static IntPtr[] Handles(IList<Tensor>? tensors)
        {
            var handles = new IntPtr[tensors?.Count ?? 0];
            for (var i = 0; i < handles.Length; i++) handles[i] = tensors![i] is { IsInvalid: false } tensor ? tensor.Handle : IntPtr.Zero;
            return handles;
        }

        private static void Check(long result)
        {
            var thrown = Interlocked.Exchange(ref t_thrown, null);
            if (result >= 0) return;
            thrown?.Throw();
            throw Shim.Error();
        }
    }
}
