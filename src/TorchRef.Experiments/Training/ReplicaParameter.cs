using static TorchSharp.torch;

namespace TorchRef.Experiments.Training;

/// <summary>A parameter of all replicas of a block: weights, biases, γ or β.</summary>
/// <remarks>
/// In plain gradient descent that doesn't keep its gradients (<see cref="Fused"/>) what comes here as a gradient is already
/// multiplied by the learning rate, and is taken off the value at once: for weights by the very product that makes it,
/// W ← W − AᵀD, instead of a product, a store and a subtraction.
/// </remarks>
internal sealed class ReplicaParameter
{
    private readonly Tensor? _kept;

    /// <summary>Makes the parameter; the value is still to be filled.</summary>
    /// <param name="name">As in the state of a replica, for example <c>affine0.weight</c>.</param>
    /// <param name="layout">How replicas lie side by side.</param>
    /// <param name="rows">Inputs of a unit, or 1.</param>
    /// <param name="units">Units of one replica.</param>
    /// <param name="plan">Rates and decay of the replicas.</param>
    /// <param name="decays">Whether weight decay applies.</param>
    public ReplicaParameter(string name, BlockLayout layout, int rows, int units, UpdatePlan plan, bool decays)
    {
        Name = name;
        Value = layout.Filled(rows, units, 0);
        Values = layout.Split(Value);
        Fused = plan.Fused;
        Rate = layout.Columns(plan.Rates, units);
        if (decays && plan.Decays.Any(decay => decay != 0))
        {
            Decay = layout.Columns(plan.Decays, units);
            _kept = layout.Columns([.. plan.Rates.Zip(plan.Decays, (rate, decay) => 1 - rate * decay)], units);
        }
        if (!Fused) Gradient = layout.Filled(rows, units, 0);
        Targets = Gradient is null ? Values : layout.Split(Gradient);
    }

    public string Name { get; }

    /// <summary>θ [rows, G·units].</summary>
    public Tensor Value { get; }

    /// <summary>G views [rows, units] of <see cref="Value"/>.</summary>
    public IReadOnlyList<Tensor> Values { get; }

    /// <summary>∂L/∂θ [rows, G·units], without decay; null where it isn't stored.</summary>
    public Tensor? Gradient { get; }

    /// <summary>η of each column [G·units].</summary>
    public Tensor Rate { get; }

    /// <summary>λ of each column [G·units]; null where nothing decays.</summary>
    public Tensor? Decay { get; }

    /// <summary>Whether a gradient is taken off the value as it comes.</summary>
    public bool Fused { get; }

    /// <summary>What an optimiser remembers, by its name: each of the value's shape.</summary>
    public SortedDictionary<string, Tensor> Memory { get; } = new(StringComparer.Ordinal);

    /// <summary>G views: of the values where updates are fused, else of the gradients.</summary>
    private IReadOnlyList<Tensor> Targets { get; }

    /// <summary>Comes before the gradients of an update: the decay of a fused one, θ ← θ(1 − ηλ).</summary>
    public void Begin()
    {
        if (Fused && _kept is not null) Value.mul_(_kept);              // [rows, G·units]·[G·units]
    }

    /// <summary>The gradient left·right of all replicas at once.</summary>
    /// <param name="left">[rows, B].</param>
    /// <param name="right">[B, G·units].</param>
    public void TakeProduct(Tensor left, Tensor right) => Multiply(Gradient ?? Value, left, right);

    /// <summary>The gradients left·right, replica by replica.</summary>
    /// <param name="lefts">G of [rows, B].</param>
    /// <param name="rights">G of [B, units].</param>
    public void TakeProducts(IReadOnlyList<Tensor> lefts, IReadOnlyList<Tensor> rights)
    {
        for (var replica = 0; replica < Targets.Count; replica++) Multiply(Targets[replica], lefts[replica], rights[replica]);
    }

    /// <summary>A gradient as it is.</summary>
    /// <param name="gradient">A shape that broadcasts to the value's.</param>
    public void Take(Tensor gradient)
    {
        if (Gradient is null) Value.sub_(gradient);                     // [rows, G·units]
        else Gradient.copy_(gradient);
    }

    private void Multiply(Tensor target, Tensor left, Tensor right)
    {
        if (Fused) target.addmm_(left, right, beta: 1, alpha: -1);      // θ − left·right
        else target.addmm_(left, right, beta: 0, alpha: 1);             // left·right
    }
}
