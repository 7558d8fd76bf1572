using TorchRef.Numerics;
using static TorchSharp.torch;

namespace TorchRef.Dropout;

/// <summary>
/// What the dropouts of torch.nn share: their settings, what they do in evaluation and at the ends of p. They differ in
/// the mask that they draw and in what they do with it.
/// </summary>
/// <remarks>
/// In evaluation, with p = 0 and for an empty input the result is the input itself. p = 1 multiplies by 0, which makes
/// NaN of an infinity, and draws nothing: the random stream stays where it was.
/// </remarks>
public abstract class DropoutModule : nn.Module<Tensor, Tensor>
{
    /// <summary>Checks the settings.</summary>
    private protected DropoutModule(string name, double p, bool inplace)
        : base(name)
    {
        RequireProbability(p);
        (P, Inplace) = (p, inplace);
    }

    /// <summary>Probability with which something becomes 0.</summary>
    public double P { get; }

    /// <summary>Whether the input itself is changed and returned.</summary>
    public bool Inplace { get; }

    /// <summary>Drops in training; returns the input in evaluation.</summary>
    /// <param name="input">Of a shape that the module takes.</param>
    /// <returns>The same shape and element type.</returns>
    public override Tensor forward(Tensor input)
    {
        RequireShape(input);
        if (!training || P == 0 || input.numel() == 0) return input.alias();
        using var scope = NewDisposeScope();
        if (P == 1) return Times(input, zeros([], input.dtype, device: input.device), Inplace).MoveToOuterDisposeScope(); // the input's shape
        return Drop(input, DrawMask(input)).MoveToOuterDisposeScope();  // the input's shape
    }

    /// <inheritdoc/>
    public override string ToString() => $"{GetName()}(p={PythonText.Of(P)}, inplace={PythonText.Of(Inplace)})";

    /// <summary>Throws what must be said of the input in evaluation too.</summary>
    private protected virtual void RequireShape(Tensor input)
    {
    }

    /// <summary>1 where something is kept, 0 where it is dropped: fresh, of the input's type, and for <see cref="Drop"/> to change.</summary>
    private protected abstract Tensor DrawMask(Tensor input);

    /// <summary>What is done with the mask; p is between 0 and 1.</summary>
    private protected abstract Tensor Drop(Tensor input, Tensor mask);

    /// <summary>Throws unless it is a probability.</summary>
    internal static void RequireProbability(double p)
    {
        if (!(p is >= 0 and <= 1)) throw new ArgumentException($"dropout probability has to be between 0 and 1, but got {PythonText.Short(p)}");
    }

    /// <summary>input·factor, in a tensor of its own or in the input.</summary>
    internal static Tensor Times(Tensor input, Tensor factor, bool inplace) => inplace ? input.mul_(factor).alias() : input * factor; // the input's shape
}
