using TorchSharp.Engine;
using static TorchSharp.Engine.Op;

namespace TorchSharp;

public static partial class torch
{
    // Tensors of the shape of this one and, where nothing else is asked for, of its type and on its device.
    public partial class Tensor
    {
        public Tensor zeros_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Finish(Run("zeros_like", this, dtype, Arg.None, device), requires_grad);

        public Tensor ones_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Finish(Run("ones_like", this, dtype, Arg.None, device), requires_grad);

        public Tensor empty_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Finish(Run("empty_like", this, dtype, Arg.None, device), requires_grad);

        public Tensor full_like(Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Finish(Run("full_like", this, value, dtype, Arg.None, device), requires_grad);

        public Tensor rand_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Finish(Run("rand_like", this, dtype, Arg.None, device), requires_grad);

        public Tensor randn_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Finish(Run("randn_like", this, dtype, Arg.None, device), requires_grad);

        public Tensor randint_like(long low, long high, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Finish(Run("randint_like.low_dtype", this, low, high, dtype, Arg.None, device), requires_grad);
    }
}
