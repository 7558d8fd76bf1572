using TorchRef.Numerics;

namespace TorchRef.Optimization;

/// <summary>The settings of <see cref="SGD"/>, with PyTorch's names, defaults and checks.</summary>
/// <param name="lr">Learning rate η.</param>
/// <param name="momentum">μ, the share of the velocity that is kept.</param>
/// <param name="dampening">τ, the share of the gradient that doesn't enter the velocity.</param>
/// <param name="weight_decay">λ of the L2 penalty ½λΣθ², added to the gradient as λθ.</param>
/// <param name="nesterov">Whether to look ahead along the velocity.</param>
/// <param name="maximize">Whether to climb instead of descend.</param>
/// <param name="decoupled_weight_decay">Whether θ shrinks by ηλθ beside the step instead (SGDW), out of the velocity's sight; torch.optim.SGD hasn't got it.</param>
public sealed record SgdOptions(
    double lr, double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false, bool decoupled_weight_decay = false)
    : GroupOptions(lr, weight_decay, maximize)
{
    /// <inheritdoc/>
    public override void Check()
    {
        // Written as PyTorch's, which here, unlike elsewhere, lets NaN pass.
        if (lr < 0) throw new ArgumentException($"Invalid learning rate: {PythonText.Short(lr)}");
        if (momentum < 0) throw new ArgumentException($"Invalid momentum value: {PythonText.Short(momentum)}");
        if (weight_decay < 0) throw new ArgumentException($"Invalid weight_decay value: {PythonText.Short(weight_decay)}");
        if (nesterov && (momentum <= 0 || dampening != 0)) throw new ArgumentException("Nesterov momentum requires a momentum and zero dampening");
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, object> ToDictionary() => new OrderedDictionary<string, object>
    {
        [nameof(lr)] = lr,
        [nameof(momentum)] = momentum,
        [nameof(dampening)] = dampening,
        [nameof(weight_decay)] = weight_decay,
        [nameof(nesterov)] = nesterov,
        [nameof(maximize)] = maximize,
        [nameof(decoupled_weight_decay)] = decoupled_weight_decay,
    };

    /// <inheritdoc/>
    public override SgdOptions Merge(IReadOnlyDictionary<string, object> values) => new(
        Number(values, nameof(lr), lr), Number(values, nameof(momentum), momentum), Number(values, nameof(dampening), dampening),
        Number(values, nameof(weight_decay), weight_decay), Switch(values, nameof(nesterov), nesterov), Switch(values, nameof(maximize), maximize),
        Switch(values, nameof(decoupled_weight_decay), decoupled_weight_decay));
}
