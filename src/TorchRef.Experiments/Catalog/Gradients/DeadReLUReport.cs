using TorchRef.Experiments.Charts;
using TorchRef.Experiments.Running;

namespace TorchRef.Experiments.Catalog.Gradients;

/// <summary>What the counts of dead ReLUs show.</summary>
internal sealed class DeadReLUReport(Records records, IReadOnlyList<ulong> seeds)
{
    private readonly IReadOnlyList<ulong> _done = [.. seeds.Where(seed => records.Has($"seed {seed}/negative data/weights of positive/gradient"))];

    public ExperimentOutcome Conclude()
    {
        if (_done.Count == 0) return new ExperimentOutcome { Findings = [] };
        LineChart curve = Training();
        return new ExperimentOutcome
        {
            Findings = [.. Findings()],
            Tables = [Table()],
            Charts = [new NamedChart("bias", Bias()), new NamedChart("training", curve)],
            Curve = curve,
        };
    }

    private List<double> Of(string name) => [.. _done.Select(seed => records.Number($"seed {seed}/{name}"))];

    private List<IReadOnlyList<double>> Runs(string name) => [.. _done.Select(seed => records[$"seed {seed}/{name}"])];

    private List<double> AfterTraining(double rate, string what) => [.. Runs($"rate {Exact.Text(rate)}/{what}").Select(run => run[^1])];

    private IEnumerable<ExperimentFinding> Findings()
    {
        (double low, double high) = (DeadReLU.Rates[0], DeadReLU.Rates[^1]);
        List<double> biased = [.. Runs("bias/dead").Select(run => run[^1])], normalized = [.. Runs("bias/BN/dead").Select(run => run.Max())];
        yield return ExperimentFinding.Of("a large negative bias kills ReLUs", Spread.Mean(biased) > 0.9, $"{Spread.Percent(Spread.Mean(biased))} dead at a bias of {Spread.Number(DeadReLU.Biases[^1])}");
        yield return ExperimentFinding.Of("batch normalisation takes the bias off again, and none dies", normalized.Max() == 0, $"{Spread.Percent(normalized.Max())} dead at any bias");
        List<double> gentle = AfterTraining(low, "dead"), born = [.. Runs($"rate {Exact.Text(low)}/dead").Select(run => run[0])], rough = AfterTraining(high, "dead"), gradient = AfterTraining(high, "gradient");
        yield return ExperimentFinding.Of("over-large steps kill ReLUs, small ones don't", Spread.Mean(rough) > 0.9 && Spread.Mean(gentle) < Spread.Mean(born) + 0.05, $"{Spread.Percent(Spread.Mean(born))} dead at the start; after {DeadReLU.Steps} steps {Spread.Percent(Spread.Mean(rough))} at learning rate {Spread.Number(high)}, {Spread.Percent(Spread.Mean(gentle))} at {Spread.Number(low)}");
        yield return ExperimentFinding.Of("once all are dead the gradient is exactly 0, and training stands still", rough.Zip(gradient).All(pair => pair.First < 1 || pair.Second == 0) && rough.Contains(1), $"largest gradient of the first layer: {Spread.Number(gradient.Max())}");
        List<double> mixed = Of("negative data/weights of either sign/dead"), slope = Of("negative data/weights of either sign/gradient"), positive = Of("negative data/weights of positive/dead");
        yield return ExperimentFinding.Of("negative data alone kill none: what counts is the input of the ReLU, data times weights", Spread.Mean(mixed) < 0.5 && slope.Min() > 0 && positive.Min() == 1, $"with weights of either sign {Spread.Percent(Spread.Mean(mixed))} are dead, with positive weights {Spread.Percent(Spread.Mean(positive))}");
    }

    private ReportTable Table() => new()
    {
        Caption = $"Dead ReLUs after {DeadReLU.Steps} steps. {Spread.Caption(_done.Count)}",
        Columns = [ReportColumn.Number("learning rate"), ReportColumn.Number("dead after 1 step"), ReportColumn.Number($"dead after {DeadReLU.Steps}"), ReportColumn.Number("last loss")],
        Rows = [.. DeadReLU.Rates.Select(rate => (IReadOnlyList<string>)
        [
            Spread.Number(rate), Spread.Percent(Spread.Mean([.. Runs($"rate {Exact.Text(rate)}/dead").Select(run => run[1])])),
            Spread.Percent(Spread.Mean(AfterTraining(rate, "dead"))), Spread.Number(Spread.Mean(AfterTraining(rate, "loss"))),
        ])],
    };

    private LineChart Bias() => new()
    {
        Title = "Dead ReLUs by bias",
        XAxis = new Axis("bias of all units"),
        YAxis = new Axis("dead units") { Unit = "share" },
        Caption = Spread.Caption(_done.Count),
        Series =
        [
            LineSeries.OfRuns("ReLU", Runs("bias/dead")) with { X = DeadReLU.Biases },
            LineSeries.OfRuns("BN before the ReLU", Runs("bias/BN/dead")) with { X = DeadReLU.Biases },
        ],
    };

    private LineChart Training() => new()
    {
        Title = "Dead ReLUs during training, by learning rate",
        XAxis = new Axis("step"),
        YAxis = new Axis("dead units") { Unit = "share" },
        Caption = Spread.Caption(_done.Count),
        Series = [.. DeadReLU.Rates.Select(rate => LineSeries.OfRuns($"rate {Spread.Number(rate)}", Runs($"rate {Exact.Text(rate)}/dead")) with { Marker = Charts.Marker.None })],
    };
}
