using TorchRef.Experiments.Charts;
using TorchRef.Experiments.Running;

namespace TorchRef.Experiments.Catalog.Optimizers;

/// <summary>What the paths of the optimisers show.</summary>
internal static class OptimizerPathsReport
{
    public static ExperimentOutcome Of(Records records)
    {
        List<OptimizerPath> paths = [.. OptimizerPaths.Rules.Where(rule => records.Has($"{rule.Name}/x"))
            .Select(rule => new OptimizerPath(rule.Name, rule.Rate, records[$"{rule.Name}/x"], records[$"{rule.Name}/y"]))];
        LineChart curve = LossCurve(paths);
        return new ExperimentOutcome
        {
            Findings = [.. Findings(paths)],
            Tables = [Table(paths)],
            Charts = [new NamedChart("paths", Contours(paths)), new NamedChart("loss", curve)],
            Curve = curve,
        };
    }

    private static IEnumerable<ExperimentFinding> Findings(IReadOnlyList<OptimizerPath> paths)
    {
        OptimizerPath? Find(string name) => paths.FirstOrDefault(path => path.Name == name);
        if (Find("SGD") is { } sgd)
        {
            yield return ExperimentFinding.Of(
                "plain gradient descent zigzags across the valley", sgd.Crossings == sgd.Y.Count - 1,
                $"it crosses the valley floor in {sgd.Crossings} of {sgd.Y.Count - 1} steps and goes {Spread.Number(sgd.Detour)} times the straight way");
            foreach (OptimizerPath other in paths.Where(path => path.Name != "SGD"))
            {
                yield return ExperimentFinding.Of(
                    $"{other.Name} goes a straighter way", other.Crossings < sgd.Crossings && other.Detour < sgd.Detour,
                    $"{other.Crossings} crossings against {sgd.Crossings}, {Spread.Number(other.Detour)} times the straight way against {Spread.Number(sgd.Detour)}");
            }
        }

        if (Find("Momentum") is { } momentum)
        {
            yield return ExperimentFinding.Of(
                "momentum rolls past the minimum", momentum.X.Any(x => x > 0), $"x reaches {Spread.Number(momentum.X.Max())} on the other side");
        }
    }

    private static ReportTable Table(IReadOnlyList<OptimizerPath> paths) => new()
    {
        Caption = "Where each path ends after 29 updates, and how it got there",
        Columns =
        [
            new ReportColumn("optimiser"), new ReportColumn("learning rate") { IsNumber = true }, new ReportColumn("last x") { IsNumber = true },
            new ReportColumn("last y") { IsNumber = true }, new ReportColumn("last loss") { IsNumber = true },
            new ReportColumn("crossings") { IsNumber = true }, new ReportColumn("way / straight way") { IsNumber = true },
        ],
        Rows = [.. paths.Select(path => (IReadOnlyList<string>)
        [
            path.Name, Spread.Number(path.Rate), Spread.Number(path.X[^1]), Spread.Number(path.Y[^1]), Spread.Number(path.Losses[^1]),
            $"{path.Crossings}", Spread.Number(path.Detour),
        ])],
    };

    private static SmallMultiples Contours(IReadOnlyList<OptimizerPath> paths)
    {
        FunctionGrid grid = FunctionGrid.Of(OptimizerPaths.Loss, (-10, 10), (-5, 5), 121);
        return new SmallMultiples
        {
            Title = "Ways down x²/20 + y² from (−7, 2)",
            Columns = 2,
            Panels = [.. paths.Select(path => new ContourChart
            {
                Title = $"{path.Name}, learning rate {Spread.Number(path.Rate)}",
                Function = grid,
                Levels = [0.25, 1, 2, 4, 8, 16],
                Paths = [new ContourPath("path", path.X, path.Y)],
                Minimum = (0, 0),
                PlotHeight = 170,
            })],
        };
    }

    private static LineChart LossCurve(IReadOnlyList<OptimizerPath> paths) => new()
    {
        Title = "Loss along the ways down x²/20 + y²",
        XAxis = new Axis("update"),
        YAxis = new Axis("loss") { Scale = AxisScale.Log },
        Series = [.. paths.Select(path => new LineSeries(path.Name, path.Losses) { Marker = Marker.None })],
    };
}
