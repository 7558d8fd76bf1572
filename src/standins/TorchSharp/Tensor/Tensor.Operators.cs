using TorchSharp.Engine;
using static TorchSharp.Engine.Op;

namespace TorchSharp;

public static partial class torch
{
    // C#'s operators. A plain number keeps the tensor's element type, as a Python number does.
    public partial class Tensor
    {
        public static Tensor operator +(Tensor left, Tensor right) => Run("add.Tensor", left, right);
        public static Tensor operator +(Tensor left, Scalar right) => Run("add.Scalar", left, right);
        public static Tensor operator +(Tensor left, int right) => Run("add.Scalar", left, right);
        public static Tensor operator +(Tensor left, long right) => Run("add.Scalar", left, right);
        public static Tensor operator +(Tensor left, float right) => Run("add.Scalar", left, right);
        public static Tensor operator +(Tensor left, double right) => Run("add.Scalar", left, right);
        public static Tensor operator +(Scalar left, Tensor right) => Run("add.Scalar", right, left);
        public static Tensor operator +(int left, Tensor right) => Run("add.Scalar", right, left);
        public static Tensor operator +(long left, Tensor right) => Run("add.Scalar", right, left);
        public static Tensor operator +(float left, Tensor right) => Run("add.Scalar", right, left);
        public static Tensor operator +(double left, Tensor right) => Run("add.Scalar", right, left);

        public static Tensor operator -(Tensor left, Tensor right) => Run("sub.Tensor", left, right);
        public static Tensor operator -(Tensor left, Scalar right) => Run("sub.Scalar", left, right);
        public static Tensor operator -(Tensor left, int right) => Run("sub.Scalar", left, right);
        public static Tensor operator -(Tensor left, long right) => Run("sub.Scalar", left, right);
        public static Tensor operator -(Tensor left, float right) => Run("sub.Scalar", left, right);
        public static Tensor operator -(Tensor left, double right) => Run("sub.Scalar", left, right);
        public static Tensor operator -(Scalar left, Tensor right) => Run("rsub.Scalar", right, left);
        public static Tensor operator -(int left, Tensor right) => Run("rsub.Scalar", right, left);
        public static Tensor operator -(long left, Tensor right) => Run("rsub.Scalar", right, left);
        public static Tensor operator -(float left, Tensor right) => Run("rsub.Scalar", right, left);
        public static Tensor operator -(double left, Tensor right) => Run("rsub.Scalar", right, left);

        public static Tensor operator *(Tensor left, Tensor right) => Run("mul.Tensor", left, right);
        public static Tensor operator *(Tensor left, Scalar right) => Run("mul.Scalar", left, right);
        public static Tensor operator *(Tensor left, int right) => Run("mul.Scalar", left, right);
        public static Tensor operator *(Tensor left, long right) => Run("mul.Scalar", left, right);
        public static Tensor operator *(Tensor left, float right) => Run("mul.Scalar", left, right);
        public static Tensor operator *(Tensor left, double right) => Run("mul.Scalar", left, right);
        public static Tensor operator *(Scalar left, Tensor right) => Run("mul.Scalar", right, left);
        public static Tensor operator *(int left, Tensor right) => Run("mul.Scalar", right, left);
        public static Tensor operator *(long left, Tensor right) => Run("mul.Scalar", right, left);
        public static Tensor operator *(float left, Tensor right) => Run("mul.Scalar", right, left);
        public static Tensor operator *(double left, Tensor right) => Run("mul.Scalar", right, left);

        public static Tensor operator /(Tensor left, Tensor right) => Run("div.Tensor", left, right);
        public static Tensor operator /(Tensor left, Scalar right) => Run("div.Scalar", left, right);
        public static Tensor operator /(Tensor left, int right) => Run("div.Scalar", left, right);
        public static Tensor operator /(Tensor left, long right) => Run("div.Scalar", left, right);
        public static Tensor operator /(Tensor left, float right) => Run("div.Scalar", left, right);
        public static Tensor operator /(Tensor left, double right) => Run("div.Scalar", left, right);
        public static Tensor operator /(Scalar left, Tensor right) => Over(left, right);
        public static Tensor operator /(int left, Tensor right) => Over(left, right);
        public static Tensor operator /(long left, Tensor right) => Over(left, right);
        public static Tensor operator /(float left, Tensor right) => Over(left, right);
        public static Tensor operator /(double left, Tensor right) => Over(left, right);

        public static Tensor operator %(Tensor left, Tensor right) => Run("remainder.Tensor", left, right);
        public static Tensor operator %(Tensor left, Scalar right) => Run("remainder.Scalar", left, right);
        public static Tensor operator %(Tensor left, int right) => Run("remainder.Scalar", left, right);
        public static Tensor operator %(Tensor left, long right) => Run("remainder.Scalar", left, right);
        public static Tensor operator %(Tensor left, float right) => Run("remainder.Scalar", left, right);
        public static Tensor operator %(Tensor left, double right) => Run("remainder.Scalar", left, right);

        public static Tensor operator -(Tensor tensor) => Run("neg", tensor);
        public static Tensor operator ~(Tensor left) => Run("bitwise_not", left);
        public static Tensor operator &(Tensor left, Tensor right) => Run("bitwise_and.Tensor", left, right);
        public static Tensor operator |(Tensor left, Tensor right) => Run("bitwise_or.Tensor", left, right);
        public static Tensor operator ^(Tensor left, Tensor right) => Run("bitwise_xor.Tensor", left, right);

        public static Tensor operator ==(Tensor left, Tensor right) => Run("eq.Tensor", left, right);
        public static Tensor operator ==(Tensor left, Scalar right) => Run("eq.Scalar", left, right);
        public static Tensor operator ==(Scalar left, Tensor right) => Run("eq.Scalar", right, left);
        public static Tensor operator !=(Tensor left, Tensor right) => Run("ne.Tensor", left, right);
        public static Tensor operator !=(Tensor left, Scalar right) => Run("ne.Scalar", left, right);
        public static Tensor operator !=(Scalar left, Tensor right) => Run("ne.Scalar", right, left);
        public static Tensor operator <(Tensor left, Tensor right) => Run("lt.Tensor", left, right);
        public static Tensor operator <(Tensor left, Scalar right) => Run("lt.Scalar", left, right);
        public static Tensor operator <(Scalar left, Tensor right) => Run("gt.Scalar", right, left);
        public static Tensor operator <=(Tensor left, Tensor right) => Run("le.Tensor", left, right);
        public static Tensor operator <=(Tensor left, Scalar right) => Run("le.Scalar", left, right);
        public static Tensor operator <=(Scalar left, Tensor right) => Run("ge.Scalar", right, left);
        public static Tensor operator >(Tensor left, Tensor right) => Run("gt.Tensor", left, right);
        public static Tensor operator >(Tensor left, Scalar right) => Run("gt.Scalar", left, right);
        public static Tensor operator >(Scalar left, Tensor right) => Run("lt.Scalar", right, left);
        public static Tensor operator >=(Tensor left, Tensor right) => Run("ge.Tensor", left, right);
        public static Tensor operator >=(Tensor left, Scalar right) => Run("ge.Scalar", left, right);
        public static Tensor operator >=(Scalar left, Tensor right) => Run("le.Scalar", right, left);

        /// <summary>A number over a tensor, in PyTorch's two steps: its rounding is that of a reciprocal and a product.</summary>
        private static Tensor Over(Arg left, Tensor right)
        {
            using var reciprocal = right.reciprocal();
            return Run("mul.Scalar", reciprocal, left);
        }
    }
}
