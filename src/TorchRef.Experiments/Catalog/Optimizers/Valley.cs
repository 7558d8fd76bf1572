using TorchRef.Experiments.Running;
using TorchRef.Optimization;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace TorchRef.Experiments.Catalog.Optimizers;

/// <summary>f(x, y) = x²/20 + y², a valley twenty times steeper across than along, and the ways of optimisers down it.</summary>
internal static class Valley
{
    /// <summary>Points of a path, the start among them: the study notes' picture shows where each of 30 updates began.</summary>
    public const int Points = 30;

    public static readonly (double X, double Y) Start = (-7, 2);

    /// <summary>f.</summary>
    public static double Height(double x, double y) => x * x / 20 + y * y;

    /// <summary>The part of a run in which an optimiser goes down.</summary>
    public static ExperimentPart Part(OptimizerRule rule) => new(rule.Name, part => Descend(part.Records, rule));

    /// <summary>The ways that are recorded.</summary>
    public static IReadOnlyList<ValleyPath> Paths(Records records) =>
        [.. OptimizerRule.All.Where(rule => records.Has(Key(rule, "y"))).Select(rule => new ValleyPath(rule, records[Key(rule, "x")], records[Key(rule, "y")]))];

    private static void Descend(Records records, OptimizerRule rule)
    {
        using var scope = NewDisposeScope();
        var point = new Parameter(tensor(new[] { Start.X, Start.Y }, float64)); // [2]
        using Optimizer optimizer = rule.Make(point, rule.ValleyRate);
        var steepness = tensor(new[] { 1.0 / 20, 1.0 }, float64);               // [2]
        for (int i = 0; i < Points; i++)
        {
            using var step = NewDisposeScope();
            records.Append(Key(rule, "x"), point[0].item<double>());
            records.Append(Key(rule, "y"), point[1].item<double>());
            optimizer.zero_grad();
            (steepness * point.square()).sum().backward();                      // []
            optimizer.step();
        }
    }

    private static string Key(OptimizerRule rule, string coordinate) => $"{rule.Name}/{coordinate}";
}
