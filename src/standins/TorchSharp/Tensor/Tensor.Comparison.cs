using static TorchSharp.Engine.Op;

namespace TorchSharp;

public static partial class torch
{
    // Comparisons, and what can be asked of elements.
    public partial class Tensor
    {
        public Tensor eq(Scalar target) => Run("eq.Scalar", this, target);
        public Tensor eq(Tensor target) => Run("eq.Tensor", this, target);
        public Tensor eq_(Scalar target) => RunInPlace("eq_.Scalar", this, target);
        public Tensor eq_(Tensor target) => RunInPlace("eq_.Tensor", this, target);

        public Tensor ne(Scalar target) => Run("ne.Scalar", this, target);
        public Tensor ne(Tensor target) => Run("ne.Tensor", this, target);
        public Tensor ne_(Scalar target) => RunInPlace("ne_.Scalar", this, target);
        public Tensor ne_(Tensor target) => RunInPlace("ne_.Tensor", this, target);

        public Tensor lt(Scalar target) => Run("lt.Scalar", this, target);
        public Tensor lt(Tensor target) => Run("lt.Tensor", this, target);
        public Tensor lt_(Scalar target) => RunInPlace("lt_.Scalar", this, target);
        public Tensor lt_(Tensor target) => RunInPlace("lt_.Tensor", this, target);

        public Tensor le(Scalar target) => Run("le.Scalar", this, target);
        public Tensor le(Tensor target) => Run("le.Tensor", this, target);
        public Tensor le_(Scalar target) => RunInPlace("le_.Scalar", this, target);
        public Tensor le_(Tensor target) => RunInPlace("le_.Tensor", this, target);

        public Tensor gt(Scalar target) => Run("gt.Scalar", this, target);
        public Tensor gt(Tensor target) => Run("gt.Tensor", this, target);
        public Tensor gt_(Scalar target) => RunInPlace("gt_.Scalar", this, target);
        public Tensor gt_(Tensor target) => RunInPlace("gt_.Tensor", this, target);

        public Tensor ge(Scalar target) => Run("ge.Scalar", this, target);
        public Tensor ge(Tensor target) => Run("ge.Tensor", this, target);
        public Tensor ge_(Scalar target) => RunInPlace("ge_.Scalar", this, target);
        public Tensor ge_(Tensor target) => RunInPlace("ge_.Tensor", this, target);

        /// <summary>Element by element, unlike PyTorch's function of that name: see <see cref="allclose"/> and <see cref="Equals(Tensor)"/>.</summary>
        public Tensor equal(Tensor target) => eq(target);

        public Tensor not_equal(Tensor target) => Run("not_equal.Tensor", this, target);
        public Tensor not_equal_(Tensor target) => RunInPlace("not_equal_.Tensor", this, target);

        public Tensor less(Tensor target) => Run("less.Tensor", this, target);

        public Tensor less_equal(Tensor target) => Run("less_equal.Tensor", this, target);
        public Tensor less_equal_(Tensor target) => RunInPlace("less_equal_.Tensor", this, target);

        public Tensor greater(Tensor target) => Run("greater.Tensor", this, target);
        public Tensor greater_equal(Tensor target) => Run("greater_equal.Tensor", this, target);
        public Tensor isclose(Tensor other, double rtol = 1e-5, double atol = 1e-8, bool nanEqual = false) => Run("isclose", this, other, rtol, atol, nanEqual);
        public bool allclose(Tensor target, double rtol = 1e-5, double atol = 1e-8, bool equal_nan = false) => RunScalar("allclose", this, target, rtol, atol, equal_nan).Integer != 0;
        public Tensor isnan() => Run("isnan", this);
        public Tensor isinf() => Run("isinf", this);
        public Tensor isfinite() => Run("isfinite", this);
        public Tensor isposinf() => Run("isposinf", this);
        public Tensor isneginf() => Run("isneginf", this);
        public Tensor isreal() => Run("isreal", this);
        public Tensor isin(Tensor test_elements, bool assumeUnique = false, bool invert = false) => Run("isin.Tensor_Tensor", this, test_elements, assumeUnique, invert);
        public bool is_nonzero() => RunScalar("is_nonzero", this).Integer != 0;
        public Tensor maximum(Tensor other) => Run("maximum", this, other);
        public Tensor minimum(Tensor other) => Run("minimum", this, other);
        public Tensor fmax(Tensor other) => Run("fmax", this, other);
        public Tensor fmin(Tensor other) => Run("fmin", this, other);
    }
}
