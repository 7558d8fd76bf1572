using static TorchSharp.Engine.Op;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        // Activations. In place, the result is another object for the input's tensor.
        public static partial class functional
        {
            public static Tensor relu(Tensor x, bool inplace = false) => Run(inplace ? "relu_" : "relu", x);

            public static Tensor relu6(Tensor x, bool inplace = false) => hardtanh(x, 0, 6, inplace);

            public static Tensor hardtanh(Tensor x, double min_val = -1, double max_val = 1, bool inplace = false) =>
                Run(inplace ? "hardtanh_" : "hardtanh", x, min_val, max_val);

            public static Tensor leaky_relu(Tensor input, double negative_slope = 0.01, bool inplace = false) =>
                Run(inplace ? "leaky_relu_" : "leaky_relu", input, negative_slope);

            public static Tensor prelu(Tensor input, Tensor weight) => Run("prelu", input, weight);

            /// <summary>With the mean slope: the random ones are the module's, in training.</summary>
            public static Tensor rrelu(Tensor x, double lower = 0.125, double upper = 1.0 / 3, bool inplace = false) => rrelu(x, lower, upper, false, inplace);

            public static Tensor elu(Tensor x, double alpha, bool inplace = false) => Run(inplace ? "elu_" : "elu", x, alpha);

            public static Tensor celu(Tensor x, double alpha, bool inplace = false) => Run(inplace ? "celu_" : "celu", x, alpha);

            public static Tensor selu(Tensor x, bool inplace = false) => Run(inplace ? "selu_" : "selu", x);

            public static Tensor gelu(Tensor x) => Run("gelu", x);

            public static Tensor gelu(Tensor x, bool inplace) => Run(inplace ? "gelu_" : "gelu", x);

            public static Tensor glu(Tensor input, long dim = -1) => Run("glu", input, dim);

            public static Tensor silu(Tensor x, bool inplace = false) => Run(inplace ? "silu_" : "silu", x);

            public static Tensor mish(Tensor x, bool inplace = false) => Run(inplace ? "mish_" : "mish", x);

            public static Tensor sigmoid(Tensor x) => Run("sigmoid", x);

            public static Tensor sigmoid(Tensor x, bool inplace) => Run(inplace ? "sigmoid_" : "sigmoid", x);

            public static Tensor tanh(Tensor x, bool inplace = false) => Run(inplace ? "tanh_" : "tanh", x);

            public static Tensor logsigmoid(Tensor x) => Run("log_sigmoid", x);

            public static Tensor hardsigmoid(Tensor input, bool inplace = false) => Run(inplace ? "hardsigmoid_" : "hardsigmoid", input);

            public static Tensor hardswish(Tensor input, bool inplace = false) => Run(inplace ? "hardswish_" : "hardswish", input);

            public static Tensor softplus(Tensor x, double beta = 1, double threshold = 20) => Run("softplus", x, beta, threshold);

            public static Tensor hardshrink(Tensor x, double lambda = 0.5) => Run("hardshrink", x, lambda);

            public static Tensor softshrink(Tensor x, double lambda = 0.5) => Run("softshrink", x, lambda);

            /// <summary>x − tanh x.</summary>
            public static Tensor tanhshrink(Tensor x, bool inplace = false)
            {
                using var bounded = Run("tanh", x);
                return Run(inplace ? "sub_.Tensor" : "sub.Tensor", x, bounded);
            }

            /// <summary>x / (1 + |x|).</summary>
            public static Tensor softsign(Tensor x, bool inplace = false)
            {
                using var magnitude = Run("abs", x);
                using var divisor = Run("add.Scalar", magnitude, 1);
                return Run(inplace ? "div_.Tensor" : "div.Tensor", x, divisor);
            }

            public static Tensor threshold(Tensor x, double threshold, double value, bool inplace = false) =>
                Run(inplace ? "threshold_" : "threshold", x, threshold, value);

            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => Run("softmax.int", input, dim, dtype);

            public static Tensor log_softmax(Tensor x, long dim) => Run("log_softmax.int", x, dim);

            public static Tensor softmin(Tensor x, long dim)
            {
                using var negative = Run("neg", x);
                return softmax(negative, dim);
            }

            /// <summary>Softmax over the channels of (N, C, H, W) or (C, H, W).</summary>
            public static Tensor softmax2d(Tensor x) => x.Dimensions is 3 or 4 ? softmax(x, -3)
                : throw new ArgumentException($"Softmax2d: expected input to be 3D or 4D, got {x.Dimensions}D instead");

            internal static Tensor rrelu(Tensor x, double lower, double upper, bool training, bool inplace) =>
                Run(inplace ? "rrelu_" : "rrelu", x, lower, upper, training);
        }
    }
}
