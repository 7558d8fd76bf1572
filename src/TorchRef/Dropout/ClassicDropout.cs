using TorchRef.Numerics;
using static TorchSharp.torch;

namespace TorchRef.Dropout;

/// <summary>
/// Dropout as it was first described, and as the study notes write it: training drops without scaling, evaluation
/// multiplies by the share of what training <em>keeps</em>.
/// </summary>
/// <remarks>
/// <para>
/// Training: mask = u > r with u uniform in [0, 1), drawn anew at each call; y = x·mask, and backward ∂L/∂x = g·mask.
/// Evaluation: y = x·(1 − r), and backward g·(1 − r). So both have the same expectation. The notes also say, in one place,
/// that evaluation multiplies by the share of what was removed; that would be r, and is wrong.
/// </para>
/// <para>
/// <see cref="Dropout"/> has the same expectation after division by 1 − r in both modes: a network may be trained with
/// either, at another scale. u is drawn in float64 whatever the input's type, so the masks of all types agree. r = 0 keeps
/// everything and draws nothing; r = 1 gives 0, and NaN of an infinity, in both modes.
/// </para>
/// <para>Source: Hinton et al., "Improving neural networks by preventing co-adaptation of feature detectors", 2012; Srivastava et al., 2014, sections 4 and 5.</para>
/// </remarks>
public sealed class ClassicDropout : nn.Module<Tensor, Tensor>
{
    /// <summary>Makes the module in training mode.</summary>
    /// <param name="dropout_ratio">r, the probability with which an element becomes 0, from 0 to 1.</param>
    /// <exception cref="ArgumentException"><paramref name="dropout_ratio"/> is outside of [0, 1].</exception>
    public ClassicDropout(double dropout_ratio = 0.5)
        : base(nameof(ClassicDropout))
    {
        DropoutModule.RequireProbability(dropout_ratio);
        DropoutRatio = dropout_ratio;
    }

    /// <summary>r, the probability with which an element becomes 0.</summary>
    public double DropoutRatio { get; }

    /// <summary>Drops elements in training; scales them in evaluation.</summary>
    /// <param name="input">Any shape, of a floating-point type.</param>
    /// <returns>The same shape and element type.</returns>
    public override Tensor forward(Tensor input)
    {
        if (DropoutRatio == 0) return input.alias();
        using var scope = NewDisposeScope();
        var output = training ? WithMask(input, DrawMask(input)) : input * (1 - DropoutRatio); // the input's shape
        return output.MoveToOuterDisposeScope();
    }

    /// <summary>What training does once the mask is drawn: x·mask.</summary>
    /// <param name="input">x, of any shape.</param>
    /// <param name="mask">1 where an element is kept, 0 where it is dropped; of a shape that broadcasts to that of <paramref name="input"/>.</param>
    /// <returns>The shape of <paramref name="input"/>.</returns>
    public static Tensor WithMask(Tensor input, Tensor mask)
    {
        using var scope = NewDisposeScope();
        return (input * mask.to_type(input.dtype)).MoveToOuterDisposeScope(); // the input's shape
    }

    /// <inheritdoc/>
    public override string ToString() => $"{nameof(ClassicDropout)}(dropout_ratio={PythonText.Of(DropoutRatio)})";

    private Tensor DrawMask(Tensor input) => rand(input.shape, float64, input.device).gt(DropoutRatio); // the input's shape
}
