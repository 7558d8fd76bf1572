using static TorchSharp.Engine.Op;

namespace TorchSharp;

public static partial class torch
{
    // Angles and hyperbolas.
    public partial class Tensor
    {
        public Tensor sin() => Run("sin", this);
        public Tensor sin_() => RunInPlace("sin_", this);

        public Tensor cos() => Run("cos", this);
        public Tensor cos_() => RunInPlace("cos_", this);

        public Tensor tan() => Run("tan", this);
        public Tensor tan_() => RunInPlace("tan_", this);

        public Tensor asin() => Run("asin", this);
        public Tensor asin_() => RunInPlace("asin_", this);

        public Tensor acos() => Run("acos", this);
        public Tensor acos_() => RunInPlace("acos_", this);

        public Tensor atan() => Run("atan", this);
        public Tensor atan_() => RunInPlace("atan_", this);

        public Tensor atan2(Tensor other) => Run("atan2", this, other);
        public Tensor atan2_(Tensor other) => RunInPlace("atan2_", this, other);

        public Tensor sinh() => Run("sinh", this);
        public Tensor sinh_() => RunInPlace("sinh_", this);

        public Tensor cosh() => Run("cosh", this);
        public Tensor cosh_() => RunInPlace("cosh_", this);

        public Tensor tanh() => Run("tanh", this);
        public Tensor tanh_() => RunInPlace("tanh_", this);

        public Tensor asinh() => Run("asinh", this);
        public Tensor asinh_() => RunInPlace("asinh_", this);

        public Tensor acosh() => Run("acosh", this);
        public Tensor acosh_() => RunInPlace("acosh_", this);

        public Tensor atanh() => Run("atanh", this);
        public Tensor atanh_() => RunInPlace("atanh_", this);

        public Tensor arcsin() => Run("arcsin", this);
        public Tensor arcsin_() => RunInPlace("arcsin_", this);

        public Tensor arccos() => Run("arccos", this);
        public Tensor arccos_() => RunInPlace("arccos_", this);

        public Tensor arctan() => Run("arctan", this);
        public Tensor arctan(Tensor other) => atan2(other);
        public Tensor arctan_() => RunInPlace("arctan_", this);
        public Tensor arctan_(Tensor other) => atan2_(other);

        public Tensor arctan2(Tensor other) => atan2(other);
        public Tensor arctan2_(Tensor other) => atan2_(other);

        public Tensor arcsinh() => Run("arcsinh", this);
        public Tensor arcsinh_() => RunInPlace("arcsinh_", this);

        public Tensor arccosh() => Run("arccosh", this);
        public Tensor arccosh_() => RunInPlace("arccosh_", this);

        public Tensor arctanh() => Run("arctanh", this);
        public Tensor arctanh_() => RunInPlace("arctanh_", this);

        public Tensor sinc() => Run("sinc", this);
        public Tensor sinc_() => RunInPlace("sinc_", this);

        public Tensor deg2rad() => Run("deg2rad", this);
        public Tensor rad2deg() => Run("rad2deg", this);
        public Tensor angle() => Run("angle", this);
    }
}
