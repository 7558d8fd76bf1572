using static TorchSharp.torch;

namespace TorchRef.Experiments.Training;

/// <summary>What passes between two stages: values on the way forward, their gradient on the way back.</summary>
/// <remarks>The memory stays the same from update to update, so that the views into it are made once.</remarks>
internal sealed class Flow
{
    public Flow(BlockLayout layout, int rows, int units)
        : this(layout, layout.Empty(rows, units), layout.Empty(rows, units))
    {
    }

    private Flow(BlockLayout layout, Tensor value, Tensor gradient)
    {
        (Value, Gradient) = (value, gradient);
        (Values, Gradients) = (layout.Split(value), layout.Split(gradient));
        TransposedValues = [.. Values.Select(view => view.t())];
    }

    /// <summary>[B, G·units].</summary>
    public Tensor Value { get; }

    /// <summary>[B, G·units]; a stage that works in place turns the gradient of its output into that of its input here.</summary>
    public Tensor Gradient { get; }

    /// <summary>G views [B, units] of <see cref="Value"/>.</summary>
    public IReadOnlyList<Tensor> Values { get; }

    /// <summary>G views [units, B] of <see cref="Value"/>.</summary>
    public IReadOnlyList<Tensor> TransposedValues { get; }

    /// <summary>G views [B, units] of <see cref="Gradient"/>.</summary>
    public IReadOnlyList<Tensor> Gradients { get; }

    /// <summary>The same gradient, other values: for a stage that must leave its input as it is.</summary>
    public Flow WithOwnValue(BlockLayout layout) => new(layout, empty_like(Value), Gradient);
}
