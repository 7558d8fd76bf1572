using static TorchSharp.torch;

namespace TorchRef.Experiments.Training.Optimizers;

/// <summary>h ← h + g²; θ ← θ − ηg/(√h + ε).</summary>
internal sealed class AdaGradRule(double epsilon) : ReplicaOptimizer
{
    private const string Sum = "sum";

    public override IReadOnlyList<string> Memories => [Sum];

    protected override void Move(ReplicaParameter parameter, Tensor direction, long step)
    {
        var sum = parameter.Memory[Sum];                                // θ's shape, as all below
        sum.addcmul_(direction, direction, 1);
        parameter.Value.addcmul_(direction / sum.sqrt().add_(epsilon), parameter.Rate, -1);
    }
}
