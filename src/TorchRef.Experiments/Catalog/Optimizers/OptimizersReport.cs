using TorchRef.Experiments.Charts;
using TorchRef.Experiments.NetworkExperiments;
using TorchRef.Experiments.Running;

namespace TorchRef.Experiments.Catalog.Optimizers;

/// <summary>What the ways down the valley and the losses with digits show.</summary>
/// <param name="paths">The ways.</param>
/// <param name="losses">The losses, optimiser by optimiser.</param>
/// <param name="seeds">How many seeds the networks have.</param>
internal sealed class OptimizersReport(IReadOnlyList<ValleyPath> paths, IReadOnlyList<BatchLosses> losses, int seeds)
{
    private const string SGD = "SGD", Momentum = "Momentum";

    public ExperimentOutcome Conclude()
    {
        LineChart curve = BatchLosses.Chart("Loss of a network that learns digits, by the optimiser", losses, Spread.Caption(seeds));
        return new ExperimentOutcome
        {
            Findings = [.. ValleyFindings(), .. DigitsFindings()],
            Tables = [Table(), BatchLosses.Table("optimiser", losses, seeds)],
            Charts = paths.Count == 0 ? [new NamedChart("digits", curve)] : [new NamedChart("paths", Contours()), new NamedChart("loss", ValleyLoss()), new NamedChart("digits", curve)],
            Curve = curve,
        };
    }

    private IEnumerable<ExperimentFinding> ValleyFindings()
    {
        if (paths.FirstOrDefault(path => path.Name == SGD) is not { } sgd) yield break;
        yield return ExperimentFinding.Of(
            "plain gradient descent zigzags across the valley", sgd.Crossings == sgd.Y.Count - 1,
            $"it crosses the valley floor in {sgd.Crossings} of {sgd.Y.Count - 1} steps and goes {Spread.Number(sgd.Detour)} times the straight way");
        foreach (ValleyPath other in paths.Where(path => path.Name != SGD))
        {
            yield return ExperimentFinding.Of(
                $"{other.Name} goes a straighter way", other.Crossings < sgd.Crossings && other.Detour < sgd.Detour,
                $"{other.Crossings} crossings against {sgd.Crossings}, {Spread.Number(other.Detour)} times the straight way against {Spread.Number(sgd.Detour)}");
        }

        if (paths.FirstOrDefault(path => path.Name == Momentum) is { } momentum)
            yield return ExperimentFinding.Of("momentum rolls past the minimum", momentum.X.Any(x => x > 0), $"x reaches {Spread.Number(momentum.X.Max())} on the other side");
    }

    private IEnumerable<ExperimentFinding> DigitsFindings()
    {
        if (losses.Count == 0 || losses.Any(loss => loss.After.Count < 2)) yield break;
        double[] others = [.. losses.Where(loss => loss.Name != SGD).Select(loss => Spread.Mean(loss.Before.Area))];
        double plain = Spread.Mean(losses.First(loss => loss.Name == SGD).Before.Area);
        yield return ExperimentFinding.Of(
            "with digits plain gradient descent learns most slowly", others.Max() < plain,
            $"mean loss of {losses[0].Updates} updates: {string.Join(", ", losses.OrderBy(loss => Spread.Mean(loss.Before.Area)).Select(loss => $"{loss.Name} {Spread.Text(loss.Before.Area)}"))}");
    }

    private ReportTable Table() => new()
    {
        Caption = $"In the valley after {Valley.Points - 1} updates; with digits the loss of the last measurement. {Spread.Caption(seeds)}",
        Columns =
        [
            new ReportColumn("optimiser"), ReportColumn.Number("rate in the valley"), ReportColumn.Number("last x"), ReportColumn.Number("last y"),
            ReportColumn.Number("crossings"), ReportColumn.Number("way / straight way"), ReportColumn.Number("rate with digits"), ReportColumn.Number("loss with digits"),
        ],
        Rows = [.. paths.Select(path => (IReadOnlyList<string>)
        [
            path.Name, Spread.Number(path.Rule.ValleyRate), Spread.Number(path.X[^1]), Spread.Number(path.Y[^1]), $"{path.Crossings}", Spread.Number(path.Detour),
            Spread.Number(path.Rule.DigitsRate), Spread.Text(losses.First(loss => loss.Name == path.Name).After.Final),
        ])],
    };

    private SmallMultiples Contours()
    {
        FunctionGrid grid = FunctionGrid.Of(Valley.Height, (-10, 10), (-5, 5), 121);
        return new SmallMultiples
        {
            Title = "Ways down x²/20 + y² from (−7, 2)",
            Columns = 2,
            Panels = [.. paths.Select(path => new ContourChart
            {
                Title = $"{path.Name}, learning rate {Spread.Number(path.Rule.ValleyRate)}",
                Function = grid,
                Levels = [0.25, 1, 2, 4, 8, 16],
                Paths = [new ContourPath("path", path.X, path.Y)],
                Minimum = (0, 0),
                PlotHeight = 170,
            })],
        };
    }

    private LineChart ValleyLoss() => new()
    {
        Title = "Loss along the ways down x²/20 + y²",
        XAxis = new Axis("update"),
        YAxis = new Axis("loss") { Scale = AxisScale.Log },
        Series = [.. paths.Select(path => new LineSeries(path.Name, path.Heights) { Marker = Marker.None })],
    };
}
