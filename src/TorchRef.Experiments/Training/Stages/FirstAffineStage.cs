using static TorchSharp.torch;

namespace TorchRef.Experiments.Training.Stages;

/// <summary>The affine layer that all replicas feed with the same mini-batch: one wide product, [B, 784]·[784, G·100].</summary>
internal sealed class FirstAffineStage : Stage
{
    private readonly Flow _output;
    private readonly ReplicaParameter _weight;
    private readonly ReplicaParameter? _bias;
    private Tensor? _input;

    public FirstAffineStage(Flow output, ReplicaParameter weight, ReplicaParameter? bias) => (_output, _weight, _bias) = (output, weight, bias);

    public override IEnumerable<ReplicaParameter> Parameters => _bias is null ? [_weight] : [_weight, _bias];

    /// <summary>The mini-batch [B, inputs] that the next forward and backward are about.</summary>
    public void Feed(Tensor images) => _input = images;

    public override void Forward()
    {
        if (_bias is not null) _output.Value.copy_(_bias.Value);        // [B, G·units] ← [1, G·units]
        _output.Value.addmm_(_input!, _weight.Value, beta: _bias is null ? 0 : 1); // [B, inputs]·[inputs, G·units]
    }

    public override void Backward()
    {
        _weight.Begin();
        _weight.TakeProduct(_input!.t(), _output.Gradient);             // [inputs, B]·[B, G·units]
        _bias?.Take(_output.Gradient.sum([0L], keepdim: true));         // [1, G·units]
    }

    public override Tensor Evaluate(Tensor input) =>
        _bias is null ? input.mm(_weight.Value) : _bias.Value.addmm(input, _weight.Value); // [N, G·units]
}
