using static TorchSharp.Engine.Op;

namespace TorchSharp;

public static partial class torch
{
    // Functions beyond the elementary ones.
    public partial class Tensor
    {
        public Tensor erf() => Run("erf", this);
        public Tensor erf_() => RunInPlace("erf_", this);

        public Tensor erfc() => Run("erfc", this);
        public Tensor erfc_() => RunInPlace("erfc_", this);

        public Tensor erfinv() => Run("erfinv", this);
        public Tensor erfinv_() => RunInPlace("erfinv_", this);

        public Tensor lgamma() => Run("lgamma", this);
        public Tensor lgamma_() => RunInPlace("lgamma_", this);

        public Tensor digamma() => Run("digamma", this);
        public Tensor digamma_() => RunInPlace("digamma_", this);

        public Tensor polygamma(long p) => Run("polygamma", p, this);
        public Tensor polygamma_(long p) => RunInPlace("polygamma_", this, p);

        public Tensor mvlgamma(long p) => Run("mvlgamma", this, p);
        public Tensor mvlgamma_(long p) => RunInPlace("mvlgamma_", this, p);

        public Tensor i0() => Run("i0", this);
        public Tensor igamma(Tensor other) => Run("igamma", this, other);
        public Tensor igammac(Tensor other) => Run("igammac", this, other);
        public Tensor logit(double? eps = null) => Run("logit", this, eps);
    }
}
