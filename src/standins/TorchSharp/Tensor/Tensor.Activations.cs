using static TorchSharp.Engine.Op;

namespace TorchSharp;

public static partial class torch
{
    // Activation functions.
    public partial class Tensor
    {
        public Tensor relu() => Run("relu", this);
        public Tensor relu_() => RunInPlace("relu_", this);

        public Tensor relu6() => Run("relu6", this);
        public Tensor relu6_() => RunInPlace("relu6_", this);

        public Tensor sigmoid() => Run("sigmoid", this);
        public Tensor sigmoid_() => RunInPlace("sigmoid_", this);

        public Tensor softmax(long dim, ScalarType? dtype = null) => Run("softmax.int", this, dim, dtype);
        public Tensor log_softmax(long dim, ScalarType? dtype = null) => Run("log_softmax.int", this, dim, dtype);
        public Tensor softplus(double beta = 1, double threshold = 20) => Run("softplus", this, beta, threshold);
        public Tensor log_sigmoid() => Run("log_sigmoid", this);

        public Tensor elu(double alpha = 1) => Run("elu", this, alpha);
        public Tensor elu(Scalar alpha, Scalar scale, Scalar input_scale) => Run("elu", this, alpha, scale, input_scale);
        public Tensor elu_(double alpha = 1) => RunInPlace("elu_", this, alpha);
        public Tensor elu_(Scalar alpha, Scalar scale, Scalar input_scale) => RunInPlace("elu_", this, alpha, scale, input_scale);

        public Tensor selu() => Run("selu", this);
        public Tensor selu_() => RunInPlace("selu_", this);

        public Tensor celu() => Run("celu", this);
        public Tensor celu(Scalar alpha) => Run("celu", this, alpha);
        public Tensor celu_() => RunInPlace("celu_", this);
        public Tensor celu_(Scalar alpha) => RunInPlace("celu_", this, alpha);

        public Tensor gelu() => Run("gelu", this);
        public Tensor gelu_() => RunInPlace("gelu_", this);

        public Tensor silu() => Run("silu", this);
        public Tensor silu_() => RunInPlace("silu_", this);

        public Tensor leaky_relu(Scalar negative_slope) => Run("leaky_relu", this, negative_slope);
        public Tensor leaky_relu_(Scalar negative_slope) => RunInPlace("leaky_relu_", this, negative_slope);

        public Tensor prelu(Tensor target) => Run("prelu", this, target);

        public Tensor rrelu(double lower = 0.125, double upper = 1.0 / 3) => Run("rrelu", this, lower, upper);
        public Tensor rrelu_(double lower = 0.125, double upper = 1.0 / 3) => RunInPlace("rrelu_", this, lower, upper);

        public Tensor hardsigmoid() => Run("hardsigmoid", this);
        public Tensor hardsigmoid_() => RunInPlace("hardsigmoid_", this);

        public Tensor hardswish() => Run("hardswish", this);
        public Tensor hardswish_() => RunInPlace("hardswish_", this);

        public Tensor hardtanh(Scalar min, Scalar max) => Run("hardtanh", this, min, max);
        public Tensor hardtanh_(Scalar min, Scalar max) => RunInPlace("hardtanh_", this, min, max);

        public Tensor glu(long dim = -1) => Run("glu", this, dim);

        public Tensor threshold(Scalar threshold, Scalar value) => Run("threshold", this, threshold, value);
        public Tensor threshold_(Scalar threshold, Scalar value) => RunInPlace("threshold_", this, threshold, value);
    }
}
