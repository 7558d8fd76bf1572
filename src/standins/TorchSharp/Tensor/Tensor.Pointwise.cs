using static TorchSharp.Engine.Op;

namespace TorchSharp;

public static partial class torch
{
    // Functions of one element.
    public partial class Tensor
    {
        public Tensor abs() => Run("abs", this);
        public Tensor abs_() => RunInPlace("abs_", this);

        public Tensor absolute() => Run("absolute", this);
        public Tensor absolute_() => RunInPlace("absolute_", this);

        public Tensor sign() => Run("sign", this);
        public Tensor sign_() => RunInPlace("sign_", this);

        public Tensor sgn() => Run("sgn", this);
        public Tensor sgn_() => RunInPlace("sgn_", this);

        public Tensor signbit() => Run("signbit", this);
        public Tensor copysign(Tensor other) => Run("copysign.Tensor", this, other);

        public Tensor sqrt() => Run("sqrt", this);
        public Tensor sqrt_() => RunInPlace("sqrt_", this);

        public Tensor rsqrt() => Run("rsqrt", this);
        public Tensor rsqrt_() => RunInPlace("rsqrt_", this);

        public Tensor exp() => Run("exp", this);
        public Tensor exp_() => RunInPlace("exp_", this);

        public Tensor exp2() => Run("exp2", this);

        public Tensor expm1() => Run("expm1", this);
        public Tensor expm1_() => RunInPlace("expm1_", this);

        public Tensor log() => Run("log", this);
        public Tensor log_() => RunInPlace("log_", this);

        public Tensor log2() => Run("log2", this);
        public Tensor log2_() => RunInPlace("log2_", this);

        public Tensor log10() => Run("log10", this);
        public Tensor log10_() => RunInPlace("log10_", this);

        public Tensor log1p() => Run("log1p", this);
        public Tensor log1p_() => RunInPlace("log1p_", this);

        public Tensor logaddexp(Tensor other) => Run("logaddexp", this, other);
        public Tensor logaddexp2(Tensor other) => Run("logaddexp2", this, other);

        public Tensor ceil() => Run("ceil", this);
        public Tensor ceil_() => RunInPlace("ceil_", this);

        public Tensor floor() => Run("floor", this);
        public Tensor floor_() => RunInPlace("floor_", this);

        public Tensor round(long decimals = 0) => decimals == 0 ? Run("round", this) : Run("round.decimals", this, decimals);
        public Tensor round_(long decimals = 0) => decimals == 0 ? RunInPlace("round_", this) : RunInPlace("round_.decimals", this, decimals);

        public Tensor trunc() => Run("trunc", this);
        public Tensor trunc_() => RunInPlace("trunc_", this);

        public Tensor fix() => Run("fix", this);
        public Tensor fix_() => RunInPlace("fix_", this);

        public Tensor frac() => Run("frac", this);
        public Tensor frac_() => RunInPlace("frac_", this);

        public Tensor clamp(Scalar? min = null, Scalar? max = null) => Run("clamp", this, min, max);
        public Tensor clamp(Tensor? min = null, Tensor? max = null) => Run("clamp.Tensor", this, min, max);
        public Tensor clamp_(Scalar? min = null, Scalar? max = null) => RunInPlace("clamp_", this, min, max);
        public Tensor clamp_(Tensor? min = null, Tensor? max = null) => RunInPlace("clamp_.Tensor", this, min, max);

        public Tensor clamp_min(Scalar min) => Run("clamp_min", this, min);
        public Tensor clamp_min_(Scalar min) => RunInPlace("clamp_min_", this, min);

        public Tensor clamp_max(Scalar max) => Run("clamp_max", this, max);
        public Tensor clamp_max_(Scalar max) => RunInPlace("clamp_max_", this, max);

        public Tensor clip(Scalar? min = null, Scalar? max = null) => Run("clip", this, min, max);
        public Tensor nan_to_num(double nan = 0, double? posinf = null, double? neginf = null) => Run("nan_to_num", this, nan, posinf, neginf);
        public Tensor zero_() => RunInPlace("zero_", this);
        public Tensor fill_(Scalar value) => RunInPlace("fill_.Scalar", this, value);
        public Tensor heaviside(Tensor other) => Run("heaviside", this, other);
    }
}
