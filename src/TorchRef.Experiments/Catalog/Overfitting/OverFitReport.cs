using TorchRef.Experiments.Charts;
using TorchRef.Experiments.NetworkExperiments;
using TorchRef.Experiments.Running;

namespace TorchRef.Experiments.Catalog.Overfitting;

/// <summary>What the accuracies of an over-fitting network show.</summary>
internal sealed class OverFitReport(AccuracyCurves accuracy, int seeds)
{
    /// <summary>From where on the study notes see the training accuracy near 100 %.</summary>
    private const int Turn = 100;

    public ExperimentOutcome Conclude()
    {
        LineChart curve = accuracy.Chart("Accuracy on the images that a network learns from, and on others") with { Caption = Spread.Caption(seeds) };
        return new ExperimentOutcome
        {
            Findings = accuracy.HasBegun ? [.. Findings()] : [],
            Tables = [Table()],
            Charts = [new NamedChart("accuracy", curve)],
            Curve = curve,
        };
    }

    private IEnumerable<ExperimentFinding> Findings()
    {
        double past = Math.Min(Turn, accuracy.Train.X[^1]);
        IReadOnlyList<double> train = accuracy.Train.At(past), final = accuracy.Train.Final, test = accuracy.Test.Final, gap = accuracy.Gap;
        yield return ExperimentFinding.Of(
            "the network learns its images by heart: the training accuracy comes to nearly 100 %", Spread.Mean(train) > 0.97 && Spread.Mean(final) > 0.97,
            $"{Spread.Share(train)} at epoch {Spread.Number(past)}, {Spread.Share(final)} at epoch {Spread.Number(accuracy.Train.X[^1])}");
        yield return ExperimentFinding.Of("on other images it is far worse", gap.Min() > 0.1, $"test accuracy {Spread.Share(test)}, {Spread.Share(gap)} behind");
    }

    private ReportTable Table() => new()
    {
        Caption = $"Accuracy along the training. {Spread.Caption(seeds)}",
        Columns = [ReportColumn.Number("epoch"), ReportColumn.Number("training"), ReportColumn.Number("test"), ReportColumn.Number("difference")],
        Rows = [.. Milestones.Select(epoch => (IReadOnlyList<string>)
        [
            Spread.Number(epoch), Spread.Share(accuracy.Train.At(epoch)), Spread.Share(accuracy.Test.At(epoch)),
            Spread.Share([.. accuracy.Train.At(epoch).Zip(accuracy.Test.At(epoch), (train, test) => train - test)]),
        ])],
    };

    /// <summary>The first and the last measurement of the test, and some between.</summary>
    private IEnumerable<double> Milestones
    {
        get
        {
            IReadOnlyList<double> tested = accuracy.Test.X;
            int step = Math.Max(1, (tested.Count - 1) / 8);
            return tested.Where((_, i) => i % step == 0 || i == tested.Count - 1);
        }
    }
}
