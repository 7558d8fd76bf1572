using TorchRef.Numerics;

namespace TorchRef.Optimization;

/// <summary>The settings of <see cref="Nesterov"/>.</summary>
/// <param name="lr">Learning rate η.</param>
/// <param name="momentum">μ, the share of the velocity that is kept.</param>
/// <param name="weight_decay">λ of the L2 penalty ½λΣθ², added to the gradient as λθ.</param>
/// <param name="maximize">Whether to climb instead of descend.</param>
public sealed record NesterovOptions(double lr = 0.01, double momentum = 0.9, double weight_decay = 0, bool maximize = false)
    : GroupOptions(lr, weight_decay, maximize)
{
    /// <inheritdoc/>
    public override void Check()
    {
        if (!(lr >= 0)) throw new ArgumentException($"Invalid learning rate: {PythonText.Short(lr)}");
        if (!(momentum >= 0)) throw new ArgumentException($"Invalid momentum value: {PythonText.Short(momentum)}");
        if (!(weight_decay >= 0)) throw new ArgumentException($"Invalid weight_decay value: {PythonText.Short(weight_decay)}");
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, object> ToDictionary() => new OrderedDictionary<string, object>
    {
        [nameof(lr)] = lr,
        [nameof(momentum)] = momentum,
        [nameof(weight_decay)] = weight_decay,
        [nameof(maximize)] = maximize,
    };

    /// <inheritdoc/>
    public override NesterovOptions Merge(IReadOnlyDictionary<string, object> values) => new(
        Number(values, nameof(lr), lr), Number(values, nameof(momentum), momentum), Number(values, nameof(weight_decay), weight_decay),
        Switch(values, nameof(maximize), maximize));
}
