using TorchRef.Layers;
using static TorchSharp.torch;

namespace TorchRef.Cli.Verification;

/// <summary>The settings of an affine layer that is to be compared.</summary>
internal sealed record AffineSettings(long Inputs, long Outputs, bool Bias);

/// <summary>The settings of a softmax cross-entropy that is to be compared.</summary>
internal sealed record CrossEntropySettings(Tensor? Weight, long IgnoreIndex, nn.Reduction Reduction, double LabelSmoothing);

/// <summary>What networks are made of beside normalisation: affine layers, activations, the loss, and how weights begin.</summary>
internal sealed partial record Candidates
{
    public Func<AffineSettings, GradientForm, ScalarType, nn.Module<Tensor, Tensor>> Affine { get; init; } =
        (s, form, dtype) => new Affine(s.Inputs, s.Outputs, s.Bias, form, dtype: dtype);

    /// <summary>By the name of torch.nn's module.</summary>
    public Func<string, GradientForm, nn.Module<Tensor, Tensor>> Activation { get; init; } = (name, form) => name switch
    {
        "Sigmoid" => new Sigmoid(form),
        "Tanh" => new Tanh(form),
        _ => new ReLU(form: form),
    };

    /// <summary>By the value at 0.</summary>
    public Func<double, nn.Module<Tensor, Tensor>> Step { get; init; } = atZero => new Step(atZero);

    public Func<CrossEntropySettings, GradientForm, nn.Module<Tensor, Tensor, Tensor>> CrossEntropy { get; init; } =
        (s, form) => new SoftmaxCrossEntropy(s.Weight, s.IgnoreIndex, s.Reduction, s.LabelSmoothing, form: form);

    /// <summary>By the name of the function in torch.nn.init.</summary>
    public Func<string, Func<Tensor, Tensor>> Initializer { get; init; } = name => name switch
    {
        "normal_" => tensor => Initializers.Normal(tensor, InitializerCases.Deviation),
        "uniform_" => tensor => Initializers.Uniform(tensor, -InitializerCases.Deviation, InitializerCases.Deviation),
        "xavier_normal_" => tensor => Initializers.XavierNormal(tensor, InitializerCases.Gain),
        "xavier_uniform_" => tensor => Initializers.XavierUniform(tensor, InitializerCases.Gain),
        "kaiming_normal_" => tensor => Initializers.HeNormal(tensor),
        "kaiming_uniform_" => tensor => Initializers.HeUniform(tensor),
        "kaiming_normal_ for tanh by fan_out" => tensor => Initializers.HeNormal(tensor, mode: FanMode.Out, nonlinearity: Nonlinearity.Tanh),
        "kaiming_uniform_ of slope 0.2 by fan_out" => tensor => Initializers.HeUniform(tensor, 0.2, FanMode.Out),
        "constant_" => tensor => Initializers.Constant(tensor, InitializerCases.Deviation),
        _ => Initializers.Zeros,
    };
}
