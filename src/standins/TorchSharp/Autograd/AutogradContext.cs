using TorchSharp.Engine;

namespace TorchSharp;

public static partial class torch
{
    public static partial class autograd
    {
        /// <summary>What a custom function keeps from its forward for its backward. It is valid during those two calls only.</summary>
        public sealed class AutogradContext : IDisposable
        {
            private readonly Dictionary<string, object> _data;
            private IntPtr _native;

            internal AutogradContext(IntPtr native, Dictionary<string, object> data)
            {
                (_native, _data) = (native, data);
            }

            /// <summary>Whether gradients that are zero reach backward as zeros rather than as invalid tensors.</summary>
            public bool MaterializeGrads { get; private set; } = true;

            private IntPtr Native => _native != IntPtr.Zero ? _native
                : throw new InvalidOperationException("a context must be used inside its forward or backward: expected such a call but it is over");

            /// <summary>Keeps tensors for backward. Outputs must be kept this way: in a field they would hold the graph, and it them.</summary>
            public unsafe void save_for_backward(List<Tensor> tensors)
            {
                fixed (IntPtr* handles = Handles(tensors)) Shim.torchref_context_save(Native, handles, tensors.Count);
                GC.KeepAlive(tensors);
            }

            /// <summary>The tensors that forward kept.</summary>
            /// <exception cref="System.Runtime.InteropServices.ExternalException">One of them was changed in place since.</exception>
            public unsafe List<Tensor> get_saved_variables()
            {
                const int most = 256;
                var handles = stackalloc IntPtr[most];
                var count = Shim.Check(Shim.torchref_context_saved(Native, handles, most));
                if (count > most) throw new InvalidOperationException($"a custom function may save at most {most} tensors but got {count}");
                var tensors = new List<Tensor>((int)count);
                for (var i = 0; i < count; i++) tensors.Add(new Tensor(handles[i]));
                return tensors;
            }

            public void save_data(string key, object value) => _data[key] = value;

            public object get_data(string key) => _data[key];

            /// <summary>Says which inputs forward changed in place.</summary>
            public void mark_dirty(List<Tensor> tensors) => Mark(tensors, dirty: 1);

            /// <summary>Says which outputs have no gradient.</summary>
            public void mark_non_differentiable(List<Tensor> tensors) => Mark(tensors, dirty: 0);

            public void set_materialize_grads(bool value)
            {
                MaterializeGrads = value;
                Shim.torchref_context_materialize(Native, value ? 1 : 0);
            }

            public void Dispose() => _native = IntPtr.Zero;

            private unsafe void Mark(List<Tensor> tensors, int dirty)
            {
                fixed (IntPtr* handles = Handles(tensors)) Shim.torchref_context_mark(Native, dirty, handles, tensors.Count);
                GC.KeepAlive(tensors);
            }
        }
    }
}
