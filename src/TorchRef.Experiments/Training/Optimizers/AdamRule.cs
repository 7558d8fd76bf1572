using static TorchSharp.torch;

namespace TorchRef.Experiments.Training.Optimizers;

/// <summary>m ← β₁m + (1 − β₁)g; v ← β₂v + (1 − β₂)g²; θ ← θ − η·√(1 − β₂ᵗ)/(1 − β₁ᵗ)·m/(√v + ε), the study notes' place of ε.</summary>
internal sealed class AdamRule(double beta1, double beta2, double epsilon) : ReplicaOptimizer
{
    private const string Mean = "exp_avg", Square = "exp_avg_sq";

    public override IReadOnlyList<string> Memories => [Mean, Square];

    protected override void Move(ReplicaParameter parameter, Tensor direction, long step)
    {
        var (mean, square) = (parameter.Memory[Mean], parameter.Memory[Square]); // θ's shape, as all below
        mean.mul_(beta1).add_(direction, 1 - beta1);
        square.mul_(beta2).addcmul_(direction, direction, 1 - beta2);
        var correction = Math.Sqrt(1 - Math.Pow(beta2, step)) / (1 - Math.Pow(beta1, step));
        parameter.Value.addcmul_(mean / square.sqrt().add_(epsilon), parameter.Rate, -correction);
    }
}
