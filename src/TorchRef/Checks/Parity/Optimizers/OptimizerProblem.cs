using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchRef.Checks.Parity;

/// <summary>A network whose parameters are moved: weights, biases, a norm's γ and β, and some that are special.</summary>
internal sealed class OptimizerProblem : nn.Module
{
    /// <summary>The parameter that stands for all others in trials.</summary>
    public const string Weight = "linear.weight";

    public const string Unused = "unused.weight", Still = "still.weight";

    public OptimizerProblem(ScalarType type)
        : base("network")
    {
        register_module("linear", nn.Linear(3, 4, dtype: type));
        register_module("norm", nn.BatchNorm1d(4, dtype: type));
        foreach (var name in new[] { "unused", "still", "huge", "tiny" }) register_module(name, new Single(type));
    }

    public IReadOnlyList<(string name, Parameter parameter)> Named => field ??= [.. named_parameters()];

    /// <summary>By how much a parameter's numbers are larger than usual.</summary>
    public static double ScaleOf(string name) => name == "huge.weight" ? 1e4 : name == "tiny.weight" ? 1e-4 : 1;

    /// <summary>Starts all parameters from random numbers, which are exact in float32.</summary>
    public void Start(long seed)
    {
        using var noGraph = no_grad();
        foreach (var (name, parameter) in Named) parameter.copy_(Draw(parameter.shape, ++seed, ScaleOf(name)));
    }

    /// <summary>Random numbers that are exact in float32.</summary>
    public static Tensor Draw(long[] shape, long seed, double scale = 1) => (ParityBench.Normal(shape, seed) * scale).to_type(ScalarType.Float32).to_type(ScalarType.Float64); // shape

    private sealed class Single : nn.Module
    {
        public Single(ScalarType type)
            : base("Single") => register_parameter("weight", new Parameter(zeros([2, 3], type)));
    }
}
