using static TorchSharp.Engine.Op;

namespace TorchSharp;

public static partial class torch
{
    // The same elements in another shape, wherever that is possible without copying.
    public partial class Tensor
    {
        public Tensor reshape(params long[] shape) => Run("reshape", this, shape);

        public Tensor view(params long[] shape) => Run("view", this, shape);

        public Tensor view_as(Tensor other) => Run("view_as", this, other);

        public Tensor ravel() => Run("ravel", this);

        public Tensor flatten(long start_dim = 0, long end_dim = -1) => Run("flatten.using_ints", this, start_dim, end_dim);

        public Tensor unflatten(long dim, Size sizes) => unflatten(dim, sizes.Shape);

        public Tensor unflatten(long dim, params long[] sizes) => Run("unflatten.int", this, dim, sizes);

        public Tensor squeeze(long? dim = null) => dim is { } d ? Run("squeeze.dim", this, d) : Run("squeeze", this);

        public Tensor squeeze_(long? dim = null) => dim is { } d ? RunInPlace("squeeze_.dim", this, d) : RunInPlace("squeeze_", this);

        public Tensor unsqueeze(long dim) => Run("unsqueeze", this, dim);

        public Tensor unsqueeze_(long dim) => RunInPlace("unsqueeze_", this, dim);

        public Tensor expand(long[] sizes, bool isImplicit = false) => Run("expand", this, sizes, isImplicit);

        public Tensor expand(ReadOnlySpan<long> sizes, bool isImplicit = false) => Run("expand", this, sizes.ToArray(), isImplicit);

        public Tensor expand(Size sizes, bool isImplicit = false) => Run("expand", this, sizes.Shape, isImplicit);

        public Tensor expand(params long[] sizes) => Run("expand", this, sizes);

        public Tensor expand_as(Tensor other) => Run("expand_as", this, other);

        public Tensor broadcast_to(params long[] shape) => Run("broadcast_to", this, shape);

        public Tensor as_strided(long[] size, long[] strides, long storageOffset = 0) => Run("as_strided", this, size, strides, storageOffset);

        public Tensor unfold(long dimension, long size, long step) => Run("unfold", this, dimension, size, step);

        public Tensor set_(Tensor source) => RunInPlace("set_.source_Tensor", this, source);

        public Tensor atleast_1d() => Run("atleast_1d", this);

        public Tensor atleast_2d() => Run("atleast_2d", this);

        public Tensor atleast_3d() => Run("atleast_3d", this);
    }
}
