using static TorchSharp.Engine.Op;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        // Linear maps, distances, and rearrangements.
        public static partial class functional
        {
            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) => Run("linear", input, weights, bias);

            public static Tensor bilinear(Tensor input1, Tensor input2, Tensor weight, Tensor? bias = null) => Run("bilinear", input1, input2, weight, bias);

            public static Tensor one_hot(Tensor x, long num_classes = -1) => Run("one_hot", x, num_classes);

            public static Tensor cosine_similarity(Tensor x1, Tensor x2, long dim = 1, double eps = 1e-8) => Run("cosine_similarity", x1, x2, dim, eps);

            public static Tensor pairwise_distance(Tensor input1, Tensor input2, double p = 2, double eps = 1e-6, bool keepdim = false) =>
                Run("pairwise_distance", input1, input2, p, eps, keepdim);

            public static Tensor pixel_shuffle(Tensor input, long upscale_factor) => Run("pixel_shuffle", input, upscale_factor);

            public static Tensor pixel_unshuffle(Tensor input, long downscale_factor) => Run("pixel_unshuffle", input, downscale_factor);
        }
    }
}
