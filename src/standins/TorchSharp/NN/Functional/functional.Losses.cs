using static TorchSharp.Engine.Op;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        // Losses.
        public static partial class functional
        {
            public static Tensor mse_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) => Run("mse_loss", input, target, (int)reduction);

            public static Tensor l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) => Run("l1_loss", input, target, (int)reduction);

            public static Tensor smooth_l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean, double beta = 1) =>
                Run("smooth_l1_loss", input, target, (int)reduction, beta);

            public static Tensor huber_loss(Tensor input, Tensor target, double delta = 1, Reduction reduction = Reduction.Mean) =>
                Run("huber_loss", input, target, (int)reduction, delta);

            /// <summary>Of logits and class indices, or probabilities of the classes.</summary>
            public static Tensor cross_entropy(Tensor input, Tensor target, Tensor? weight = null, long ignore_index = -100, Reduction reduction = Reduction.Mean, double label_smoothing = 0) =>
                Run("cross_entropy_loss", input, target, weight, (int)reduction, ignore_index, label_smoothing);

            public static Tensor nll_loss(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
                Run("nll_loss_nd", input, target, weight, (int)reduction);

            public static Tensor binary_cross_entropy(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
                Run("binary_cross_entropy", input, target, weight, (int)reduction);

            public static Tensor binary_cross_entropy_with_logits(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean, Tensor? pos_weights = null) =>
                Run("binary_cross_entropy_with_logits", input, target, weight, pos_weights, (int)reduction);

            public static Tensor kl_div(Tensor input, Tensor target, bool log_target = true, Reduction reduction = Reduction.Mean) =>
                Run("kl_div", input, target, (int)reduction, log_target);

            public static Tensor poisson_nll_loss(Tensor input, Tensor target, bool log_input = true, bool full = false, float eps = 1e-8f, Reduction reduction = Reduction.Mean) =>
                Run("poisson_nll_loss", input, target, log_input, full, (double)eps, (int)reduction);

            /// <summary>Half of log σ² + (x − y)² / σ², σ² not below <paramref name="eps"/>; full adds half of log 2π.</summary>
            public static Tensor gaussian_nll_loss(Tensor input, Tensor target, Tensor variance, bool full = false, float eps = 1e-6f, Reduction reduction = Reduction.Mean)
            {
                using var scope = NewDisposeScope();
                var shape = input.shape;
                // One variance for each sample: the last dimension is missing.
                if (!variance.shape.AsSpan().SequenceEqual(shape) && variance.shape.AsSpan().SequenceEqual(shape.AsSpan(0, Math.Max(shape.Length - 1, 0))))
                    variance = Run("unsqueeze", variance, -1);
                if (Run("any", Run("lt.Scalar", variance, 0)).item<bool>()) throw new ArgumentException("var has negative entry/entries");
                var bounded = variance.clone();
                using (no_grad()) RunInPlace("clamp_", bounded, (double)eps);
                var squares = Run("square", Run("sub.Tensor", input, target));
                var losses = Run("mul.Scalar", Run("add.Tensor", Run("log", bounded), Run("div.Tensor", squares, bounded)), 0.5);
                if (full) losses = Run("add.Scalar", losses, 0.5 * Math.Log(2 * Math.PI));
                return Reduced(losses, reduction).MoveToOuterDisposeScope();
            }

            public static Tensor hinge_embedding_loss(Tensor input, Tensor target, double margin = 0, Reduction reduction = Reduction.Mean) =>
                Run("hinge_embedding_loss", input, target, margin, (int)reduction);

            public static Tensor margin_ranking_loss(Tensor input1, Tensor input2, Tensor target, double margin = 0, Reduction reduction = Reduction.Mean) =>
                Run("margin_ranking_loss", input1, input2, target, margin, (int)reduction);

            public static Tensor cosine_embedding_loss(Tensor input1, Tensor input2, Tensor target, double margin = 0, Reduction reduction = Reduction.Mean) =>
                Run("cosine_embedding_loss", input1, input2, target, margin, (int)reduction);

            public static Tensor triplet_margin_loss(Tensor anchor, Tensor positive, Tensor negative, double margin = 1, long p = 2, double eps = 1e-6, bool swap = false, Reduction reduction = Reduction.Mean) =>
                Run("triplet_margin_loss", anchor, positive, negative, margin, (double)p, eps, swap, (int)reduction);

            public static Tensor multi_margin_loss(Tensor input, Tensor target, int p = 1, double margin = 1, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
                Run("multi_margin_loss", input, target, p, margin, weight, (int)reduction);

            public static Tensor multi_label_margin_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                Run("multilabel_margin_loss", input, target, (int)reduction);

            public static Tensor soft_margin_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                Run("soft_margin_loss", input, target, (int)reduction);

            /// <summary>The mean over the classes of each label's logistic loss.</summary>
            public static Tensor multilabel_soft_margin_loss(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean)
            {
                using var losses = binary_cross_entropy_with_logits(input, target, weight, Reduction.None);
                var means = Run("mean.dim", losses, new[] { -1L });
                return Reduced(means, reduction);
            }

            public static Tensor ctc_loss(Tensor log_probs, Tensor targets, Tensor input_lengths, Tensor target_lengths, long blank = 0, bool zero_infinity = false, Reduction reduction = Reduction.Mean) =>
                Run("ctc_loss.Tensor", log_probs, targets, input_lengths, target_lengths, blank, (int)reduction, zero_infinity);

            private static Tensor Reduced(Tensor losses, Reduction reduction)
            {
                if (reduction == Reduction.None) return losses;
                using (losses) return Run(reduction == Reduction.Mean ? "mean" : "sum", losses);
            }
        }
    }
}
