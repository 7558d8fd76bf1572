using static TorchSharp.torch;

namespace TorchRef.Experiments.Training.Optimizers;

/// <summary>θ ← θ − ηg; where gradients aren't kept the stages do this themselves.</summary>
internal sealed class GradientDescent : ReplicaOptimizer
{
    public override IReadOnlyList<string> Memories => [];

    protected override void Move(ReplicaParameter parameter, Tensor direction, long step) =>
        parameter.Value.addcmul_(direction, parameter.Rate, -1);        // θ's shape
}
