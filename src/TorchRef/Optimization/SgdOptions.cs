using TorchRef.Numerics;

namespace TorchRef.Optimization;

/// <summary>The settings of <see cref="SGD"/>, with PyTorch's names, defaults and checks.</summary>
/// <param name="lr">Learning rate η.</param>
/// <param name="momentum">μ, the share of the velocity that is kept.</param>
/// <param name="dampening">τ, the share of the gradient that doesn't enter the velocity.</param>
/// <param name="weight_decay">λ of the L2 penalty ½λΣθ², added to the gradient as λθ.</param>
/// <param name="nesterov">Whether to look ahead along the velocity.</param>
/// <param name="maximize">Whether to climb instead of descend.</param>
public sealed record SgdOptions(double lr, double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false)
{
    internal void Check()
    {
        if (lr < 0) throw new ArgumentException($"Invalid learning rate: {PythonText.Short(lr)}");
        if (momentum < 0) throw new ArgumentException($"Invalid momentum value: {PythonText.Short(momentum)}");
        if (weight_decay < 0) throw new ArgumentException($"Invalid weight_decay value: {PythonText.Short(weight_decay)}");
        if (nesterov && (momentum <= 0 || dampening != 0)) throw new ArgumentException("Nesterov momentum requires a momentum and zero dampening");
    }
}
