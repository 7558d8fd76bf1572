using static TorchSharp.torch;

namespace TorchRef.Layers;

/// <summary>The step of the perceptron: 0 on the left, 1 on the right; equal to torch.heaviside.</summary>
/// <remarks>
/// <para>step(x) = 0 for x &lt; 0, 1 for x &gt; 0, and at 0 what the constructor says. Its derivative is 0 wherever it exists.</para>
/// <para>
/// That is why it can't learn: by the chain rule the gradient of everything before a step is a multiple of that 0.
/// However wrong the output is, no weight is told which way to go. The sigmoid is the step made smooth enough to have a
/// slope. In PyTorch the function has no derivative at all, and its backward is an error; here the gradient is 0, so that
/// one can watch a network not learn.
/// </para>
/// <para>NaN gives 0, as in PyTorch. Integers come back in the default type.</para>
/// </remarks>
public sealed class Step : Activation
{
    /// <summary>Makes the module.</summary>
    /// <param name="at_zero">The value at 0.</param>
    public Step(double at_zero = 0)
        : base(nameof(Step), GradientForm.ClosedForm) => AtZero = at_zero;

    /// <summary>The value at 0.</summary>
    public double AtZero { get; }

    /// <summary>0 and 1, and what it is at 0.</summary>
    public override ValueRange Range => new(Math.Min(0, AtZero), Math.Max(1, AtZero));

    /// <summary>0 alone.</summary>
    public override ValueRange DerivativeRange => new(0, 0);

    /// <summary>0, 1, or the value at 0.</summary>
    internal static Tensor Of(Tensor input, double atZero)
    {
        using var scope = NewDisposeScope();
        return (input > 0).to_type(input.dtype).masked_fill(input == 0, atZero).MoveToOuterDisposeScope(); // the input's shape
    }

    private protected override Tensor Function(Tensor input) => Of(input, AtZero);

    private protected override Tensor ClosedForm(Tensor input) => StepFunction.apply(input, AtZero);

    private protected override Tensor Slope(Tensor input) => zeros_like(input); // the input's shape
}
