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
            if (place.Positions is { } positions)
            {
                using var local = value.device_type == device_type ? null : value.to(device);
                using var typed = value.dtype == dtype ? null : (local ?? value).to_type(dtype);
                RunInPlace("index_put_", place.View, Arg.Tensors(positions), typed ?? local ?? value, accumulate);
            }
            else if (accumulate) RunInPlace("add_.Tensor", place.View, value);
            else Store(place.View, value);
            return this;
        }

        public Tensor index_put_(Scalar value, params TensorIndex[] indices)
        {
            using var element = OfScalar(value, dtype, device, false);
            return index_put_(element, indices, false);
        }

        public Tensor index_put_(Scalar value, params Tensor[] indices) => index_put_(value, ByPosition(indices));

        private static TensorIndex[] ByPosition(Tensor[] indices) => Array.ConvertAll(indices, index => TensorIndex.Tensor(index));

        /// <summary>Copies with broadcasting; leading dimensions of length 1 that the place lacks don't count.</summary>
        private static void Store(Tensor place, Tensor value)
        {
            var sizes = value.shape;
            var rank = place.Dimensions;
            var surplus = 0;
            while (sizes.Length - surplus > rank && sizes[surplus] == 1) surplus++;
            if (surplus == 0)
            {
                place.copy_(value);
                return;
            }
            using var fitted = Run("view", value, sizes[surplus..]);
            place.copy_(fitted);
        }
    }
}
