using TorchRef.Numerics;

namespace TorchRef.Optimization;

/// <summary>The settings of <see cref="RMSprop"/>, with PyTorch's names, defaults and checks.</summary>
/// <param name="lr">Learning rate η.</param>
/// <param name="alpha">α, the share of the averages that is kept.</param>
/// <param name="eps">ε, added to the root; null for the convention's own: PyTorch's 1e-8, the book's 1e-7.</param>
/// <param name="weight_decay">λ of the L2 penalty ½λΣθ², added to the gradient as λθ.</param>
/// <param name="momentum">μ, the share of the velocity that is kept.</param>
/// <param name="centered">Whether to divide by the deviation of the gradients instead of their root mean square.</param>
/// <param name="maximize">Whether to climb instead of descend.</param>
/// <param name="convention">Whose ε is taken where none is given.</param>
public sealed record RMSpropOptions(
    double lr = 0.01, double alpha = 0.99, double? eps = null, double weight_decay = 0, double momentum = 0, bool centered = false, bool maximize = false,
    OptimizerConvention convention = OptimizerConvention.PyTorch) : GroupOptions(lr, weight_decay, maximize)
{
    /// <summary>The ε that is used.</summary>
    public double Epsilon => eps ?? (convention == OptimizerConvention.Book ? 1e-7 : 1e-8);

    /// <inheritdoc/>
    public override void Check()
    {
        if (!(lr >= 0)) throw new ArgumentException($"Invalid learning rate: {PythonText.Short(lr)}");
        if (!(Epsilon >= 0)) throw new ArgumentException($"Invalid epsilon value: {PythonText.Short(Epsilon)}");
        if (!(momentum >= 0)) throw new ArgumentException($"Invalid momentum value: {PythonText.Short(momentum)}");
        if (!(weight_decay >= 0)) throw new ArgumentException($"Invalid weight_decay value: {PythonText.Short(weight_decay)}");
        if (!(alpha >= 0)) throw new ArgumentException($"Invalid alpha value: {PythonText.Short(alpha)}");
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, object> ToDictionary() => WithConvention(new OrderedDictionary<string, object>
    {
        [nameof(lr)] = lr,
        [nameof(momentum)] = momentum,
        [nameof(alpha)] = alpha,
        [nameof(eps)] = Epsilon,
        [nameof(centered)] = centered,
        [nameof(weight_decay)] = weight_decay,
        [nameof(maximize)] = maximize,
    }, convention);

    /// <inheritdoc/>
    public override RMSpropOptions Merge(IReadOnlyDictionary<string, object> values) => new(
        Number(values, nameof(lr), lr), Number(values, nameof(alpha), alpha), Number(values, nameof(eps), Epsilon),
        Number(values, nameof(weight_decay), weight_decay), Number(values, nameof(momentum), momentum), Switch(values, nameof(centered), centered),
        Switch(values, nameof(maximize), maximize), Convention(values, convention));
}
