namespace TorchRef.Optimization;

/// <summary>The settings of <see cref="AdamW"/>: those of <see cref="Adam"/> with decoupled decay, whose default is PyTorch's 1e-2.</summary>
/// <param name="lr">Learning rate η.</param>
/// <param name="beta1">β₁, the share of the averaged gradient that is kept.</param>
/// <param name="beta2">β₂, the share of the averaged square that is kept.</param>
/// <param name="eps">ε, added to the root; null for the convention's own: PyTorch's 1e-8, the book's 1e-7.</param>
/// <param name="weight_decay">λ, by which θ shrinks beside the step.</param>
/// <param name="amsgrad">Whether to divide by the largest averaged square so far.</param>
/// <param name="maximize">Whether to climb instead of descend.</param>
/// <param name="convention">Whose step size and ε.</param>
public sealed record AdamWOptions(
    double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double? eps = null, double weight_decay = 1e-2, bool amsgrad = false, bool maximize = false,
    OptimizerConvention convention = OptimizerConvention.PyTorch)
    : AdamOptions(lr, beta1, beta2, eps, weight_decay, amsgrad, maximize, decoupled_weight_decay: true, convention)
{
    /// <inheritdoc/>
    public override void Check()
    {
        base.Check();
        if (!decoupled_weight_decay) throw new ArgumentException("the weight decay of AdamW is decoupled: expected decoupled_weight_decay True but got False");
    }

    /// <summary>As Adam's, but that the decay stays decoupled, whatever optimiser's settings they are.</summary>
    /// <param name="values">Such as <see cref="AdamOptions.ToDictionary"/> makes.</param>
    public override AdamWOptions Merge(IReadOnlyDictionary<string, object> values) => (AdamWOptions)(base.Merge(values) with { decoupled_weight_decay = true });
}
