using TorchRef.Experiments.Charts;
using TorchRef.Experiments.Running;

namespace TorchRef.Experiments.Catalog.Normalization;

/// <summary>What the time steps of a recurrent network show.</summary>
internal sealed class RecurrentReport(Records records, IReadOnlyList<ulong> seeds)
{
    private const string Growth = "variance of the cell state by step";
    private const string Own = "own statistics/error by step";
    private const string Shared = "shared statistics/error by step";

    public ExperimentOutcome Conclude()
    {
        IReadOnlyList<ulong> done = [.. seeds.Where(seed => records.Has($"seed {seed}/{Shared}"))];
        if (done.Count == 0) return new ExperimentOutcome { Findings = [] };
        LineChart curve = Chart(done, "How wrong evaluation is, by the statistics it uses", "error of the output / output", AxisScale.Log, ("each step its own", Own), ("one for all steps", Shared));
        return new ExperimentOutcome
        {
            Findings = [.. Findings(done)],
            Tables = [Table(done)],
            Charts =
            [
                new NamedChart("errors", curve),
                new NamedChart("variances", Chart(done, "What batch normalisation has to normalise, by time step", "variance over batch and units", AxisScale.Linear, ("cell state", Growth), ("recurrent part", "variance of the recurrent part by step"))),
            ],
            Curve = curve,
        };
    }

    private List<IReadOnlyList<double>> Runs(IReadOnlyList<ulong> done, string name) => [.. done.Select(seed => records[$"seed {seed}/{name}"])];

    private List<double> At(IReadOnlyList<ulong> done, string name, Index step) => [.. Runs(done, name).Select(run => run[step.GetOffset(run.Count)])];

    private IEnumerable<ExperimentFinding> Findings(IReadOnlyList<ulong> done)
    {
        (List<double> first, List<double> last) = (At(done, Growth, 0), At(done, Growth, ^1));
        yield return ExperimentFinding.Of("the steps of a recurrent network see different distributions", Spread.Mean(last) > 1.5 * Spread.Mean(first), $"variance of the cell state {Spread.Text(first)} at the first step, {Spread.Text(last)} at the last");
        (List<double> own, List<double> shared) = (At(done, Own, 0), At(done, Shared, 0));
        yield return ExperimentFinding.Of("so one set of running statistics for all steps fits the first ones badly", Spread.Mean(shared) > 3 * Spread.Mean(own), $"error at the first step {Spread.Percent(Spread.Mean(shared))}, against {Spread.Percent(Spread.Mean(own))} with statistics of its own");
    }

    private ReportTable Table(IReadOnlyList<ulong> done) => new()
    {
        Caption = $"By time step. {Spread.Caption(done.Count)}",
        Columns = [ReportColumn.Number("step"), ReportColumn.Number("variance of the cell state"), ReportColumn.Number("error, own statistics"), ReportColumn.Number("error, shared statistics")],
        Rows = [.. new[] { 0, 1, 4, 9, 29 }.Select(step => (IReadOnlyList<string>)
            [$"{step + 1}", Spread.Text(At(done, Growth, step)), Spread.Text(At(done, Own, step)), Spread.Text(At(done, Shared, step))])],
    };

    private LineChart Chart(IReadOnlyList<ulong> done, string title, string what, AxisScale scale, params (string Name, string Record)[] series) => new()
    {
        Title = title,
        XAxis = new Axis("time step"),
        YAxis = new Axis(what) { Scale = scale },
        Caption = Spread.Caption(done.Count),
        Series = [.. series.Select(one => LineSeries.OfRuns(one.Name, Runs(done, one.Record)) with { Marker = Charts.Marker.None, X = [.. Enumerable.Range(1, Runs(done, one.Record)[0].Count).Select(step => (double)step)] })],
    };
}
