using static TorchSharp.Engine.Op;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>What layers compute, as functions.</summary>
        public static partial class functional
        {
            /// <exception cref="ArgumentException">Statistics of the batch are wanted and a channel has only one value.</exception>
            public static Tensor batch_norm(Tensor input, Tensor? running_mean, Tensor? running_var, Tensor? weight = null, Tensor? bias = null, bool training = false, double momentum = 0.1, double eps = 1e-5)
            {
                if (training) RequireSeveralValues(input.shape, 1);
                return Run("batch_norm", input, weight, bias, running_mean, running_var, training, momentum, eps, true);
            }

            public static Tensor instance_norm(Tensor input, Tensor? running_mean = null, Tensor? running_var = null, Tensor? weight = null, Tensor? bias = null, bool use_input_stats = true, double momentum = 0.1, double eps = 1e-5)
            {
                var shape = input.shape;
                if (use_input_stats && shape.Length > 2 && shape.AsSpan(2).IndexOfAnyExcept(1) < 0)
                    throw new ArgumentException($"Expected more than 1 spatial element when training, got input size torch.Size([{string.Join(", ", shape)}])");
                return Run("instance_norm", input, weight, bias, running_mean, running_var, use_input_stats, momentum, eps, true);
            }

            public static Tensor layer_norm(Tensor input, long[] normalized_shape, Tensor? weight = null, Tensor? bias = null, double eps = 1e-5) =>
                Run("layer_norm", input, normalized_shape, weight, bias, eps);

            public static Tensor group_norm(Tensor input, long num_groups, Tensor? weight = null, Tensor? bias = null, double eps = 1e-5)
            {
                if (input.Dimensions < 2) throw new ArgumentException($"Expected at least 2 dimensions for input tensor but received {input.Dimensions}");
                var shape = input.shape;
                RequireSeveralValues([shape[0] * shape[1] / num_groups, num_groups, .. shape.AsSpan(2)], 1);
                return Run("group_norm", input, num_groups, weight, bias, eps);
            }

            /// <summary>Divides by (k + α·mean of the squares of <paramref name="size"/> neighbouring channels)^β.</summary>
            public static Tensor local_response_norm(Tensor input, long size, double alpha = 1e-4, double beta = 0.75, double k = 1)
            {
                var shape = input.shape;
                if (shape.Length < 3) throw new ArgumentException($"Expected 3D or higher dimensionality input (got {shape.Length} dimensions)");
                if (input.NumberOfElements == 0) return input.alias();
                using var squares = Run("mul.Tensor", input, input);
                // The channels become a spatial dimension: (N, 1, C, rest).
                using var channels = Run("reshape", squares, new[] { shape[0], 1, shape[1], -1L });
                using var padded = Run("constant_pad_nd", channels, new[] { 0, 0, size / 2, (size - 1) / 2 });
                using var means = Run("avg_pool2d", padded, new[] { size, 1 }, new[] { 1L, 1L });
                using var shaped = Run("reshape", means, shape);
                using var scaled = Run("mul.Scalar", shaped, alpha);
                using var shifted = Run("add.Scalar", scaled, k);
                using var divisor = Run("pow.Tensor_Scalar", shifted, beta);
                return Run("div.Tensor", input, divisor);
            }

            /// <summary>Divides by the p-norm along a dimension, or by <paramref name="eps"/> where that is less.</summary>
            public static Tensor normalize(Tensor input, double p = 2, long dim = 1, double eps = 1e-12)
            {
                using var norm = Run("norm.ScalarOpt_dim", input, p, new[] { dim }, true);
                using var bounded = Run("clamp_min", norm, eps);
                return Run("div.Tensor", input, bounded);
            }

            private static void RequireSeveralValues(long[] shape, int channel)
            {
                var values = 1L;
                for (var d = 0; d < shape.Length; d++)
                    if (d != channel) values *= shape[d];
                if (values == 1) throw new ArgumentException($"Expected more than 1 value per channel when training, got input size torch.Size([{string.Join(", ", shape)}])");
            }
        }
    }
}
