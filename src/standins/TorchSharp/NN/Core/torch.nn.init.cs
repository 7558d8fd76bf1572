using static TorchSharp.Engine.Op;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>How parameters begin: in place, outside any graph, by PyTorch's rules. Each returns its tensor.</summary>
        public static partial class init
        {
            public enum NonlinearityType
            {
                Linear = 0,
                Conv1D = 1,
                Conv2D = 2,
                Conv3D = 3,
                ConvTranspose1D = 4,
                ConvTranspose2D = 5,
                ConvTranspose3D = 6,
                Sigmoid = 7,
                Tanh = 8,
                ReLU = 9,
                LeakyReLU = 10,
            }

            public enum FanInOut
            {
                FanIn = 0,
                FanOut = 1,
            }

            /// <summary>What a nonlinearity's weights are multiplied by; <paramref name="param"/> is the slope of a leaky ReLU.</summary>
            public static double calculate_gain(NonlinearityType nonlinearity, double param = 0) => nonlinearity switch
            {
                NonlinearityType.Tanh => 5.0 / 3,
                NonlinearityType.ReLU => Math.Sqrt(2),
                NonlinearityType.LeakyReLU => Math.Sqrt(2 / (1 + param * param)),
                _ => 1,
            };

            /// <summary>How many values go into an output and out of an input: the sizes 1 and 0, times the rest.</summary>
            public static (long fanIn, long fanOut) CalculateFanInAndFanOut(Tensor tensor)
            {
                var shape = tensor.shape;
                if (shape.Length < 2) throw new ArgumentException("Fan in and fan out can not be computed for tensor with fewer than 2 dimensions");
                var receptive = shape.Skip(2).Aggregate(1L, (product, size) => product * size);
                return (shape[1] * receptive, shape[0] * receptive);
            }

            public static Tensor ones_(Tensor tensor) => constant_(tensor, 1);

            public static Tensor zeros_(Tensor tensor) => constant_(tensor, 0);

            public static Tensor constant_(Tensor tensor, Scalar val)
            {
                using var guard = no_grad();
                return RunInPlace("fill_.Scalar", tensor, val);
            }

            public static Tensor uniform_(Tensor tensor, double low = 0, double high = 1, Generator? generator = null)
            {
                using var guard = no_grad();
                return RunInPlace("uniform_", tensor, low, high, generator);
            }

            public static Tensor normal_(Tensor tensor, double mean = 0, double std = 1, Generator? generator = null)
            {
                using var guard = no_grad();
                return RunInPlace("normal_", tensor, mean, std, generator);
            }

            /// <summary>A normal distribution cut off at <paramref name="a"/> and <paramref name="b"/>: uniform in its distribution function's range, then inverted.</summary>
            public static Tensor trunc_normal_(Tensor tensor, double mean = 0, double std = 1, double a = -2, double b = 2, Generator? generator = null)
            {
                using var guard = no_grad();
                double low = NormalDistribution((a - mean) / std), high = NormalDistribution((b - mean) / std);
                RunInPlace("uniform_", tensor, 2 * low - 1, 2 * high - 1, generator);
                RunInPlace("erfinv_", tensor);
                RunInPlace("mul_.Scalar", tensor, std * Math.Sqrt(2));
                RunInPlace("add_.Scalar", tensor, mean);
                return RunInPlace("clamp_", tensor, a, b);
            }

            public static Tensor xavier_uniform_(Tensor tensor, double gain = 1)
            {
                var bound = Math.Sqrt(3) * XavierDeviation(tensor, gain);
                return uniform_(tensor, -bound, bound);
            }

            public static Tensor xavier_normal_(Tensor tensor, double gain = 1) => normal_(tensor, 0, XavierDeviation(tensor, gain));

            public static Tensor glorot_uniform_(Tensor tensor, double gain = 1) => xavier_uniform_(tensor, gain);

            public static Tensor glorot_normal_(Tensor tensor, double gain = 1) => xavier_normal_(tensor, gain);

            public static Tensor kaiming_uniform_(Tensor tensor, double a = 0, FanInOut mode = FanInOut.FanIn, NonlinearityType nonlinearity = NonlinearityType.LeakyReLU)
            {
                // Without elements there may be no fan either, and nothing to fill.
                if (tensor.NumberOfElements == 0) return tensor;
                var bound = Math.Sqrt(3) * KaimingDeviation(tensor, a, mode, nonlinearity);
                return uniform_(tensor, -bound, bound);
            }

            public static Tensor kaiming_normal_(Tensor tensor, double a = 0, FanInOut mode = FanInOut.FanIn, NonlinearityType nonlinearity = NonlinearityType.LeakyReLU) =>
                tensor.NumberOfElements == 0 ? tensor : normal_(tensor, 0, KaimingDeviation(tensor, a, mode, nonlinearity));

            private static double XavierDeviation(Tensor tensor, double gain)
            {
                var (fanIn, fanOut) = CalculateFanInAndFanOut(tensor);
                return gain * Math.Sqrt(2.0 / (fanIn + fanOut));
            }

            private static double KaimingDeviation(Tensor tensor, double a, FanInOut mode, NonlinearityType nonlinearity)
            {
                var (fanIn, fanOut) = CalculateFanInAndFanOut(tensor);
                return calculate_gain(nonlinearity, a) / Math.Sqrt(mode == FanInOut.FanIn ? fanIn : fanOut);
            }

            private static double NormalDistribution(double x)
            {
                using var argument = Modules.Fresh.Full(CPU, ScalarType.Float64, x / Math.Sqrt(2));
                using var erf = Run("erf", argument);
                return (1 + erf.item<double>()) / 2;
            }
        }
    }
}
