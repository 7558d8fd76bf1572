using static TorchSharp.Engine.Op;

namespace TorchSharp;

public static partial class torch
{
    // Complex numbers.
    public partial class Tensor
    {
        public Tensor conj() => Run("conj", this);

        public Tensor conj_physical() => Run("conj_physical", this);
        public Tensor conj_physical_() => RunInPlace("conj_physical_", this);

        public Tensor resolve_conj() => Run("resolve_conj", this);
        public Tensor resolve_neg() => Run("resolve_neg", this);
    }
}
