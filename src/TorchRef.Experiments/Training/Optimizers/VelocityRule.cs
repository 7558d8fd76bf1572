using static TorchSharp.torch;

namespace TorchRef.Experiments.Training.Optimizers;

/// <summary>v ← μv − ηg; θ ← θ + v, or, looking ahead, θ ← θ + μv − ηg.</summary>
internal sealed class VelocityRule(double momentum, bool looksAhead) : ReplicaOptimizer
{
    private const string Velocity = "velocity";

    public override IReadOnlyList<string> Memories => [Velocity];

    protected override void Move(ReplicaParameter parameter, Tensor direction, long step)
    {
        var velocity = parameter.Memory[Velocity];                      // θ's shape, as all below
        velocity.mul_(momentum).addcmul_(direction, parameter.Rate, -1);
        if (looksAhead) parameter.Value.add_(velocity, momentum).addcmul_(direction, parameter.Rate, -1);
        else parameter.Value.add_(velocity);
    }
}
