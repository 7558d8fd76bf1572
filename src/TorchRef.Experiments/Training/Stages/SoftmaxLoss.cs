using static TorchSharp.torch;

namespace TorchRef.Experiments.Training.Stages;

/// <summary>Softmax and cross-entropy of every replica, the mean over the mini-batch: p = softmax(z), L = −mean log(p_t + δ), ∂L/∂z = (p − q)/B.</summary>
/// <remarks>The gradient is that without δ, as in the code that the study notes retell.</remarks>
internal sealed class SoftmaxLoss
{
    private readonly Tensor _logits, _gradient, _scale;
    private readonly BlockLayout _layout;
    private readonly double _offset;

    /// <summary>Makes the loss.</summary>
    /// <param name="layout">How replicas lie side by side.</param>
    /// <param name="flow">Logits and their gradient [B, G·K].</param>
    /// <param name="factors">What the gradient of each replica is multiplied by: 1, or η where updates are fused.</param>
    /// <param name="offset">δ.</param>
    public SoftmaxLoss(BlockLayout layout, Flow flow, IReadOnlyList<double> factors, double offset)
    {
        (_layout, _offset) = (layout, offset);
        _logits = ByReplica(flow.Value);
        _gradient = ByReplica(flow.Gradient);
        var rows = flow.Value.shape[0];
        _scale = layout.OfReplicas([.. factors.Select(factor => factor / rows)]).unsqueeze_(1); // [G, 1]
    }

    /// <summary>Writes the gradient of the logits; says the losses if they are wanted.</summary>
    /// <param name="targets">q [B, K], 1 at the class of each example.</param>
    /// <param name="wanted">Whether to compute the losses.</param>
    /// <returns>The mean loss of each replica [G]; null if it isn't wanted.</returns>
    public Tensor? Backward(Tensor targets, bool wanted)
    {
        var losses = wanted ? Losses(_logits, targets).mean([0L]) : null; // [G]
        _gradient.copy_(_logits.softmax(2)).sub_(targets.unsqueeze(1)).mul_(_scale); // [B, G, K]
        return losses;
    }

    /// <summary>The losses of logits that came out of an evaluation.</summary>
    /// <param name="logits">[N, G·K].</param>
    /// <param name="targets">[N, K].</param>
    /// <returns>[N, G].</returns>
    public Tensor LossesOf(Tensor logits, Tensor targets) => Losses(ByReplica(logits), targets);

    /// <summary>[N, G·K] as [N, G, K].</summary>
    public Tensor ByReplica(Tensor logits) => logits.view(logits.shape[0], _layout.Replicas, -1);

    private Tensor Losses(Tensor logits, Tensor targets)
    {
        var logarithms = _offset == 0 ? logits.log_softmax(2) : logits.softmax(2).add_(_offset).log_(); // [N, G, K]
        // Picked, not multiplied by 0 and 1: 0·log 0 would be NaN.
        var classes = targets.argmax(1).view(-1, 1, 1).expand(-1, _layout.Replicas, 1); // [N, G, 1]
        return logarithms.gather(2, classes).squeeze(2).neg_();         // [N, G]
    }
}
