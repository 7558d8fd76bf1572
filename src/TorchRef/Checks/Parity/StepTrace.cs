using static TorchSharp.torch;

namespace TorchRef.Checks.Parity;

/// <summary>What a module did in one step.</summary>
internal sealed class StepTrace(ParityStep step)
{
    public ParityStep Step { get; } = step;

    /// <summary>The inputs as the module got them.</summary>
    public Tensor[] Inputs { get; set; } = [];

    /// <summary>The exception's type and first line, or null.</summary>
    public string? Failure { get; set; }

    /// <summary><see cref="InForward"/> or <see cref="InBackward"/>: where it threw.</summary>
    public string FailedIn { get; set; } = "";

    public Tensor? Output { get; set; }

    public bool OutputRequiresGradient { get; set; }

    public Tensor? Cotangent { get; set; }

    /// <summary>The numbers of the inputs that forward changed in place.</summary>
    public List<int> ChangedInputs { get; } = [];

    public Tensor?[] InputGradients { get; set; } = [];

    /// <summary>By the reference's names; null where a parameter got none.</summary>
    public OrderedDictionary<string, Tensor?> ParameterGradients { get; } = new(StringComparer.Ordinal);

    /// <summary>Gradients of Σ v·gradient, where they were asked for.</summary>
    public OrderedDictionary<string, Tensor?> SecondGradients { get; } = new(StringComparer.Ordinal);

    /// <summary>All parameters and buffers before the step, by the reference's names, where forward ran.</summary>
    public Dictionary<string, Tensor> StateBefore { get; set; } = [];

    /// <summary>Buffers after it.</summary>
    public OrderedDictionary<string, Tensor> Buffers { get; } = new(StringComparer.Ordinal);

    /// <summary>Parameters that forward or backward changed.</summary>
    public List<string> ChangedParameters { get; } = [];

    /// <summary>The first number that the generator gives after forward: the same where as many were drawn.</summary>
    public double NextRandom { get; set; }

    /// <summary>Whether forward drew random numbers.</summary>
    public bool Draws { get; set; }

    /// <summary>Modules inside whose mode isn't the one that was set.</summary>
    public List<string> DeafModules { get; set; } = [];

    /// <summary>Everything that is compared, in the order in which it is computed.</summary>
    public IEnumerable<(string name, Tensor? value)> Quantities
    {
        get
        {
            yield return (OutputName, Output);
            foreach (var (name, value) in Buffers) yield return (name, value);
            for (var i = 0; i < InputGradients.Length; i++) yield return (InputGradientName(i), InputGradients[i]);
            foreach (var (name, value) in ParameterGradients) yield return (GradientName(name), value);
            foreach (var (name, value) in SecondGradients) yield return (name, value);
        }
    }

    public const string OutputName = "output", InForward = "forward", InBackward = "backward";

    public string InputGradientName(int number) => Inputs.Length == 1 ? "gradient of input" : $"gradient of input {number}";

    public static string GradientName(string parameter) => $"gradient of {parameter}";
}
