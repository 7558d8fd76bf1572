using TorchRef.Experiments.Running;
using TorchRef.Optimization;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace TorchRef.Experiments.Catalog.Optimizers;

/// <summary>The ways of six optimisers down f(x, y) = x²/20 + y², a valley twenty times steeper across than along.</summary>
internal sealed class OptimizerPaths : IExperiment
{
    /// <summary>Points of a path, the start among them: the study notes' picture shows where each of 30 updates began.</summary>
    private const int Points = 30;

    public static readonly (double X, double Y) Start = (-7, 2);

    /// <summary>Name, learning rate and rule; the first four with the settings of the study notes' book.</summary>
    public static readonly IReadOnlyList<(string Name, double Rate, Func<Parameter, double, Optimizer> Make)> Rules =
    [
        ("SGD", 0.95, (point, lr) => new SGD([point], lr)),
        ("Momentum", 0.1, (point, lr) => new Momentum([point], lr)),
        ("AdaGrad", 1.5, (point, lr) => new AdaGrad([point], lr, convention: OptimizerConvention.Book)),
        ("Adam", 0.3, (point, lr) => new Adam([point], lr, convention: OptimizerConvention.Book)),
        ("Nesterov", 0.1, (point, lr) => new Nesterov([point], lr)),
        ("RMSprop", 0.1, (point, lr) => new RMSprop([point], lr, convention: OptimizerConvention.Book)),
    ];

    public string Name => "optimizers";

    public string Description => "the paths of six optimisers down x²/20 + y²: plain gradient descent zigzags, the others cut the corners";

    public RequestParts Uses => RequestParts.None;

    public static double Loss(double x, double y) => x * x / 20 + y * y;

    public ExperimentPlan Plan(RunRequest request) => new()
    {
        Settings =
        [
            new Setting("function", "x²/20 + y²"),
            new Setting("start", [Start.X, Start.Y]),
            new Setting("points", Points),
            .. Rules.Select(rule => new Setting($"learning rate of {rule.Name}", rule.Rate)),
        ],
        Parts = [.. Rules.Select(rule => new ExperimentPart(rule.Name, part => Descend(part, rule.Name, rule.Rate, rule.Make)))],
        Conclude = OptimizerPathsReport.Of,
    };

    private static void Descend(PartContext part, string name, double rate, Func<Parameter, double, Optimizer> make)
    {
        using var scope = NewDisposeScope();
        var point = new Parameter(tensor(new[] { Start.X, Start.Y }, float64)); // [2]
        using Optimizer optimizer = make(point, rate);
        var steepness = tensor(new[] { 1.0 / 20, 1.0 }, float64);               // [2]
        for (int i = 0; i < Points; i++)
        {
            using var step = NewDisposeScope();
            part.Records.Append($"{name}/x", point[0].item<double>());
            part.Records.Append($"{name}/y", point[1].item<double>());
            optimizer.zero_grad();
            (steepness * point.square()).sum().backward();                      // []
            optimizer.step();
        }
    }
}
