using static TorchSharp.torch;

namespace TorchRef.Experiments.Training.Optimizers;

/// <summary>h ← αh + (1 − α)g²; θ ← θ − ηg/(√h + ε).</summary>
internal sealed class RmsPropRule(double alpha, double epsilon) : ReplicaOptimizer
{
    private const string Average = "square_avg";

    public override IReadOnlyList<string> Memories => [Average];

    protected override void Move(ReplicaParameter parameter, Tensor direction, long step)
    {
        var average = parameter.Memory[Average];                        // θ's shape, as all below
        average.mul_(alpha).addcmul_(direction, direction, 1 - alpha);
        parameter.Value.addcmul_(direction / average.sqrt().add_(epsilon), parameter.Rate, -1);
    }
}
