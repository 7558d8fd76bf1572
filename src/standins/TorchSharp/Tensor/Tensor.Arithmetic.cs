using static TorchSharp.Engine.Op;
using static TorchSharp.Engine.Results;

namespace TorchSharp;

public static partial class torch
{
    // Sums, differences, products, quotients and powers, element by element.
    public partial class Tensor
    {
        public Tensor add(Scalar scalar) => Run("add.Scalar", this, scalar);
        public Tensor add(Scalar scalar, Scalar alpha) => Run("add.Scalar", this, scalar, alpha);
        public Tensor add(Tensor target) => Run("add.Tensor", this, target);
        public Tensor add(Tensor target, Scalar alpha) => Run("add.Tensor", this, target, alpha);
        public Tensor add_(Scalar scalar) => RunInPlace("add_.Scalar", this, scalar);
        public Tensor add_(Scalar scalar, Scalar alpha) => RunInPlace("add_.Scalar", this, scalar, alpha);
        public Tensor add_(Tensor target) => RunInPlace("add_.Tensor", this, target);
        public Tensor add_(Tensor target, Scalar alpha) => RunInPlace("add_.Tensor", this, target, alpha);

        public Tensor sub(Scalar target) => Run("sub.Scalar", this, target);
        public Tensor sub(Tensor target) => Run("sub.Tensor", this, target);
        public Tensor sub_(Scalar target) => RunInPlace("sub_.Scalar", this, target);
        public Tensor sub_(Tensor target) => RunInPlace("sub_.Tensor", this, target);

        public Tensor subtract(Scalar target) => Run("subtract.Scalar", this, target);
        public Tensor subtract(Tensor target) => Run("subtract.Tensor", this, target);
        public Tensor subtract_(Scalar target) => RunInPlace("subtract_.Scalar", this, target);
        public Tensor subtract_(Tensor target) => RunInPlace("subtract_.Tensor", this, target);

        public Tensor mul(Scalar target) => Run("mul.Scalar", this, target);
        public Tensor mul(Tensor target) => Run("mul.Tensor", this, target);
        public Tensor mul_(Scalar target) => RunInPlace("mul_.Scalar", this, target);
        public Tensor mul_(Tensor target) => RunInPlace("mul_.Tensor", this, target);

        public Tensor multiply(Scalar target) => Run("multiply.Scalar", this, target);
        public Tensor multiply(Tensor target) => Run("multiply.Tensor", this, target);

        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => rounding_mode == RoundingMode.None ? Run("div.Scalar", this, target) : Run("div.Scalar_mode", this, target, rounding_mode.ToString());
        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => rounding_mode == RoundingMode.None ? Run("div.Tensor", this, target) : Run("div.Tensor_mode", this, target, rounding_mode.ToString());
        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => rounding_mode == RoundingMode.None ? RunInPlace("div_.Scalar", this, target) : RunInPlace("div_.Scalar_mode", this, target, rounding_mode.ToString());
        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => rounding_mode == RoundingMode.None ? RunInPlace("div_.Tensor", this, target) : RunInPlace("div_.Tensor_mode", this, target, rounding_mode.ToString());

        public Tensor divide(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => div(target, rounding_mode);
        public Tensor divide(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => div(target, rounding_mode);
        public Tensor divide_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => div_(target, rounding_mode);
        public Tensor divide_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => div_(target, rounding_mode);

        public Tensor true_divide(Scalar other) => Run("true_divide.Scalar", this, other);
        public Tensor true_divide(Tensor other) => Run("true_divide.Tensor", this, other);
        public Tensor true_divide_(Scalar other) => RunInPlace("true_divide_.Scalar", this, other);
        public Tensor true_divide_(Tensor other) => RunInPlace("true_divide_.Tensor", this, other);

        public Tensor floor_divide(Scalar other) => Run("floor_divide.Scalar", this, other);
        public Tensor floor_divide(Tensor other) => Run("floor_divide", this, other);
        public Tensor floor_divide_(Scalar other) => RunInPlace("floor_divide_.Scalar", this, other);
        public Tensor floor_divide_(Tensor other) => RunInPlace("floor_divide_.Tensor", this, other);

        public Tensor remainder(Scalar scalar) => Run("remainder.Scalar", this, scalar);
        public Tensor remainder(Tensor target) => Run("remainder.Tensor", this, target);
        public Tensor remainder_(Scalar scalar) => RunInPlace("remainder_.Scalar", this, scalar);
        public Tensor remainder_(Tensor target) => RunInPlace("remainder_.Tensor", this, target);

        public Tensor fmod(Scalar scalar) => Run("fmod.Scalar", this, scalar);
        public Tensor fmod(Tensor target) => Run("fmod.Tensor", this, target);
        public Tensor fmod_(Scalar scalar) => RunInPlace("fmod_.Scalar", this, scalar);
        public Tensor fmod_(Tensor target) => RunInPlace("fmod_.Tensor", this, target);

        public Tensor pow(Scalar exponent) => Run("pow.Tensor_Scalar", this, exponent);
        public Tensor pow(Tensor exponent) => Run("pow.Tensor_Tensor", this, exponent);
        public Tensor pow_(Scalar exponent) => RunInPlace("pow_.Scalar", this, exponent);
        public Tensor pow_(Tensor exponent) => RunInPlace("pow_.Tensor", this, exponent);

        public Tensor float_power(Tensor target) => Run("float_power.Tensor_Tensor", this, target);
        public Tensor square() => Run("square", this);

        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) => Run("addcmul", this, tensor1, tensor2, value);
        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) => RunInPlace("addcmul_", this, tensor1, tensor2, value);

        public Tensor addcdiv(Tensor tensor1, Tensor tensor2) => Run("addcdiv", this, tensor1, tensor2);
        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value) => Run("addcdiv", this, tensor1, tensor2, value);
        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2) => RunInPlace("addcdiv_", this, tensor1, tensor2);
        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) => RunInPlace("addcdiv_", this, tensor1, tensor2, value);

        public Tensor lerp(Tensor end, Tensor weight) => Run("lerp.Tensor", this, end, weight);
        public Tensor lerp_(Tensor end, Tensor weight) => RunInPlace("lerp_.Tensor", this, end, weight);

        public Tensor neg() => Run("neg", this);
        public Tensor neg_() => RunInPlace("neg_", this);

        public Tensor negative() => Run("negative", this);
        public Tensor positive() => Run("positive", this);

        public Tensor reciprocal() => Run("reciprocal", this);
        public Tensor reciprocal_() => RunInPlace("reciprocal_", this);

        public Tensor gcd(Tensor other) => Run("gcd", this, other);
        public Tensor gcd_(Tensor other) => RunInPlace("gcd_", this, other);

        public Tensor lcm(Tensor other) => Run("lcm", this, other);
        public Tensor lcm_(Tensor other) => RunInPlace("lcm_", this, other);

        public Tensor hypot(Tensor other) => Run("hypot", this, other);

        public Tensor ldexp(Tensor other) => Run("ldexp.Tensor", this, other);
        public Tensor ldexp_(Tensor other) => RunInPlace("ldexp_", this, other);

        public (Tensor Mantissa, Tensor Exponent) frexp() => Two(RunMany("frexp.Tensor", this));

        public Tensor xlogy(Scalar y) => Run("xlogy.Scalar_Other", this, y);
        public Tensor xlogy(Tensor y) => Run("xlogy.Tensor", this, y);
        public Tensor xlogy_(Scalar y) => RunInPlace("xlogy_.Scalar_Other", this, y);
        public Tensor xlogy_(Tensor y) => RunInPlace("xlogy_.Tensor", this, y);

        public Tensor nextafter(Tensor other) => Run("nextafter", this, other);
    }
}
