using TorchSharp.Engine;
using static TorchSharp.Engine.Op;

namespace TorchSharp;

public static partial class torch
{
    // Indexing by everything that can stand in brackets.
    public partial class Tensor
    {
        public Tensor index(params TensorIndex[] indices)
        {
            using var place = new Indices(this, indices);
            return place.Positions is { } positions ? Run("index.Tensor", place.View, Arg.Tensors(positions)) : place.Detached();
        }

        public Tensor index(params Tensor[] indices) => index(ByPosition(indices));

        public Tensor index_put_(Tensor value, params TensorIndex[] indices) => index_put_(value, indices, false);

        public Tensor index_put_(Tensor value, params Tensor[] indices) => index_put_(value, ByPosition(indices), false);

        public Tensor index_put_(Tensor value, Tensor[] indices, bool accumulate = false) => index_put_(value, ByPosition(indices), accumulate);

        /// <summary>Writes to the place that the indices mean; with <paramref name="accumulate"/>, adds to what is there.</summary>
        public Tensor index_put_(Tensor value, TensorIndex[] indices, bool accumulate = false)
        {
            using var place = new Indices(this, indices);
            using var fitted = Fitted(value);
            if (place.Positions is { } positions) RunInPlace("index_put_", place.View, Arg.Tensors(positions), fitted, accumulate);
            else if (accumulate) RunInPlace("add_.Tensor", place.View, fitted);
            else place.View.copy_(fitted);
            return this;
        }

        public Tensor index_put_(Scalar value, params TensorIndex[] indices)
        {
            using var element = OfScalar(value, dtype, device, false);
            return index_put_(element, indices, false);
        }

        public Tensor index_put_(Scalar value, params Tensor[] indices) => index_put_(value, ByPosition(indices));

        private static TensorIndex[] ByPosition(Tensor[] indices) => Array.ConvertAll(indices, index => TensorIndex.Tensor(index));

        /// <summary>The value without leading dimensions of length 1: they don't count when it is broadcast into a place.</summary>
        private static Tensor Fitted(Tensor value)
        {
            var sizes = value.shape;
            return sizes is [1, ..] ? Run("view", value, sizes.SkipWhile(size => size == 1).ToArray()) : value.alias();
        }
    }
}
