using TorchRef.Experiments.Networks;

namespace TorchRef.Experiments.Training;

/// <summary>One of the networks that train together.</summary>
/// <remarks>
/// Replicas with the same network, optimiser and <see cref="BatchSeed"/> see the same mini-batches and run as one
/// program. What they may differ in without leaving it: where their weights begin, learning rate, decay and seed.
/// </remarks>
public sealed record ReplicaSpec
{
    /// <summary>What reports call it.</summary>
    public string Name { get; init; } = "network";

    /// <summary>Its layers.</summary>
    public NetworkSpec Network { get; init; } = new();

    /// <summary>Where its weights begin.</summary>
    public InitialWeights Initial { get; init; } = InitialWeights.He;

    /// <summary>The rule by which it learns.</summary>
    public OptimizerSpec Optimizer { get; init; } = new();

    /// <summary>η.</summary>
    public double LearningRate { get; init; } = 0.01;

    /// <summary>λ: ½λΣW² joins the loss, over weight matrices only, never over biases, γ or β.</summary>
    public double WeightDecay { get; init; }

    /// <summary>The seed of initial weights and dropout masks.</summary>
    public long Seed { get; init; }

    /// <summary>The seed of the mini-batches.</summary>
    public long BatchSeed { get; init; }

    /// <summary>Refuses what can't be trained.</summary>
    /// <exception cref="ArgumentException">The network, the optimiser, the rate or the decay is invalid.</exception>
    public void Check()
    {
        Network.Check();
        Optimizer.Check();
        if (!(LearningRate >= 0)) throw new ArgumentException($"a learning rate must not be negative: expected at least 0 but got {LearningRate} of {Name}");
        if (!(WeightDecay >= 0)) throw new ArgumentException($"the strength of weight decay must not be negative: expected at least 0 but got {WeightDecay} of {Name}");
    }
}
