using TorchRef.Optimization;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Adam = TorchRef.Optimization.Adam;
using AdamW = TorchRef.Optimization.AdamW;
using SGD = TorchRef.Optimization.SGD;

namespace TorchRef.Tests.Optimization;

/// <summary>Every optimiser, with whatever it can remember switched on, by the name of its class.</summary>
internal static class Kinds
{
    public static readonly IReadOnlyDictionary<string, Func<IEnumerable<Parameter>, double, bool, Optimizer>> Make = new Dictionary<string, Func<IEnumerable<Parameter>, double, bool, Optimizer>>
    {
        ["SGD"] = (parameters, decay, maximize) => new SGD(parameters, 0.1, momentum: 0.9, weight_decay: decay, nesterov: true, maximize: maximize),
        ["SGD, decoupled"] = (parameters, decay, maximize) => new SGD(parameters, 0.1, weight_decay: decay, maximize: maximize, decoupled_weight_decay: true),
        ["Momentum"] = (parameters, decay, maximize) => new Momentum(parameters, 0.1, weight_decay: decay, maximize: maximize),
        ["Nesterov"] = (parameters, decay, maximize) => new Nesterov(parameters, 0.1, weight_decay: decay, maximize: maximize),
        ["AdaGrad"] = (parameters, decay, maximize) => new AdaGrad(parameters, 0.1, lr_decay: 0.1, weight_decay: decay, maximize: maximize),
        ["RMSprop"] = (parameters, decay, maximize) => new RMSprop(parameters, 0.1, momentum: 0.9, centered: true, weight_decay: decay, maximize: maximize),
        ["Adam"] = (parameters, decay, maximize) => new Adam(parameters, 0.1, weight_decay: decay, amsgrad: true, maximize: maximize),
        ["Adam, of the book"] = (parameters, decay, maximize) => new Adam(parameters, 0.1, weight_decay: decay, maximize: maximize, convention: OptimizerConvention.Book),
        ["AdamW"] = (parameters, decay, maximize) => new AdamW(parameters, 0.1, weight_decay: decay, amsgrad: true, maximize: maximize),
    };

    public static TheoryData<string> Names => new(Make.Keys);

    public static Parameter[] Pair() => [new(tensor(new[] { 1.0, -2.0, 0.5 })), new(tensor(new[,] { { 0.25 }, { -1.5 } }))];

    /// <summary>Gives gradients that differ from step to step and from one element to the next.</summary>
    public static void Give(IEnumerable<Parameter> parameters, int step, double sign = 1)
    {
        foreach (var parameter in parameters)
            parameter.grad = (arange(1, parameter.numel() + 1, float64).view(parameter.shape) * (1.7 + step)).sin().mul(sign).to_type(parameter.dtype); // the parameter's shape
    }

    public static double[] Numbers(Tensor tensor) => tensor.detach().to_type(ScalarType.Float64).contiguous().data<double>().ToArray();

    public static void Near(double[] expected, Tensor actual, double tolerance)
    {
        var numbers = Numbers(actual);
        Assert.Equal(expected.Length, numbers.Length);
        for (var i = 0; i < numbers.Length; i++) Assert.InRange(numbers[i] - expected[i], -tolerance, tolerance);
    }
}
