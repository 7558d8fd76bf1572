using static TorchSharp.torch;

namespace TorchRef.Layers;

/// <summary>The rectifier: what is negative becomes 0; equal to torch.nn.ReLU.</summary>
/// <remarks>
/// <para>relu(x) = max(x, 0), in [0, ∞); relu′(x) is 0 on the left and 1 (not x) on the right, and at 0, where it doesn't exist, PyTorch's 0.</para>
/// <para>
/// A gradient passes whole or not at all. A unit whose pre-activation w·x + b is negative for every example passes none to
/// its weights: it is dead, and stays so. It takes negative pre-activations, not negative data: a large negative bias
/// does it, or one step that was too large.
/// </para>
/// <para>NaN stays NaN, and its gradient passes. Integers stay integers.</para>
/// </remarks>
public sealed class ReLU : Activation
{
    /// <summary>Makes the module.</summary>
    /// <param name="inplace">Whether the input itself is changed and returned.</param>
    /// <param name="form">How the gradient is computed.</param>
    /// <exception cref="ArgumentException">The closed form is asked to work in place.</exception>
    public ReLU(bool inplace = false, GradientForm form = GradientForm.Composite)
        : base(nameof(ReLU), form)
    {
        if (inplace && form == GradientForm.ClosedForm)
            throw new ArgumentException("the closed form of ReLU makes a new tensor: expected inplace false but got true");
        Inplace = inplace;
    }

    /// <summary>Whether the input itself is changed and returned.</summary>
    public bool Inplace { get; }

    /// <summary>[0, ∞).</summary>
    public override ValueRange Range => new(0, double.PositiveInfinity, AttainsGreatest: false);

    /// <summary>0 and 1, nothing between.</summary>
    public override ValueRange DerivativeRange => new(0, 1);

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        if (!Inplace) return base.forward(input);
        TypeOf(input);
        using var scope = NewDisposeScope();
        return input.masked_fill_(input <= 0, 0).alias().MoveToOuterDisposeScope(); // the input's shape
    }

    /// <inheritdoc/>
    public override string ToString() => Inplace ? "ReLU(inplace=True)" : "ReLU()";

    /// <summary>max(x, 0), differentiable by its parts.</summary>
    internal static Tensor Of(Tensor input)
    {
        using var scope = NewDisposeScope();
        return input.masked_fill(input <= 0, 0).MoveToOuterDisposeScope(); // the input's shape; a comparison with NaN is false
    }

    /// <summary>0 or 1.</summary>
    internal static Tensor SlopeOf(Tensor input)
    {
        using var scope = NewDisposeScope();
        return (input <= 0).logical_not().to_type(input.dtype).MoveToOuterDisposeScope(); // the input's shape
    }

    private protected override Tensor Function(Tensor input) => Of(input);

    private protected override Tensor ClosedForm(Tensor input) => ReLUFunction.apply(input);

    private protected override Tensor Slope(Tensor input) => SlopeOf(input);

    private protected override ScalarType TypeOf(Tensor input)
    {
        if (input.dtype == ScalarType.Bool) throw new ArgumentException("Boolean inputs not supported for relu");
        if (input.is_complex()) throw new ArgumentException("clamp is not supported for complex types");
        return input.dtype;
    }
}
