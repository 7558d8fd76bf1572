using static TorchSharp.Engine.Op;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        // Dropout: the masks come from the generator of the input's device.
        public static partial class functional
        {
            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false) =>
                Drop(inplace ? "dropout_" : "dropout", input, p, training);

            /// <summary>Drops whole channels of (N, C, L), or of (C, L) without a batch.</summary>
            public static Tensor dropout1d(Tensor input, double p = 0.5, bool training = true, bool inplace = false)
            {
                RequireProbability(p);
                if (input.Dimensions is not (2 or 3)) throw new ArgumentException($"dropout1d: Expected 2D or 3D input, but received a {input.Dimensions}D input. Note that dropout1d exists to provide channel-wise dropout on inputs with 1 spatial dimension, a channel dimension, and an optional batch dimension (i.e. 2D or 3D inputs).");
                return DropChannels(input, p, training, inplace, unbatched: input.Dimensions == 2);
            }

            /// <summary>Drops whole channels of (N, C, H, W); three dimensions are taken for (N, C, L).</summary>
            public static Tensor dropout2d(Tensor input, double p = 0.5, bool training = true, bool inplace = false) =>
                DropChannels(input, p, training, inplace, unbatched: false);

            /// <summary>Drops whole channels of (N, C, D, H, W), or of (C, D, H, W) without a batch.</summary>
            public static Tensor dropout3d(Tensor input, double p = 0.5, bool training = true, bool inplace = false) =>
                DropChannels(input, p, training, inplace, unbatched: input.Dimensions == 4);

            public static Tensor alpha_dropout(Tensor input, double p = 0.5, bool training = false, bool inplace = false) =>
                Drop(inplace ? "alpha_dropout_" : "alpha_dropout", input, p, training);

            public static Tensor feature_alpha_dropout(Tensor input, double p = 0.5, bool training = false, bool inplace = false) =>
                Drop(inplace ? "feature_alpha_dropout_" : "feature_alpha_dropout", input, p, training);

            internal static double RequireProbability(double p) => p is >= 0 and <= 1 ? p
                : throw new ArgumentException($"dropout probability has to be between 0 and 1, but got {p.ToString(System.Globalization.CultureInfo.InvariantCulture)}");

            private static Tensor Drop(string name, Tensor input, double p, bool training) => Run(name, input, RequireProbability(p), training);

            private static Tensor DropChannels(Tensor input, double p, bool training, bool inplace, bool unbatched)
            {
                var name = inplace ? "feature_dropout_" : "feature_dropout";
                if (!unbatched) return Drop(name, input, p, training);
                using var batch = Run("unsqueeze", input, 0);
                using var dropped = Drop(name, batch, p, training);
                return inplace ? input.alias() : Run("squeeze.dim", dropped, 0);
            }
        }
    }
}
