using TorchRef.Numerics;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchRef.Layers;

/// <summary>The fully connected layer; equal to torch.nn.Linear.</summary>
/// <remarks>
/// <para>y = x·Wᵀ + b: each output is the inner product of the input with a row of W, and a bias.</para>
/// <para>
/// State, in this order: weight W (out_features, in_features), bias b (out_features). Both begin uniform in ±1/√in_features
/// (PyTorch's He uniform with slope √5 comes to that), drawn as torch.nn.Linear draws them: the same seed gives the same
/// parameters, bit for bit. Training and evaluation are the same.
/// </para>
/// </remarks>
public sealed class Affine : nn.Module<Tensor, Tensor>
{
    private readonly Parameter weight;
    private readonly Parameter? bias;

    /// <summary>Makes the parameters.</summary>
    /// <param name="in_features">Size of the input's last dimension.</param>
    /// <param name="out_features">Size of the output's last dimension.</param>
    /// <param name="bias">Whether to learn b.</param>
    /// <param name="form">How the gradient is computed.</param>
    /// <param name="device">Where the parameters live; null is the default device.</param>
    /// <param name="dtype">Their element type; null is the default type.</param>
    /// <exception cref="ArgumentException">A size is negative.</exception>
    public Affine(long in_features, long out_features, bool bias = true, GradientForm form = GradientForm.Composite, Device? device = null, ScalarType? dtype = null)
        : base(nameof(Affine))
    {
        if (in_features < 0 || out_features < 0)
            throw new ArgumentException($"Trying to create tensor with negative dimension {(out_features < 0 ? out_features : in_features)}: [{out_features}, {in_features}]");
        (InFeatures, OutFeatures, Form) = (in_features, out_features, form);
        weight = new Parameter(empty([out_features, in_features], dtype, device)); // [out, in]
        if (bias) this.bias = new Parameter(empty([out_features], dtype, device)); // [out]
        RegisterComponents();
        reset_parameters();
    }

    /// <summary>Size of the input's last dimension.</summary>
    public long InFeatures { get; }

    /// <summary>Size of the output's last dimension.</summary>
    public long OutFeatures { get; }

    /// <summary>How the gradient is computed.</summary>
    public GradientForm Form { get; }

    /// <summary>W (out, in).</summary>
    public Parameter Weight => weight;

    /// <summary>b (out); null without a bias.</summary>
    public Parameter? Bias => bias;

    /// <summary>Draws weight and bias anew.</summary>
    public void reset_parameters()
    {
        Initializers.HeUniform(weight, a: Math.Sqrt(5), nonlinearity: Nonlinearity.LeakyReLU);
        if (bias is null) return;
        var bound = InFeatures > 0 ? 1 / Math.Sqrt(InFeatures) : 0;
        Initializers.Uniform(bias, -bound, bound);
    }

    /// <summary>Maps the last dimension.</summary>
    /// <param name="input">(…, in_features), of the parameters' element type.</param>
    /// <returns>(…, out_features).</returns>
    /// <exception cref="ArgumentException">The last dimension or the element type doesn't fit; the texts are PyTorch's.</exception>
    public override Tensor forward(Tensor input)
    {
        RequireFit(input);
        using var scope = NewDisposeScope();
        if (Form == GradientForm.ClosedForm) return AffineFunction.apply(input, weight, bias!).MoveToOuterDisposeScope(); // […, out]
        var output = input.matmul(weight.t());                          // […, in]·[in, out] → […, out]
        if (bias is not null) output = output + bias;
        return output.MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override string ToString() => $"Affine(in_features={InFeatures}, out_features={OutFeatures}, bias={PythonText.Of(bias is not null)})";

    private void RequireFit(Tensor input)
    {
        if (input.dim() == 0) throw new ArgumentException("both arguments to matmul need to be at least 1D, but they are 0D and 2D");
        if (input.shape[^1] != InFeatures)
            throw new ArgumentException($"mat1 and mat2 shapes cannot be multiplied ({AffineFunction.RowsOf(input)}x{input.shape[^1]} and {InFeatures}x{OutFeatures})");
        if (input.dtype != weight.dtype)
            throw new ArgumentException($"mat1 and mat2 must have the same dtype, but got {TypeText.Of(input.dtype)} and {TypeText.Of(weight.dtype)}");
    }
}
