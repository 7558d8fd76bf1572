using static TorchSharp.torch;

namespace TorchRef.Experiments.Training.Stages;

/// <summary>An affine layer whose input differs from replica to replica: a product each, over views that were made once.</summary>
internal sealed class AffineStage : Stage
{
    private readonly BlockLayout _layout;
    private readonly Flow _input, _output;
    private readonly ReplicaParameter _weight;
    private readonly ReplicaParameter? _bias;
    private readonly Tensor[] _transposedWeights;

    public AffineStage(BlockLayout layout, Flow input, Flow output, ReplicaParameter weight, ReplicaParameter? bias)
    {
        (_layout, _input, _output, _weight, _bias) = (layout, input, output, weight, bias);
        _transposedWeights = [.. weight.Values.Select(view => view.t())]; // G of [units, inputs]
    }

    public override IEnumerable<ReplicaParameter> Parameters => _bias is null ? [_weight] : [_weight, _bias];

    public override void Forward()
    {
        if (_bias is not null) _output.Value.copy_(_bias.Value);        // [B, G·units] ← [1, G·units]
        for (var replica = 0; replica < _layout.Replicas; replica++)
            _output.Values[replica].addmm_(_input.Values[replica], _weight.Values[replica], beta: _bias is null ? 0 : 1); // [B, inputs]·[inputs, units]
    }

    public override void Backward()
    {
        for (var replica = 0; replica < _layout.Replicas; replica++)    // before the weights change
            _input.Gradients[replica].addmm_(_output.Gradients[replica], _transposedWeights[replica], beta: 0); // [B, units]·[units, inputs]
        _weight.Begin();
        _weight.TakeProducts(_input.TransposedValues, _output.Gradients); // [inputs, B]·[B, units]
        _bias?.Take(_output.Gradient.sum([0L], keepdim: true));         // [1, G·units]
    }

    public override Tensor Evaluate(Tensor input)
    {
        var output = _layout.Empty(input.shape[0], (int)_weight.Values[0].shape[1]); // [N, G·units]
        if (_bias is not null) output.copy_(_bias.Value);
        var (inputs, outputs) = (_layout.Split(input), _layout.Split(output));
        for (var replica = 0; replica < _layout.Replicas; replica++)
            outputs[replica].addmm_(inputs[replica], _weight.Values[replica], beta: _bias is null ? 0 : 1); // [N, inputs]·[inputs, units]
        return output;
    }
}
