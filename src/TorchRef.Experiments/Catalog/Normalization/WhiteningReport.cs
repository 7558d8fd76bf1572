using TorchRef.Experiments.Charts;
using TorchRef.Experiments.Running;

namespace TorchRef.Experiments.Catalog.Normalization;

/// <summary>What whitening and the drifting bias show.</summary>
internal sealed class WhiteningReport(Records records, IReadOnlyList<ulong> seeds, IReadOnlyList<string> gradients)
{
    private const int Batch = 100;

    public static readonly IReadOnlyList<int> CostChannels = [10, 100, 1000];

    /// <summary>
    /// Multiplications of a forward pass over a batch of 100: batch normalisation squares and scales each value; whitening
    /// forms a covariance, decomposes it (about 9C³ for a symmetric matrix with its vectors) and multiplies by a matrix.
    /// </summary>
    public static double[] Products(int channels)
    {
        double n = Batch, c = channels;
        return [2 * n * c, n * c * c + 9 * c * c * c + n * c * c];
    }

    public ExperimentOutcome Conclude(string? times)
    {
        IReadOnlyList<ulong> done = [.. seeds.Where(seed => records.Has($"seed {seed}/{gradients[^1]}/loss"))];
        if (done.Count == 0) return new ExperimentOutcome { Findings = [] };
        LineChart curve = Drift(done, "bias", "The bias, by what its gradient knows of the mean");
        return new ExperimentOutcome
        {
            Findings = [.. Findings(done)],
            Tables = [Effects(done), Cost()],
            Charts = [new NamedChart("bias", curve), new NamedChart("loss", Drift(done, "loss", "The loss meanwhile"))],
            Curve = curve,
            Remarks = times is null ? [] : [times],
        };
    }

    private List<double> Of(IReadOnlyList<ulong> done, string name, bool last = false) => [.. done.Select(seed => last ? records[$"seed {seed}/{name}"][^1] : records.Number($"seed {seed}/{name}"))];

    private IEnumerable<ExperimentFinding> Findings(IReadOnlyList<ulong> done)
    {
        (List<double> before, List<double> normalized, List<double> whitened) = (Of(done, "input/largest correlation"), Of(done, "BN/largest correlation"), Of(done, "whitening/largest correlation"));
        yield return ExperimentFinding.Of("whitening takes out the correlation between channels, batch normalisation leaves it as it is", whitened.Max() < 0.01 && normalized.Zip(before).All(pair => Math.Abs(pair.First - pair.Second) < 1e-6), $"largest correlation {Spread.Text(before)} before, {Spread.Text(normalized)} after batch normalisation, {Spread.Text(whitened)} after whitening");
        (List<double> constant, List<double> through) = (Of(done, $"{gradients[0]}/bias", last: true), Of(done, $"{gradients[1]}/bias", last: true));
        double change = done.Max(seed => records[$"seed {seed}/{gradients[0]}/loss"].Max() - records[$"seed {seed}/{gradients[0]}/loss"].Min());
        yield return ExperimentFinding.Of("a bias whose gradient takes the mean for a constant drifts without end, and the loss never notices", constant.Min() > 5 && change < 1e-9, $"bias {Spread.Text(constant)} after {records[$"seed {done[0]}/{gradients[0]}/bias"].Count - 1} steps, the loss changed by {Spread.Number(change, 2)}");
        yield return ExperimentFinding.Of("with the gradient through the mean it stays", through.Max(Math.Abs) < 1e-9, $"bias {Spread.Number(through.Max(Math.Abs), 2)}");
        if (CostChannels.All(channels => records.Has($"cost/{channels} channels")))
        {
            double[] ratios = [.. CostChannels.Select(channels => records[$"cost/{channels} channels"][1] / records[$"cost/{channels} channels"][0])];
            yield return ExperimentFinding.Of("whitening costs more, the more so the more channels", ratios.Zip(ratios.Skip(1)).All(pair => pair.Second > pair.First) && ratios[0] > 1, $"{string.Join(", ", CostChannels.Zip(ratios, (channels, ratio) => $"{Spread.Number(ratio)} times the multiplications at {channels} channels"))}");
        }
    }

    private ReportTable Effects(IReadOnlyList<ulong> done) => new()
    {
        Caption = $"Channels before and after. {Spread.Caption(done.Count)}",
        Columns = [new ReportColumn("values"), ReportColumn.Number("largest correlation"), ReportColumn.Number("mean variance")],
        Rows = [.. new[] { "input", "BN", "whitening" }.Select(name => (IReadOnlyList<string>)
            [name, Spread.Text(Of(done, $"{name}/largest correlation")), Spread.Text(Of(done, $"{name}/variance"), 4)])],
    };

    private ReportTable Cost() => new()
    {
        Caption = $"Multiplications of a forward pass over a batch of {Batch}, counted",
        Columns = [ReportColumn.Number("channels"), ReportColumn.Number("batch normalisation"), ReportColumn.Number("whitening")],
        Rows = [.. CostChannels.Where(channels => records.Has($"cost/{channels} channels")).Select(channels => (IReadOnlyList<string>)
            [$"{channels}", .. records[$"cost/{channels} channels"].Select(count => Spread.Number(count))])],
    };

    private LineChart Drift(IReadOnlyList<ulong> done, string what, string title) => new()
    {
        Title = title,
        XAxis = new Axis("step"),
        YAxis = new Axis(what),
        Caption = Spread.Caption(done.Count),
        Series = [.. gradients.Select(name => LineSeries.OfRuns(name, [.. done.Select(seed => records[$"seed {seed}/{name}/{what}"])]) with { Marker = Charts.Marker.None })],
    };
}
