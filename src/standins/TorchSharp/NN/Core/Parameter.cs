namespace TorchSharp.Modules
{
    /// <summary>A tensor that a module learns.</summary>
    public class Parameter : torch.Tensor
    {
        /// <summary>Takes the native tensor over from <paramref name="data"/>, which is invalid afterwards.</summary>
        public Parameter(torch.Tensor data, bool requires_grad = true)
            : this(Take(data, requires_grad))
        {
        }

        private Parameter((IntPtr Handle, long Bytes, DisposeScope? Scope) taken)
            : base(taken.Handle, taken.Bytes)
        {
            if (OwningDisposeScope != taken.Scope) MoveToOtherDisposeScope(taken.Scope);
        }

        private static (IntPtr, long, DisposeScope?) Take(torch.Tensor data, bool requires_grad)
        {
            var (bytes, scope) = (data.NumberOfElements * data.ElementSize, data.OwningDisposeScope);
            // What a graph made becomes a leaf of its own, as in PyTorch.
            if (!data.is_leaf)
            {
                var leaf = data.detach();
                data.Dispose();
                data = leaf;
            }
            data.requires_grad = requires_grad;
            return (data.DecoupleFromNativeHandle(), bytes, scope);
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.Parameter Parameter(Tensor data, bool requires_grad = true) => new(data, requires_grad);
        }
    }
}
