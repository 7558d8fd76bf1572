using static TorchSharp.torch;

namespace TorchRef.Layers;

/// <summary>Softmax and cross-entropy in one, from logits; equal to torch.nn.CrossEntropyLoss.</summary>
/// <remarks>
/// <para>
/// p = softmax(z), p_c = e^z_c/Σe^z. The loss of one example is −Σ_c w_c·q_c·log p_c, where q is the target: 1 at the
/// class that it names, or probabilities; with label smoothing ε, q ← (1 − ε)q + ε/C. The logits are shifted by their
/// largest before they are raised, so nothing overflows: log p_c = z_c − m − log Σe^(z − m).
/// </para>
/// <para>
/// Reduction none gives the loss of every example, sum their sum, mean the sum over the number of examples; with class
/// targets over the sum of the weights of their classes. An example whose class is ignore_index counts nowhere. A mean
/// over nothing is NaN.
/// </para>
/// <para>Gradient, without weights: ∂L/∂z = (p − q)/N. Softmax and logarithm cancel, and what is left is by how much the answer is off.</para>
/// <para>
/// With log_offset δ the value is −Σ w_c·q_c·log(p_c + δ), as in the code that the study notes retell (δ = 1e-7, against log 0).
/// Its gradient stays the one above, in both forms, as in that code; the true one, (p − q)·p/(p + δ) at the class, would
/// vanish where the answer is most wrong. In comparisons of gradients leave the offset at 0.
/// </para>
/// <para>State: weight (C), a buffer, if there is one. Float16 and bfloat16 logits are computed in float32.</para>
/// </remarks>
public sealed class SoftmaxCrossEntropy : nn.Module<Tensor, Tensor, Tensor>
{
    private readonly Tensor? weight;

    /// <summary>Makes the loss.</summary>
    /// <param name="weight">w (C), the weight of each class; null for 1.</param>
    /// <param name="ignore_index">A class that counts nowhere.</param>
    /// <param name="reduction">What becomes of the losses of the examples.</param>
    /// <param name="label_smoothing">ε, the share of the target that is spread evenly over the classes.</param>
    /// <param name="log_offset">δ, added to the probabilities inside the logarithm; for the experiments of the study notes.</param>
    /// <param name="form">How the gradient is computed.</param>
    /// <exception cref="ArgumentException"><paramref name="label_smoothing"/> is outside of [0, 1], or <paramref name="log_offset"/> is negative.</exception>
    public SoftmaxCrossEntropy(Tensor? weight = null, long ignore_index = -100, nn.Reduction reduction = nn.Reduction.Mean,
        double label_smoothing = 0, double log_offset = 0, GradientForm form = GradientForm.Composite)
        : base(nameof(SoftmaxCrossEntropy))
    {
        CrossEntropyChecks.RequireSettings(label_smoothing, log_offset);
        (IgnoreIndex, Reduction, LabelSmoothing, LogOffset, Form) = (ignore_index, reduction, label_smoothing, log_offset, form);
        this.weight = weight?.detach().clone();                         // [C]
        RegisterComponents();
    }

    /// <summary>w (C); null without weights.</summary>
    public Tensor? Weight => weight;

    /// <summary>A class that counts nowhere.</summary>
    public long IgnoreIndex { get; }

    /// <summary>What becomes of the losses of the examples.</summary>
    public nn.Reduction Reduction { get; }

    /// <summary>ε, the share of the target that is spread evenly over the classes.</summary>
    public double LabelSmoothing { get; }

    /// <summary>δ, added to the probabilities inside the logarithm.</summary>
    public double LogOffset { get; }

    /// <summary>How the gradient is computed.</summary>
    public GradientForm Form { get; }

    /// <summary>The loss.</summary>
    /// <param name="input">Logits z: (C), (N, C) or (N, C, d₁, …).</param>
    /// <param name="target">
    /// Classes, int64 or uint8, of the shape of <paramref name="input"/> without C; or probabilities, floating-point, of its shape.
    /// </param>
    /// <returns>A scalar; without reduction the shape of <paramref name="input"/> without C.</returns>
    /// <exception cref="ArgumentException">Shapes, element types or classes don't fit; the texts are PyTorch's.</exception>
    public override Tensor forward(Tensor input, Tensor target)
    {
        using var scope = NewDisposeScope();
        CrossEntropyChecks.RequireFit(input, target, weight, IgnoreIndex);
        var dimension = input.dim() == 1 ? 0 : 1;
        var logits = input.dtype is ScalarType.Float16 or ScalarType.BFloat16 ? input.to_type(ScalarType.Float32) : input; // [N, C, …]
        var named = !target.shape.SequenceEqual(input.shape);
        var (shares, divisor) = named ? SharesOfClasses(logits, target.to_type(ScalarType.Int64), dimension) : SharesOfProbabilities(logits, target, dimension); // [N, C, …], []
        var losses = Form == GradientForm.ClosedForm || LogOffset != 0
            ? CrossEntropyFunction.apply(logits, shares, (long)dimension, named, LogOffset) // [N, …]
            : CrossEntropyFunction.LossesOf(shares, CrossEntropyFunction.LogSoftmax(logits, dimension), dimension, named);
        var reduced = Reduction switch
        {
            nn.Reduction.None => losses,                                // [N, …]
            nn.Reduction.Sum => losses.sum(),                           // []
            _ => losses.sum() / divisor,                                // []
        };
        return reduced.to_type(input.dtype).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override string ToString() => $"{GetName()}()";

    /// <summary>w·q of named classes, and the weight of all that count.</summary>
    private (Tensor shares, Tensor divisor) SharesOfClasses(Tensor logits, Tensor target, int dimension)
    {
        var ignored = target == IgnoreIndex;                            // [N, …]
        var column = target.masked_fill(ignored, 0).unsqueeze(dimension); // [N, 1, …]
        var chosen = zeros_like(logits.detach()).scatter_(dimension, column, ones_like(column).to_type(logits.dtype)); // [N, C, …]
        var without = ignored.unsqueeze(dimension);                     // [N, 1, …]
        var divisor = Weighted(chosen, dimension).masked_fill(without, 0).sum(); // []
        return (Weighted(Smoothed(chosen, dimension), dimension).masked_fill(without, 0), divisor);
    }

    /// <summary>w·q of probabilities, and the number of examples.</summary>
    private (Tensor shares, Tensor divisor) SharesOfProbabilities(Tensor logits, Tensor target, int dimension)
    {
        var shares = Weighted(Smoothed(target.to_type(logits.dtype), dimension), dimension); // [N, C, …]
        return (shares, full([], logits.numel() / logits.shape[dimension], logits.dtype, logits.device));
    }

    private Tensor Smoothed(Tensor shares, int dimension) =>
        LabelSmoothing == 0 ? shares : shares * (1 - LabelSmoothing) + LabelSmoothing / shares.shape[dimension]; // [N, C, …]

    private Tensor Weighted(Tensor shares, int dimension)
    {
        if (weight is null) return shares;
        var shape = new long[shares.dim()];
        Array.Fill(shape, 1);
        shape[dimension] = weight.numel();
        return shares * weight.to_type(shares.dtype).view(shape);       // [N, C, …]·[1, C, 1, …]
    }
}
