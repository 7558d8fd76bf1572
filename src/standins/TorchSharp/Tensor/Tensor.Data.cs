using System.Numerics;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    // Elements as .NET values.
    public partial class Tensor
    {
        /// <summary>The elements of a CPU tensor, as values of its element type, in the order of its shape.</summary>
        /// <exception cref="ArgumentException"><typeparamref name="T"/> isn't the .NET type of the element type.</exception>
        /// <exception cref="InvalidOperationException">The tensor isn't on the CPU.</exception>
        public TensorAccessor<T> data<T>() where T : unmanaged
        {
            RequireElementsOf<T>(dtype);
            return new TensorAccessor<T>(this);
        }

        /// <summary>The one element of a tensor that has one.</summary>
        /// <exception cref="ArgumentException">The tensor has another number of elements, or <typeparamref name="T"/> isn't their type.</exception>
        public unsafe T item<T>() where T : unmanaged
        {
            if (NumberOfElements != 1)
                throw new ArgumentException($"item() must be called on one element: expected a tensor of 1 element but got {NumberOfElements} (shape [{string.Join(", ", shape)}])");
            RequireElementsOf<T>(dtype);
            using var near = is_cpu() ? null : cpu();
            // What is conjugated or negated only when it is read is so in no memory yet.
            using var local = is_conj() ? Engine.Op.Run("resolve_conj", near ?? this) : is_neg() ? Engine.Op.Run("resolve_neg", near ?? this) : null;
            var value = *(T*)(local ?? near ?? this).Meta.Data;
            GC.KeepAlive((this, near, local));
            return value;
        }

        /// <summary>The one element of a tensor that has one, of whatever type it is.</summary>
        public Scalar ToScalar() => dtype switch
        {
            ScalarType.Byte => item<byte>(),
            ScalarType.Int8 => item<sbyte>(),
            ScalarType.Int16 => item<short>(),
            ScalarType.Int32 => item<int>(),
            ScalarType.Int64 => item<long>(),
            ScalarType.Float16 => item<Half>(),
            ScalarType.BFloat16 => Scalar.From(ScalarType.BFloat16, (double)AsSingle()),
            ScalarType.Float32 => item<float>(),
            ScalarType.Float64 => item<double>(),
            ScalarType.ComplexFloat32 => item<(float, float)>(),
            ScalarType.ComplexFloat64 => item<Complex>(),
            ScalarType.Bool => item<bool>(),
            var other => throw new NotSupportedException($"an element must have a .NET counterpart: expected a number or a truth value but got {other}"),
        };

        /// <summary>The memory of a contiguous CPU tensor.</summary>
        public unsafe Span<byte> bytes
        {
            get
            {
                var meta = Meta;
                if (!is_cpu() || !meta.Flags.HasFlag(Engine.Flag.Contiguous))
                    throw new InvalidOperationException($"bytes must be read from contiguous memory of the CPU: expected such a tensor but got one on {device}{(is_contiguous() ? "" : ", not contiguous")}");
                return new Span<byte>((void*)meta.Data, checked((int)(meta.Elements * meta.ElementSize)));
            }
            set
            {
                var target = bytes;
                if (value.Length != target.Length)
                    throw new ArgumentException($"bytes must fit the tensor: expected {target.Length} but got {value.Length}");
                value.CopyTo(target);
            }
        }

        public T ReadCpuValue<T>(long i) where T : unmanaged => data<T>()[Unravel(i)];

        public bool ReadCpuBool(long i) => ReadCpuValue<bool>(i);

        public byte ReadCpuByte(long i) => ReadCpuValue<byte>(i);

        public sbyte ReadCpuSByte(long i) => ReadCpuValue<sbyte>(i);

        public short ReadCpuInt16(long i) => ReadCpuValue<short>(i);

        public int ReadCpuInt32(long i) => ReadCpuValue<int>(i);

        public long ReadCpuInt64(long i) => ReadCpuValue<long>(i);

        public float ReadCpuSingle(long i) => ReadCpuValue<float>(i);

        public double ReadCpuDouble(long i) => ReadCpuValue<double>(i);

        public float ReadCpuFloat16(long i) => (float)ReadCpuValue<Half>(i);

        private float AsSingle()
        {
            using var single = to_type(ScalarType.Float32);
            return single.item<float>();
        }

        private long[] Unravel(long index)
        {
            var sizes = shape;
            var position = new long[sizes.Length];
            for (var d = sizes.Length - 1; d >= 0; d--)
            {
                position[d] = index % sizes[d];
                index /= sizes[d];
            }
            return position;
        }

        private static void RequireElementsOf<T>(ScalarType type)
        {
            var fits = type switch
            {
                ScalarType.Byte => typeof(T) == typeof(byte),
                ScalarType.Int8 => typeof(T) == typeof(sbyte),
                ScalarType.Int16 => typeof(T) == typeof(short),
                ScalarType.Int32 => typeof(T) == typeof(int),
                ScalarType.Int64 => typeof(T) == typeof(long),
                ScalarType.Float16 => typeof(T) == typeof(Half),
                ScalarType.Float32 => typeof(T) == typeof(float),
                ScalarType.Float64 => typeof(T) == typeof(double),
                ScalarType.ComplexFloat32 => typeof(T) == typeof((float, float)),
                ScalarType.ComplexFloat64 => typeof(T) == typeof(Complex),
                ScalarType.Bool => typeof(T) == typeof(bool),
                _ => false,
            };
            if (!fits) throw new ArgumentException($"elements must be read as what they are: expected the .NET type of {type} but got {typeof(T).Name}");
        }
    }
}
