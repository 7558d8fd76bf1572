using static TorchSharp.Engine.Op;

namespace TorchSharp;

public static partial class torch
{
    // What ties a tensor to a graph.
    public partial class Tensor
    {
        /// <summary>Adds the gradient of this scalar to the <see cref="grad"/> of the leaves it was computed from.</summary>
        public void backward() => autograd.backward([this]);

        public void backward(IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false, IList<Tensor>? inputs = null) =>
            autograd.backward([this], grad_tensors, retain_graph || create_graph, create_graph, inputs);

        /// <summary>The same storage, out of the graph.</summary>
        public Tensor detach() => Run("detach", this);

        public Tensor detach_() => RunInPlace("detach_", this);

        public void retain_grad() => RunVoid("retain_grad", this);

        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);
    }
}
