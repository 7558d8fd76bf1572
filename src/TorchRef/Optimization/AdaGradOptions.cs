using TorchRef.Numerics;

namespace TorchRef.Optimization;

/// <summary>The settings of <see cref="AdaGrad"/>, with PyTorch's names, defaults and checks.</summary>
/// <param name="lr">Learning rate η.</param>
/// <param name="lr_decay">How fast the rate falls: η/(1 + (t − 1)·lr_decay) at step t.</param>
/// <param name="weight_decay">λ of the L2 penalty ½λΣθ², added to the gradient as λθ.</param>
/// <param name="initial_accumulator_value">What the sum of squares starts at.</param>
/// <param name="eps">ε, added to the root; null for the convention's own: PyTorch's 1e-10, the book's 1e-7.</param>
/// <param name="maximize">Whether to climb instead of descend.</param>
/// <param name="convention">Whose ε is taken where none is given.</param>
public sealed record AdaGradOptions(
    double lr = 0.01, double lr_decay = 0, double weight_decay = 0, double initial_accumulator_value = 0, double? eps = null, bool maximize = false,
    OptimizerConvention convention = OptimizerConvention.PyTorch) : GroupOptions(lr, weight_decay, maximize)
{
    /// <summary>The ε that is used.</summary>
    public double Epsilon => eps ?? (convention == OptimizerConvention.Book ? 1e-7 : 1e-10);

    /// <inheritdoc/>
    public override void Check()
    {
        if (!(lr >= 0)) throw new ArgumentException($"Invalid learning rate: {PythonText.Short(lr)}");
        if (!(lr_decay >= 0)) throw new ArgumentException($"Invalid lr_decay value: {PythonText.Short(lr_decay)}");
        if (!(weight_decay >= 0)) throw new ArgumentException($"Invalid weight_decay value: {PythonText.Short(weight_decay)}");
        if (!(initial_accumulator_value >= 0)) throw new ArgumentException($"Invalid initial_accumulator_value value: {PythonText.Short(initial_accumulator_value)}");
        if (!(Epsilon >= 0)) throw new ArgumentException($"Invalid epsilon value: {PythonText.Short(Epsilon)}");
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, object> ToDictionary() => WithConvention(new OrderedDictionary<string, object>
    {
        [nameof(lr)] = lr,
        [nameof(lr_decay)] = lr_decay,
        [nameof(eps)] = Epsilon,
        [nameof(weight_decay)] = weight_decay,
        [nameof(initial_accumulator_value)] = initial_accumulator_value,
        [nameof(maximize)] = maximize,
    }, convention);

    /// <inheritdoc/>
    public override AdaGradOptions Merge(IReadOnlyDictionary<string, object> values) => new(
        Number(values, nameof(lr), lr), Number(values, nameof(lr_decay), lr_decay), Number(values, nameof(weight_decay), weight_decay),
        Number(values, nameof(initial_accumulator_value), initial_accumulator_value), Number(values, nameof(eps), Epsilon),
        Switch(values, nameof(maximize), maximize), Convention(values, convention));
}
