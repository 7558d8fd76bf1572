using TorchRef.Numerics;

namespace TorchRef.Optimization;

/// <summary>The settings of <see cref="Adam"/>, with PyTorch's names, defaults and checks.</summary>
/// <param name="lr">Learning rate η.</param>
/// <param name="beta1">β₁, the share of the averaged gradient that is kept.</param>
/// <param name="beta2">β₂, the share of the averaged square that is kept.</param>
/// <param name="eps">ε, added to the root; null for the convention's own: PyTorch's 1e-8, the book's 1e-7.</param>
/// <param name="weight_decay">λ, the strength of weight decay.</param>
/// <param name="amsgrad">Whether to divide by the largest averaged square so far.</param>
/// <param name="maximize">Whether to climb instead of descend.</param>
/// <param name="decoupled_weight_decay">Whether θ shrinks by ηλθ beside the step, instead of λθ joining the gradient.</param>
/// <param name="convention">Whose step size and ε.</param>
public record AdamOptions(
    double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double? eps = null, double weight_decay = 0, bool amsgrad = false, bool maximize = false,
    bool decoupled_weight_decay = false, OptimizerConvention convention = OptimizerConvention.PyTorch) : GroupOptions(lr, weight_decay, maximize)
{
    private const string Betas = "betas";

    /// <summary>The ε that is used.</summary>
    public double Epsilon => eps ?? (convention == OptimizerConvention.Book ? 1e-7 : 1e-8);

    /// <inheritdoc/>
    public override void Check()
    {
        if (!(lr >= 0)) throw new ArgumentException($"Invalid learning rate: {PythonText.Short(lr)}");
        if (!(Epsilon >= 0)) throw new ArgumentException($"Invalid epsilon value: {PythonText.Short(Epsilon)}");
        if (!(beta1 is >= 0 and < 1)) throw new ArgumentException($"Invalid beta parameter at index 0: {PythonText.Of(beta1)}");
        if (!(beta2 is >= 0 and < 1)) throw new ArgumentException($"Invalid beta parameter at index 1: {PythonText.Of(beta2)}");
        if (!(weight_decay >= 0)) throw new ArgumentException($"Invalid weight_decay value: {PythonText.Short(weight_decay)}");
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, object> ToDictionary() => WithConvention(new OrderedDictionary<string, object>
    {
        [nameof(lr)] = lr,
        [Betas] = (beta1, beta2),
        [nameof(eps)] = Epsilon,
        [nameof(weight_decay)] = weight_decay,
        [nameof(amsgrad)] = amsgrad,
        [nameof(maximize)] = maximize,
        [nameof(decoupled_weight_decay)] = decoupled_weight_decay,
    }, convention);

    /// <inheritdoc/>
    public override AdamOptions Merge(IReadOnlyDictionary<string, object> values)
    {
        var (first, second) = Pair(values, Betas, (beta1, beta2));
        return this with
        {
            lr = Number(values, nameof(lr), lr),
            beta1 = first,
            beta2 = second,
            eps = Number(values, nameof(eps), Epsilon),
            weight_decay = Number(values, nameof(weight_decay), weight_decay),
            amsgrad = Switch(values, nameof(amsgrad), amsgrad),
            maximize = Switch(values, nameof(maximize), maximize),
            decoupled_weight_decay = Switch(values, nameof(decoupled_weight_decay), decoupled_weight_decay),
            convention = Convention(values, convention),
        };
    }
}
