using TorchRef.Numerics;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchRef.Normalization;

/// <summary>Layer normalisation: each sample by its own mean and variance over the last dimensions; equal to torch.nn.LayerNorm.</summary>
/// <remarks>
/// <para>y = γ·(x − μ)/√(σ² + ε) + β, with μ and the biased σ² over the last dimensions, those of normalized_shape.</para>
/// <para>
/// Training and evaluation are the same: nothing depends on the batch, so a batch of one and recurrent networks are
/// served too. State, in this order: weight γ = 1 and bias β = 0, of normalized_shape; what the flags turn off is absent.
/// </para>
/// <para>
/// Float16 and bfloat16 input is computed in float32 and comes back in its own type; its parameters may be float32. With
/// ε = 0 a constant sample gives NaN, as in PyTorch.
/// </para>
/// <para>Source: Ba, Kiros and Hinton, "Layer Normalization", 2016; the conventions are PyTorch's.</para>
/// </remarks>
public sealed class LayerNorm : nn.Module<Tensor, Tensor>
{
    private readonly Parameter? weight;
    private readonly Parameter? bias;

    /// <summary>Makes a module that normalises over the last dimension.</summary>
    /// <param name="normalized_shape">Size of the last dimension.</param>
    /// <param name="eps">ε, added to the variance inside the root.</param>
    /// <param name="elementwise_affine">Whether to learn γ, and β if <paramref name="bias"/> says so.</param>
    /// <param name="bias">Whether to learn β beside γ.</param>
    /// <param name="device">Where the parameters live; null is the default device.</param>
    /// <param name="dtype">Their element type; null is the default type.</param>
    /// <exception cref="ArgumentException"><paramref name="normalized_shape"/> is negative.</exception>
    public LayerNorm(long normalized_shape, double eps = 1e-5, bool elementwise_affine = true, bool bias = true, Device? device = null, ScalarType? dtype = null)
        : this([normalized_shape], eps, elementwise_affine, bias, device, dtype)
    {
    }

    /// <summary>Makes a module that normalises over the last dimensions.</summary>
    /// <param name="normalized_shape">Sizes of the last dimensions; at least one.</param>
    /// <param name="eps">ε, added to the variance inside the root.</param>
    /// <param name="elementwise_affine">Whether to learn γ, and β if <paramref name="bias"/> says so.</param>
    /// <param name="bias">Whether to learn β beside γ.</param>
    /// <param name="device">Where the parameters live; null is the default device.</param>
    /// <param name="dtype">Their element type; null is the default type.</param>
    /// <exception cref="ArgumentException"><paramref name="normalized_shape"/> is empty or holds a negative size.</exception>
    public LayerNorm(long[] normalized_shape, double eps = 1e-5, bool elementwise_affine = true, bool bias = true, Device? device = null, ScalarType? dtype = null)
        : base(nameof(LayerNorm))
    {
        if (normalized_shape.Length == 0)
            throw new ArgumentException("Expected normalized_shape to be at least 1-dimensional, i.e., containing at least one element, but got normalized_shape = []");
        if (normalized_shape.Any(size => size < 0))
            throw new ArgumentException($"normalized_shape must not be negative: expected sizes of at least 0 but got {NormChecks.Sizes(normalized_shape)}");
        (NormalizedShape, Eps, ElementwiseAffine) = ([.. normalized_shape], eps, elementwise_affine);
        if (elementwise_affine) weight = new Parameter(ones(normalized_shape, dtype, device)); // normalized_shape
        if (elementwise_affine && bias) this.bias = new Parameter(zeros(normalized_shape, dtype, device)); // normalized_shape
        RegisterComponents();
    }

    /// <summary>Sizes of the last dimensions, over which is normalised.</summary>
    public IReadOnlyList<long> NormalizedShape { get; }

    /// <summary>ε, added to the variance inside the root.</summary>
    public double Eps { get; }

    /// <summary>Whether γ exists.</summary>
    public bool ElementwiseAffine { get; }

    /// <summary>γ, of <see cref="NormalizedShape"/>; null without <see cref="ElementwiseAffine"/>.</summary>
    public Parameter? Weight => weight;

    /// <summary>β, of <see cref="NormalizedShape"/>; null where the module was made without.</summary>
    public Parameter? Bias => bias;

    /// <summary>Normalises every sample.</summary>
    /// <param name="input">(*, normalized_shape).</param>
    /// <returns>The same shape and element type.</returns>
    /// <exception cref="ArgumentException">The last dimensions or the element type don't fit; the texts are PyTorch's.</exception>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        RequireShape(input.shape);
        NormChecks.RequireTypes(input, "LayerNormKernelImpl", weight, bias);
        var dimensions = Moments.DimensionsFrom(input.dim() - NormalizedShape.Count, input.dim());
        var normalized = Moments.Normalize(Moments.ToComputationType(input), dimensions, Eps); // (*, normalized_shape)
        return Moments.Scale(normalized, weight, bias, [.. NormalizedShape]).to_type(input.dtype).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"LayerNorm({PythonText.Tuple(NormalizedShape)}, eps={PythonText.Of(Eps)}, elementwise_affine={PythonText.Of(ElementwiseAffine)})";

    private void RequireShape(long[] shape)
    {
        if (shape.Length >= NormalizedShape.Count && shape[^NormalizedShape.Count..].SequenceEqual(NormalizedShape)) return;
        var sizes = string.Join(", ", NormalizedShape);
        throw new ArgumentException($"Given normalized_shape=[{sizes}], expected input with shape [*, {sizes}], but got input of size{NormChecks.Sizes(shape)}");
    }
}
