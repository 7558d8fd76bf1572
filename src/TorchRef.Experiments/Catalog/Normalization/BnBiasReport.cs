using TorchRef.Experiments.Charts;
using TorchRef.Experiments.NetworkExperiments;
using TorchRef.Experiments.Running;

namespace TorchRef.Experiments.Catalog.Normalization;

/// <summary>What the biases of a first layer do, with batch normalisation behind it and without.</summary>
internal sealed class BnBiasReport(TrainingRecords trained)
{
    private readonly IReadOnlyList<Curve> _gradients = trained.Curves(trained.Trainings[0], BnBias.Gradient);

    private Curve Plain => _gradients[0];

    private Curve Normalized => _gradients[1];

    private IReadOnlyList<double> TrainingChange => trained.Numbers(trained.Trainings[0], BnBias.Normalized, BnBias.TrainingChange);

    private IReadOnlyList<double> EvaluationChange => trained.Numbers(trained.Trainings[0], BnBias.Normalized, BnBias.EvaluationChange);

    public ExperimentOutcome Conclude()
    {
        var curve = new LineChart
        {
            Title = "Largest gradient of a bias of the first layer",
            XAxis = new Axis("epoch"),
            YAxis = new Axis("|∂L/∂b|") { Scale = AxisScale.Log },
            Caption = Spread.Caption(trained.Run.Seeds.Count),
            Series = [.. Plain.Lines("without batch normalisation"), .. Normalized.Lines("before batch normalisation")],
        };
        return new ExperimentOutcome { Findings = EvaluationChange.Count == 0 ? [] : [.. Findings()], Tables = [Table()], Charts = [new NamedChart("gradients", curve)], Curve = curve };
    }

    private IEnumerable<ExperimentFinding> Findings()
    {
        double round = Normalized.OfSeeds.Max(values => values.Max()), real = Plain.OfSeeds.Min(values => values.Min());
        yield return ExperimentFinding.Of(
            "before batch normalisation the gradient of the bias is 0 but for round-off", round < 1e-12 && real > 1e-6,
            $"at most {Spread.Number(round, 2)} during the whole training; without batch normalisation at least {Spread.Number(real, 2)}");
        yield return ExperimentFinding.Of(
            "in training the bias changes nothing", TrainingChange.Max() < 1e-9, $"with 1 added to all biases the probabilities of a mini-batch change by {Spread.Number(TrainingChange.Max(), 2)} at most");
        yield return ExperimentFinding.Of(
            "in evaluation it does: running statistics don't follow it", EvaluationChange.Min() > 0.01, $"they change by {Spread.Text(EvaluationChange)}");
    }

    private ReportTable Table() => new()
    {
        Caption = $"The biases of the first layer. {Spread.Caption(trained.Run.Seeds.Count)}",
        Columns = [new ReportColumn("what"), ReportColumn.Number("without BN"), ReportColumn.Number("before BN")],
        Rows =
        [
            ["largest gradient after the first update", Spread.Text(Plain.At(0)), Spread.Text(Normalized.At(0))],
            ["largest gradient in the end", Spread.Text(Plain.Final), Spread.Text(Normalized.Final)],
            ["change of probabilities when 1 is added, in training", "–", Spread.Text(TrainingChange)],
            ["the same in evaluation", "–", Spread.Text(EvaluationChange)],
        ],
    };
}
