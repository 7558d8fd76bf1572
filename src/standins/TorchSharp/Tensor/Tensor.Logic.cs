using static TorchSharp.Engine.Op;

namespace TorchSharp;

public static partial class torch
{
    // Bits and truth values.
    public partial class Tensor
    {
        public Tensor bitwise_and(Tensor other) => Run("bitwise_and.Tensor", this, other);
        public Tensor bitwise_and_(Tensor other) => RunInPlace("bitwise_and_.Tensor", this, other);

        public Tensor bitwise_or(Tensor other) => Run("bitwise_or.Tensor", this, other);
        public Tensor bitwise_or_(Tensor other) => RunInPlace("bitwise_or_.Tensor", this, other);

        public Tensor bitwise_xor(Tensor other) => Run("bitwise_xor.Tensor", this, other);
        public Tensor bitwise_xor_(Tensor other) => RunInPlace("bitwise_xor_.Tensor", this, other);

        public Tensor bitwise_not() => Run("bitwise_not", this);
        public Tensor bitwise_not_() => RunInPlace("bitwise_not_", this);

        public Tensor bitwise_left_shift(Tensor other) => Run("bitwise_left_shift.Tensor", this, other);
        public Tensor bitwise_left_shift_(Tensor other) => RunInPlace("bitwise_left_shift_.Tensor", this, other);

        public Tensor bitwise_right_shift(Tensor other) => Run("bitwise_right_shift.Tensor", this, other);
        public Tensor bitwise_right_shift_(Tensor other) => RunInPlace("bitwise_right_shift_.Tensor", this, other);

        public Tensor logical_and(Tensor other) => Run("logical_and", this, other);
        public Tensor logical_and_(Tensor other) => RunInPlace("logical_and_", this, other);

        public Tensor logical_or(Tensor other) => Run("logical_or", this, other);
        public Tensor logical_or_(Tensor other) => RunInPlace("logical_or_", this, other);

        public Tensor logical_xor(Tensor other) => Run("logical_xor", this, other);
        public Tensor logical_xor_(Tensor other) => RunInPlace("logical_xor_", this, other);

        public Tensor logical_not() => Run("logical_not", this);
        public Tensor logical_not_() => RunInPlace("logical_not_", this);
    }
}
