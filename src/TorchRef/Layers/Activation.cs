using TorchRef.Numerics;
using static TorchSharp.torch;

namespace TorchRef.Layers;

/// <summary>An activation function: one number in, one number out, element by element; no state, the same in training and evaluation.</summary>
/// <remarks>
/// <see cref="Range"/> and <see cref="DerivativeRange"/> are those of real numbers. Floating-point numbers round, so an
/// end that is only approached is reached far out: the float64 sigmoid of 40 is 1.
/// </remarks>
public abstract class Activation : nn.Module<Tensor, Tensor>
{
    /// <summary>Makes the module; it has no state.</summary>
    private protected Activation(string name, GradientForm form)
        : base(name) => Form = form;

    /// <summary>How the gradient is computed.</summary>
    public GradientForm Form { get; }

    /// <summary>What the function takes on for real numbers.</summary>
    public abstract ValueRange Range { get; }

    /// <summary>What its derivative takes on for real numbers.</summary>
    public abstract ValueRange DerivativeRange { get; }

    /// <summary>Applies the function to each element.</summary>
    /// <param name="input">Any shape; real.</param>
    /// <returns>The same shape; the element type of <paramref name="input"/> where the function has values of that type, else the default type.</returns>
    /// <exception cref="ArgumentException">The function isn't defined for the element type.</exception>
    public override Tensor forward(Tensor input) => Computed(input, Form == GradientForm.ClosedForm ? ClosedForm : Function);

    /// <summary>The derivative at each element, by its formula.</summary>
    /// <param name="input">Any shape; real.</param>
    /// <returns>Shape and element type of the function's output.</returns>
    /// <exception cref="ArgumentException">The function isn't defined for the element type.</exception>
    public Tensor Derivative(Tensor input) => Computed(input, Slope);

    /// <inheritdoc/>
    public override string ToString() => $"{GetName()}()";

    /// <summary>f(x), composed of primitives.</summary>
    private protected abstract Tensor Function(Tensor input);

    /// <summary>f(x), in a node whose derivative is written by hand.</summary>
    private protected abstract Tensor ClosedForm(Tensor input);

    /// <summary>f′(x).</summary>
    private protected abstract Tensor Slope(Tensor input);

    /// <summary>The element type of f(x): integers become the default floating-point type.</summary>
    private protected virtual ScalarType TypeOf(Tensor input)
    {
        if (input.is_complex())
            throw new ArgumentException($"{GetName()} must have a real input: expected a real element type but got {TypeText.Of(input.dtype)}");
        return input.is_floating_point() ? input.dtype : get_default_dtype();
    }

    /// <summary>Low-precision input is computed in float32 and comes back in its own type, as PyTorch does it.</summary>
    private Tensor Computed(Tensor input, Func<Tensor, Tensor> function)
    {
        var type = TypeOf(input);
        using var scope = NewDisposeScope();
        var computed = input.to_type(type is ScalarType.Float16 or ScalarType.BFloat16 ? ScalarType.Float32 : type); // the input's shape, as all below
        return function(computed).to_type(type).MoveToOuterDisposeScope();
    }
}
