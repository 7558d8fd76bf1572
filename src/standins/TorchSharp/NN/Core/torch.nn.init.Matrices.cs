using static TorchSharp.Engine.Op;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        // Matrices of a shape: identities, orthogonal ones, sparse ones.
        public static partial class init
        {
            public static Tensor eye_(Tensor tensor)
            {
                if (tensor.Dimensions != 2) throw new ArgumentException("Only tensors with 2 dimensions are supported");
                using var guard = no_grad();
                using var identity = Run("eye.m", tensor.shape[0], tensor.shape[1], tensor.dtype, Engine.Arg.None, tensor.device);
                return tensor.copy_(identity);
            }

            /// <summary>A convolution that passes each channel through, as many as there are.</summary>
            public static Tensor dirac_(Tensor tensor)
            {
                if (tensor.Dimensions is < 3 or > 5) throw new ArgumentException("Only tensors with 3, 4, or 5 dimensions are supported");
                using var guard = no_grad();
                RunInPlace("zero_", tensor);
                var shape = tensor.shape;
                // The middle of the kernel, then the diagonal of what remains: outputs by inputs.
                using var scope = NewDisposeScope();
                var middle = tensor.alias();
                for (var d = shape.Length - 1; d >= 2; d--) middle = Run("select.int", middle, d, shape[d] / 2);
                RunInPlace("fill_.Scalar", Run("diagonal", middle), 1);
                return tensor;
            }

            /// <summary>Rows or columns of length 1 that are orthogonal to each other; dimensions after the first are taken as one.</summary>
            public static Tensor orthogonal_(Tensor tensor, double gain = 1)
            {
                if (tensor.Dimensions < 2) throw new ArgumentException("Only tensors with 2 or more dimensions are supported");
                if (tensor.NumberOfElements == 0) return tensor;
                using var guard = no_grad();
                using var scope = NewDisposeScope();
                long rows = tensor.shape[0], columns = tensor.NumberOfElements / rows;
                var random = RunInPlace("normal_", Modules.Fresh.Empty(tensor.device, tensor.dtype, rows, columns), 0.0, 1.0);
                if (rows < columns) random = Run("t", random);
                var parts = RunMany("linalg_qr", random);
                // The signs of R's diagonal make Q uniform among all orthogonal matrices.
                var q = Run("mul.Tensor", parts[0], Run("sign", Run("diagonal", parts[1])));
                if (rows < columns) q = Run("t", q);
                tensor.copy_(Run("reshape", q, tensor.shape));
                return RunInPlace("mul_.Scalar", tensor, gain);
            }

            /// <summary>Normal values, and in each column a share of zeros at random places.</summary>
            public static Tensor sparse_(Tensor tensor, double sparsity, double std = 0.01)
            {
                if (tensor.Dimensions != 2) throw new ArgumentException("Only tensors with 2 dimensions are supported");
                using var guard = no_grad();
                using var scope = NewDisposeScope();
                long rows = tensor.shape[0], columns = tensor.shape[1], zeros = (long)Math.Ceiling(sparsity * rows);
                RunInPlace("normal_", tensor, 0.0, std);
                for (var c = 0L; c < columns; c++)
                {
                    var places = Run("slice.Tensor", Run("randperm", rows, ScalarType.Int64, Engine.Arg.None, tensor.device), 0, 0, zeros);
                    RunInPlace("index_fill_.int_Scalar", Run("select.int", tensor, 1, c), 0, places, 0);
                }
                return tensor;
            }
        }
    }
}
