using TorchRef.Dropout;
using TorchRef.Experiments.Networks;
using TorchRef.Experiments.Training;
using TorchRef.Layers;
using TorchRef.Normalization;
using TorchRef.Optimization;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace TorchRef.Experiments.Tests.Training;

/// <summary>A replica's network on its own, of TorchRef's modules and optimisers, with autograd's gradients: what training together is compared with.</summary>
internal sealed class SingleNetwork
{
    private readonly ReplicaSpec _spec;
    private readonly List<Affine> _affines = [];
    private readonly List<nn.Module<Tensor, Tensor>> _norms = [];
    private readonly nn.Module<Tensor, Tensor> _activation;
    private readonly SoftmaxCrossEntropy _loss = new(log_offset: 1e-7);
    private readonly Action _step, _zero;

    public SingleNetwork(ReplicaSpec spec, IReadOnlyDictionary<string, Tensor> start)
    {
        (_spec, var network) = (spec, spec.Network);
        _activation = network.Activation switch
        {
            ActivationKind.ReLU => new Layers.ReLU(),
            ActivationKind.Sigmoid => new Layers.Sigmoid(),
            _ => new Layers.Tanh(),
        };
        for (var layer = 0; layer <= network.Depth; layer++)
        {
            var (inputs, units) = (layer == 0 ? network.Inputs : network.Width, layer == network.Depth ? network.Classes : network.Width);
            var affine = new Affine(inputs, units, network.HasBias, dtype: float64);
            using (no_grad())
            {
                affine.Weight.copy_(start[$"affine{layer}.weight"].t()); // [units, inputs]
                affine.Bias?.zero_();
            }
            _affines.Add(affine);
            if (layer < network.Depth && network.Normalization is { } norm) _norms.Add(Norm(norm, units));
        }
        Parameter[] weights = [.. _affines.Select(affine => affine.Weight)];
        Parameter[] others = [.. _affines.Where(affine => affine.Bias is not null).Select(affine => affine.Bias!), .. _norms.SelectMany(norm => norm.parameters())];
        (_step, _zero) = Optimizer(weights, others);
    }

    /// <summary>One update; the masks [B, units] are those that the replica drew, layer by layer.</summary>
    public void Update(Tensor images, Tensor labels, IReadOnlyList<Tensor> masks)
    {
        using var scope = NewDisposeScope();
        _zero();
        var value = images;                                             // [B, inputs]
        for (var layer = 0; layer < _spec.Network.Depth; layer++) value = Hidden(value, layer, masks); // [B, units]
        _loss.call(_affines[^1].call(value), labels).backward();
        _step();
    }

    public IEnumerable<(string name, Tensor value)> State()
    {
        for (var layer = 0; layer < _affines.Count; layer++)
        {
            yield return ($"affine{layer}.weight", _affines[layer].Weight.t());
            if (_affines[layer].Bias is { } bias) yield return ($"affine{layer}.bias", bias.unsqueeze(0));
        }
        for (var layer = 0; layer < _norms.Count; layer++)
            foreach (var (name, value) in _norms[layer].state_dict())
                if (name != "num_batches_tracked") yield return ($"norm{layer}.{name}", value.unsqueeze(0));
    }

    private Tensor Hidden(Tensor value, int layer, IReadOnlyList<Tensor> masks)
    {
        value = _affines[layer].call(value);                            // [B, units], as all below
        if (_spec.Network.Normalization?.Place == NormalizationPlace.BeforeActivation) value = _norms[layer].call(value);
        value = _activation.call(value);
        if (_spec.Network.Normalization?.Place == NormalizationPlace.AfterActivation) value = _norms[layer].call(value);
        return masks.Count == 0 ? value : ClassicDropout.WithMask(value, masks[layer]);
    }

    private static nn.Module<Tensor, Tensor> Norm(NormalizationSpec spec, int units) => spec.Kind switch
    {
        NormalizationKind.Batch => new ConventionalBatchNorm(units, spec.Convention, dtype: float64),
        NormalizationKind.Group => new Normalization.GroupNorm(spec.Groups, units, spec.Convention.Eps, dtype: float64),
        _ => new Normalization.LayerNorm([units], spec.Convention.Eps, dtype: float64),
    };

    private (Action step, Action zero) Optimizer(Parameter[] weights, Parameter[] others)
    {
        var (rate, decay, rule) = (_spec.LearningRate, _spec.WeightDecay, _spec.Optimizer);
        return rule.Kind switch
        {
            OptimizerKind.SGD => Pair(new SGD([(weights, new SgdOptions(rate, weight_decay: decay)), (others, new SgdOptions(rate))])),
            OptimizerKind.Momentum => Pair(new Momentum([(weights, new MomentumOptions(rate, rule.Momentum, decay)), (others, new MomentumOptions(rate, rule.Momentum))])),
            OptimizerKind.Nesterov => Pair(new Nesterov([(weights, new NesterovOptions(rate, rule.Momentum, decay)), (others, new NesterovOptions(rate, rule.Momentum))])),
            OptimizerKind.AdaGrad => Pair(new AdaGrad([(weights, new AdaGradOptions(rate, weight_decay: decay, convention: OptimizerConvention.Book)), (others, new AdaGradOptions(rate, convention: OptimizerConvention.Book))])),
            OptimizerKind.RMSprop => Pair(new RMSprop([(weights, new RMSpropOptions(rate, rule.Alpha, weight_decay: decay, convention: OptimizerConvention.Book)), (others, new RMSpropOptions(rate, rule.Alpha, convention: OptimizerConvention.Book))])),
            _ => Pair(new Adam([(weights, new AdamOptions(rate, weight_decay: decay, convention: OptimizerConvention.Book)), (others, new AdamOptions(rate, convention: OptimizerConvention.Book))])),
        };
    }

    private static (Action step, Action zero) Pair<TOptions>(Optimizer<TOptions> optimizer) where TOptions : GroupOptions =>
        (() => optimizer.step(), () => optimizer.zero_grad());
}
