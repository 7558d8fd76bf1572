using static TorchSharp.torch;

namespace TorchRef.Experiments.Training.Stages;

/// <summary>
/// Dropout as the study notes write it, in place: training multiplies by a mask of 0 and 1, evaluation by the share that
/// training keeps. Every replica draws from a generator of its own.
/// </summary>
internal sealed class DropoutStage : Stage
{
    private readonly BlockLayout _layout;
    private readonly Flow _flow;
    private readonly double _ratio;
    private readonly Tensor[] _masks;
    private readonly int _units;
    private IReadOnlyList<Generator> _generators = [];

    public DropoutStage(BlockLayout layout, Flow flow, double ratio)
    {
        (_layout, _flow, _ratio) = (layout, flow, ratio);
        Mask = empty_like(flow.Value);                                  // [B, G·units]
        _masks = layout.Split(Mask);
        _units = (int)_masks[0].shape[1];
    }

    /// <summary>The mask of the last forward [B, G·units].</summary>
    public Tensor Mask { get; }

    /// <summary>What the next masks are drawn from, a generator a replica.</summary>
    public void DrawFrom(IReadOnlyList<Generator> generators) => _generators = generators;

    public override void Forward()
    {
        Draw(_masks, _flow.Value.shape[0]);
        _flow.Value.mul_(Mask);                                         // [B, G·units]
    }

    public override void Backward() => _flow.Gradient.mul_(Mask);       // [B, G·units]

    public override Tensor Evaluate(Tensor input) => input.mul_(1 - _ratio); // [N, G·units]

    /// <summary>Evaluation with units dropped as in training: a member of the ensemble that a dropout network is.</summary>
    public Tensor Sample(Tensor input)
    {
        var mask = empty_like(input);                                   // [N, G·units]
        Draw(_layout.Split(mask), input.shape[0]);
        return input.mul_(mask);
    }

    /// <summary>u > ratio, u uniform in [0, 1).</summary>
    private void Draw(IReadOnlyList<Tensor> masks, long rows)
    {
        // Drawn by the CPU's generators wherever the network is: the same masks on every device.
        for (var replica = 0; replica < _layout.Replicas; replica++)
            masks[replica].copy_(rand([rows, _units], _layout.Precision, CPU, generator: _generators[replica]).gt_(_ratio)); // [rows, units]
    }
}
