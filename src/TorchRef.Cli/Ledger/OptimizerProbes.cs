using System.Globalization;
using TorchSharp.Modules;
using static TorchSharp.torch;
using AdaGrad = TorchRef.Optimization.AdaGrad;
using AdamW = TorchRef.Optimization.AdamW;
using SGD = TorchRef.Optimization.SGD;

namespace TorchRef.Cli.Ledger;

/// <summary>One step from θ = 1 at rate 0.1, or what is left of a gradient.</summary>
internal static class OptimizerProbes
{
    public static IEnumerable<Probe> All =>
    [
        new("SGD, maximize, weight decay 0.1, gradient 2: θ", "1.190",
            () => Step(2, theta => optim.SGD([theta], 0.1, weight_decay: 0.1, maximize: true)), () => Step(2, theta => new SGD([theta], 0.1, weight_decay: 0.1, maximize: true).step)),
        new("AdamW, its default weight decay, gradient 0: θ", "0.999", () => Step(0, theta => optim.AdamW([theta], 0.1)), () => Step(0, theta => new AdamW([theta], 0.1).step)),
        new("Adagrad can maximize", "yes",
            () => Maximizes(typeof(optim).GetMethods().First(method => method.Name == nameof(optim.Adagrad))), () => Maximizes(typeof(AdaGrad).GetConstructors().First(constructor => constructor.GetParameters().Length > 1))),
        new("SGD, weight decay 0.1, step after zero_grad: θ", "1.000", () => AfterZeroGrad(theta =>
        {
            var sgd = optim.SGD([theta], 0.1, weight_decay: 0.1);
            return (sgd.zero_grad, () => sgd.step());
        }), () => AfterZeroGrad(theta =>
        {
            var sgd = new SGD([theta], 0.1, weight_decay: 0.1);
            return (sgd.zero_grad, sgd.step);
        })),
    ];

    private static string Maximizes(System.Reflection.MethodBase method) => method.GetParameters().Any(parameter => parameter.Name == "maximize") ? "yes" : "no";

    private static string Step(double gradient, Func<Parameter, optim.Optimizer> make) => Step(gradient, theta =>
    {
        var optimizer = make(theta);
        return () => optimizer.step();
    });

    private static string Step(double gradient, Func<Parameter, Action> make)
    {
        var theta = new Parameter(tensor([1.0]));               // [1]
        var step = make(theta);
        theta.grad = tensor([gradient]);                        // [1]
        step();
        return Text(theta);
    }

    private static string AfterZeroGrad(Func<Parameter, (Action zero, Action step)> make)
    {
        var theta = new Parameter(tensor([1.0]));               // [1]
        var (zero, step) = make(theta);
        theta.grad = tensor([2.0]);                             // [1]
        zero();
        step();
        return Text(theta);
    }

    private static string Text(Tensor tensor) => tensor.item<double>().ToString("0.000", CultureInfo.InvariantCulture);
}
