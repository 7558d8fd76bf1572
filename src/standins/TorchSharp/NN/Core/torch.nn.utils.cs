using TorchSharp.Modules;
using static TorchSharp.Engine.Op;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Gradients held within bounds, parameters as one vector.</summary>
        public static partial class utils
        {
            /// <summary>Scales all gradients so that their common norm is at most <paramref name="max_norm"/>; returns the norm before.</summary>
            public static double clip_grad_norm_(IEnumerable<Parameter> tensors, double max_norm, double norm_type = 2)
            {
                using var guard = no_grad();
                using var scope = NewDisposeScope();
                var gradients = tensors.Select(parameter => parameter.grad).OfType<Tensor>().ToArray();
                if (gradients.Length == 0) return 0;
                var norms = gradients.Select(gradient => Run("linalg_vector_norm", Run("to.device", gradient, gradients[0].device, gradient.dtype), norm_type)).ToArray();
                var total = Run("linalg_vector_norm", Run("stack", norms), norm_type);
                var factor = Run("clamp_max", Run("mul.Scalar", Run("reciprocal", Run("add.Scalar", total, 1e-6)), max_norm), 1.0);
                foreach (var gradient in gradients) RunInPlace("mul_.Tensor", gradient, factor.to(gradient.device));
                return Run("to.dtype", total, ScalarType.Float64).item<double>();
            }

            /// <summary>Cuts each gradient's values off at ±<paramref name="clip_value"/>.</summary>
            public static void clip_grad_value_(IEnumerable<Parameter> tensors, double clip_value)
            {
                using var guard = no_grad();
                foreach (var parameter in tensors)
                {
                    using var gradient = parameter.grad;
                    if (gradient is not null) RunInPlace("clamp_", gradient, -clip_value, clip_value);
                }
            }

            public static Tensor parameters_to_vector(IEnumerable<Parameter> tensors)
            {
                var parts = tensors.Select(parameter => Run("reshape", parameter, new[] { -1L })).ToArray();
                var vector = Run("cat", parts, 0);
                foreach (var part in parts) part.Dispose();
                return vector;
            }

            /// <summary>Copies slices of the vector into the parameters, in order.</summary>
            public static void vector_to_parameters(Tensor vec, IEnumerable<Parameter> tensors)
            {
                using var guard = no_grad();
                var start = 0L;
                foreach (var parameter in tensors)
                {
                    var end = start + parameter.NumberOfElements;
                    using var slice = Run("slice.Tensor", vec, 0, start, end);
                    using var shaped = Run("view_as", slice, parameter);
                    parameter.copy_(shaped);
                    start = end;
                }
            }
        }
    }
}
