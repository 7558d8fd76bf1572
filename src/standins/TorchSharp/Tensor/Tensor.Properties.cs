using TorchSharp.Engine;

namespace TorchSharp;

public static partial class torch
{
    // What a tensor says of itself: one native call each, nothing is cached.
    public partial class Tensor
    {
        /// <summary>A name of the user's; libtorch doesn't know it.</summary>
        public string? name { get; set; }

        public ScalarType dtype => (ScalarType)Meta.Dtype;

        public Device device
        {
            get
            {
                var meta = Meta;
                return new Device((DeviceType)meta.DeviceType, meta.DeviceIndex);
            }
        }

        public DeviceType device_type => (DeviceType)Meta.DeviceType;

        public int device_index => Meta.DeviceIndex;

        public bool is_cuda => device_type == DeviceType.CUDA;

        public bool is_meta => device_type == DeviceType.META;

        public bool is_sparse => Meta.Layout is 1 or 2;

        public bool requires_grad
        {
            get => Meta.Flags.HasFlag(Flag.RequiresGrad);
            set
            {
                Shim.Check(Shim.torchref_requires_grad(Handle, value ? 1 : 0));
                GC.KeepAlive(this);
            }
        }

        public bool is_leaf => Meta.Flags.HasFlag(Flag.Leaf);

        /// <summary>The gradient that backward left here; null where there is none.</summary>
        public unsafe Tensor? grad
        {
            get
            {
                IntPtr gradient;
                Shim.Check(Shim.torchref_grad(Handle, &gradient));
                GC.KeepAlive(this);
                return gradient == IntPtr.Zero ? null : new Tensor(gradient);
            }
            set
            {
                Shim.Check(Shim.torchref_set_grad(Handle, value?.Handle ?? IntPtr.Zero));
                GC.KeepAlive((this, value));
            }
        }

        public unsafe long[] shape
        {
            get
            {
                var meta = Meta;
                var sizes = new ReadOnlySpan<long>(meta.Sizes, (int)meta.Dimensions).ToArray();
                GC.KeepAlive(this);
                return sizes;
            }
        }

        public long[] size() => shape;

        public long size(int dim) => At(shape, dim);

        public unsafe long[] stride()
        {
            var meta = Meta;
            var strides = new ReadOnlySpan<long>(meta.Strides, (int)meta.Dimensions).ToArray();
            GC.KeepAlive(this);
            return strides;
        }

        public long stride(int dim) => At(stride(), dim);

        public long storage_offset() => Meta.Offset;

        public long Dimensions => Meta.Dimensions;

        public long ndim => Meta.Dimensions;

        public long dim() => Meta.Dimensions;

        public long NumberOfElements => Meta.Elements;

        public long numel() => Meta.Elements;

        public long ElementSize => Meta.ElementSize;

        public long element_size() => Meta.ElementSize;

        public bool is_contiguous() => Meta.Flags.HasFlag(Flag.Contiguous);

        public bool is_conj() => Meta.Flags.HasFlag(Flag.Conjugate);

        public bool is_neg() => Meta.Flags.HasFlag(Flag.Negative);

        public bool is_cpu() => device_type == DeviceType.CPU;

        public bool is_complex() => dtype is ScalarType.ComplexFloat32 or ScalarType.ComplexFloat64;

        public bool is_floating_point() => dtype is ScalarType.Float16 or ScalarType.Float32 or ScalarType.Float64 or ScalarType.BFloat16;

        public bool is_integral() => dtype is ScalarType.Byte or ScalarType.Int8 or ScalarType.Int16 or ScalarType.Int32 or ScalarType.Int64 or ScalarType.Bool;

        internal unsafe Meta Meta
        {
            get
            {
                Meta meta;
                Shim.Check(Shim.torchref_meta(Handle, &meta));
                GC.KeepAlive(this);
                return meta;
            }
        }

        private static long At(long[] values, int dim) =>
            dim >= -values.Length && dim < values.Length ? values[dim < 0 ? dim + values.Length : dim]
                : throw new ArgumentOutOfRangeException(nameof(dim), $"a dimension must exist: expected -{values.Length} to {values.Length - 1} but got {dim}");
    }
}
