using TorchRef.Experiments.Networks;
using static TorchSharp.torch;

namespace TorchRef.Experiments.Training.Stages;

/// <summary>An activation, in place. Its derivative is had from its result, which backward uses up.</summary>
/// <remarks>Where dropout put the result to 0 the gradient that comes back is 0 too, whatever the derivative.</remarks>
internal sealed class ActivationStage(Flow flow, ActivationKind kind) : Stage
{
    public override void Forward() => Evaluate(flow.Value);

    public override void Backward()
    {
        var result = flow.Value;                                        // [B, G·units], as all below
        var derivative = kind switch
        {
            ActivationKind.ReLU => result.sign_(),                      // 1 where z > 0
            ActivationKind.Sigmoid => result.addcmul_(result, result, -1), // a − a²
            _ => result.mul_(result).neg_().add_(1),                    // 1 − a²
        };
        flow.Gradient.mul_(derivative);
    }

    public override Tensor Evaluate(Tensor input) => kind switch
    {
        ActivationKind.ReLU => input.relu_(),
        ActivationKind.Sigmoid => input.sigmoid_(),
        _ => input.tanh_(),
    };
}
