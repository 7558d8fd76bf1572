using TorchRef.Experiments.Training;
using TorchRef.Optimization;
using Parameter = TorchSharp.Modules.Parameter;

namespace TorchRef.Experiments.Catalog.Optimizers;

/// <summary>An optimiser of the study notes with its learning rates.</summary>
/// <param name="Kind">The rule; its name is the optimiser's.</param>
/// <param name="ValleyRate">η on the way down the valley.</param>
/// <param name="DigitsRate">η of the networks that learn digits.</param>
/// <param name="Make">An optimiser of one parameter, with a learning rate.</param>
internal sealed record OptimizerRule(OptimizerKind Kind, double ValleyRate, double DigitsRate, Func<Parameter, double, Optimizer> Make)
{
    /// <summary>All of them; the first four with the rates of the study notes' book.</summary>
    public static IReadOnlyList<OptimizerRule> All { get; } =
    [
        new(OptimizerKind.SGD, 0.95, 0.01, (point, lr) => new SGD([point], lr)),
        new(OptimizerKind.Momentum, 0.1, 0.01, (point, lr) => new Momentum([point], lr)),
        new(OptimizerKind.AdaGrad, 1.5, 0.01, (point, lr) => new AdaGrad([point], lr, convention: OptimizerConvention.Book)),
        new(OptimizerKind.Adam, 0.3, 0.001, (point, lr) => new Adam([point], lr, convention: OptimizerConvention.Book)),
        new(OptimizerKind.Nesterov, 0.1, 0.01, (point, lr) => new Nesterov([point], lr)),
        new(OptimizerKind.RMSprop, 0.1, 0.001, (point, lr) => new RMSprop([point], lr, convention: OptimizerConvention.Book)),
    ];

    public string Name => Kind.ToString();
}
