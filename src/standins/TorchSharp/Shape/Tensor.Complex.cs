using static TorchSharp.Engine.Op;

namespace TorchSharp;

public static partial class torch
{
    // Complex numbers as pairs, and their parts.
    public partial class Tensor
    {
        /// <summary>The real parts; of a real tensor, the tensor.</summary>
        public Tensor real => is_complex() ? Run("real", this) : alias();

        public Tensor imag => Run("imag", this);

        public Tensor view_as_real() => Run("view_as_real", this);

        public Tensor view_as_complex() => Run("view_as_complex", this);

        public Tensor conj() => Run("conj", this);

        public Tensor resolve_conj() => Run("resolve_conj", this);

        public Tensor resolve_neg() => Run("resolve_neg", this);

        public Tensor conj_physical() => Run("conj_physical", this);

        public Tensor conj_physical_() => RunInPlace("conj_physical_", this);
    }
}
