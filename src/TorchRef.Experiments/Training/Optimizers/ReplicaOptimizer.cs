using static TorchSharp.torch;

namespace TorchRef.Experiments.Training.Optimizers;

/// <summary>An optimiser of all replicas of a block; the rules are those of TorchRef.Optimization, with a rate and a decay for every column.</summary>
internal abstract class ReplicaOptimizer
{
    /// <summary>The optimiser of a specification.</summary>
    public static ReplicaOptimizer Of(OptimizerSpec spec) => spec.Kind switch
    {
        OptimizerKind.SGD => new GradientDescent(),
        OptimizerKind.Momentum => new VelocityRule(spec.Momentum, looksAhead: false),
        OptimizerKind.Nesterov => new VelocityRule(spec.Momentum, looksAhead: true),
        OptimizerKind.AdaGrad => new AdaGradRule(spec.Epsilon),
        OptimizerKind.RMSprop => new RmsPropRule(spec.Alpha, spec.Epsilon),
        OptimizerKind.Adam => new AdamRule(spec.Beta1, spec.Beta2, spec.Epsilon),
        _ => throw new ArgumentException($"an optimiser is one of {string.Join(", ", Enum.GetNames<OptimizerKind>())}, but got {spec.Kind}"),
    };

    /// <summary>What the rule remembers of a parameter.</summary>
    public abstract IReadOnlyList<string> Memories { get; }

    /// <summary>One step, from the gradients that are stored beside the parameters.</summary>
    /// <param name="parameters">θ and g; the gradients stay as they are.</param>
    /// <param name="step">t, counted from 1.</param>
    public void Step(IEnumerable<ReplicaParameter> parameters, long step)
    {
        foreach (var parameter in parameters)
        {
            var gradient = parameter.Gradient!;                         // θ's shape
            // A copy: the gradient without decay is what there is to read afterwards.
            var direction = parameter.Decay is null ? gradient : addcmul(gradient, parameter.Value, parameter.Decay, 1); // g + λθ
            Move(parameter, direction, step);
        }
    }

    /// <summary>Moves a parameter.</summary>
    /// <param name="parameter">θ and what is remembered of it.</param>
    /// <param name="direction">g + λθ, of θ's shape; must stay as it is.</param>
    /// <param name="step">t, counted from 1.</param>
    protected abstract void Move(ReplicaParameter parameter, Tensor direction, long step);
}
