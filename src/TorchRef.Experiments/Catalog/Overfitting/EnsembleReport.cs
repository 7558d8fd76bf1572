using TorchRef.Experiments.Charts;
using TorchRef.Experiments.NetworkExperiments;
using TorchRef.Experiments.Running;
using TorchRef.Experiments.Training;

namespace TorchRef.Experiments.Catalog.Overfitting;

/// <summary>What averages of networks show, of separate ones and of the thinned ones of dropout.</summary>
internal sealed class EnsembleReport(Ensemble experiment, TrainingRecords trained)
{
    private const string Networks = "networks", Samples = "samples of dropout";

    /// <summary>For each seed that is done the networks of its ensemble, and last the one with dropout.</summary>
    private readonly IReadOnlyList<ReplicaSpec[]> _seeds =
        [.. trained.Trainings[0].Replicas.Chunk(experiment.Members + 1).Where(seed => trained.Records.Has(trained.Trainings[0].RecordOf(seed[^1], Ensemble.OneSample)))];

    public ExperimentOutcome Conclude()
    {
        if (_seeds.Count == 0) return new ExperimentOutcome { Findings = [] };
        var averaged = Averaged();
        return new ExperimentOutcome { Findings = [.. Findings()], Tables = [Table()], Charts = [new NamedChart("averages", averaged), new NamedChart("accuracy", Bars())], Curve = averaged };
    }

    private IReadOnlyList<double> Single => [.. _seeds.Select(seed => seed.SkipLast(1).Average(member => Record(member, Ensemble.Alone)[0]))];

    private IReadOnlyList<double> Together => Of(Ensemble.Together);

    private IReadOnlyList<double> Gain => [.. Together.Zip(Single, (together, single) => together - single)];

    private IReadOnlyList<double> MonteCarlo => Of(Ensemble.MonteCarlo);

    private IReadOnlyList<double> Scaled => Of(Ensemble.Scaled);

    private IReadOnlyList<double> OneSample => Of(Ensemble.OneSample);

    private IReadOnlyList<double> Record(ReplicaSpec replica, string measure) => trained.Records[trained.Trainings[0].RecordOf(replica, measure)];

    /// <summary>The last value that was recorded of the dropout network of each seed.</summary>
    private IReadOnlyList<double> Of(string measure) => [.. _seeds.Select(seed => Record(seed[^1], measure)[^1])];

    private IEnumerable<ExperimentFinding> Findings()
    {
        yield return ExperimentFinding.Of(
            $"an average of {experiment.Members} networks is a few points better than one of them", Spread.Mean(Gain) > 0.02 && Gain.Min() > 0,
            $"test accuracy {Spread.Share(Single)} alone, {Spread.Share(Together)} together: {Spread.Share(Gain)} more");
        yield return ExperimentFinding.Of(
            "thinned networks of dropout are better together than each of them is", Spread.Mean(MonteCarlo) > Spread.Mean(OneSample),
            $"{Spread.Share(OneSample)} alone, {Spread.Share(MonteCarlo)} on the average of {experiment.Samples[^1]}");
        yield return ExperimentFinding.Of(
            "one pass with scaled weights stands for their average", Math.Abs(Spread.Mean(MonteCarlo) - Spread.Mean(Scaled)) < 0.02,
            $"{Spread.Share(Scaled)} by scaling, {Spread.Share(MonteCarlo)} by Monte Carlo");
    }

    private IReadOnlyList<(string name, IReadOnlyList<double> accuracy)> Rows =>
    [
        ("one network", Single), ($"{experiment.Members} networks averaged", Together),
        ("dropout, one thinned network", OneSample), ($"dropout, {experiment.Samples[^1]} thinned networks averaged", MonteCarlo), ("dropout, scaled weights", Scaled),
    ];

    private ReportTable Table() => new()
    {
        Caption = $"Test accuracy after learning {experiment.Images} images; dropout with ratio {Spread.Number(experiment.DropoutRatio)}. {Spread.Caption(_seeds.Count)}",
        Columns = [new ReportColumn("who answers"), ReportColumn.Number("test accuracy"), ReportColumn.Number("more than one network")],
        Rows = [.. Rows.Select(row => (IReadOnlyList<string>)[row.name, Spread.Share(row.accuracy), Spread.Share([.. row.accuracy.Zip(Single, (accuracy, single) => accuracy - single)])])],
    };

    private LineChart Averaged() => new()
    {
        Title = "Test accuracy of averages",
        XAxis = new Axis("how many are averaged") { Scale = AxisScale.Log },
        YAxis = new Axis("test accuracy"),
        Caption = $"{Spread.Caption(_seeds.Count)} Networks that learned separately, and thinned networks of one with dropout.",
        Series =
        [
            Line(Networks, Ensemble.Together, Enumerable.Range(1, experiment.Members)),
            Line(Samples, Ensemble.MonteCarlo, experiment.Samples),
            new LineSeries("dropout, scaled weights", [Spread.Mean(Scaled), Spread.Mean(Scaled)]) { X = [1, experiment.Samples[^1]], Marker = Marker.None },
        ],
    };

    private LineSeries Line(string name, string measure, IEnumerable<int> counts)
    {
        var runs = _seeds.Select(seed => Record(seed[^1], measure)).ToList();
        return LineSeries.OfRuns(name, runs) with { X = [.. counts.Take(runs[0].Count).Select(count => (double)count)] };
    }

    private BarChart Bars() => new()
    {
        Title = "Who answers best",
        Caption = Spread.Caption(_seeds.Count),
        Categories = [.. Rows.Select(row => row.name)],
        ValueAxis = new Axis("test accuracy") { Min = 0, Max = 1 },
        Horizontal = true,
        Series = [Spread.Bars("test accuracy", Rows.Select(row => row.accuracy))],
    };
}
