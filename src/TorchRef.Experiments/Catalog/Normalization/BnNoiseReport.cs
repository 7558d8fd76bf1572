using TorchRef.Experiments.Charts;
using TorchRef.Experiments.NetworkExperiments;
using TorchRef.Experiments.Running;

namespace TorchRef.Experiments.Catalog.Normalization;

/// <summary>What the noise of batch statistics and the accuracies at several batch sizes show.</summary>
internal sealed class BnNoiseReport(BnNoise experiment, TrainingRecords trained)
{
    private const string Normalized = "BN", Plain = "plain";

    private readonly IReadOnlyList<StatisticsNoise> _noises = StatisticsNoise.Of(experiment.NoiseSizes, trained.Records);

    /// <summary>For each size that has begun the accuracies with batch normalisation and without.</summary>
    private readonly IReadOnlyList<(int size, AccuracyCurves normalized, AccuracyCurves plain)> _sizes =
    [
        .. experiment.TrainingSizes.Zip(trained.Trainings.Select(trained.Accuracies), (size, curves) => (size, curves[0], curves[1])).Where(one => one.Item2.HasBegun && one.Item3.HasBegun),
    ];

    public ExperimentOutcome Conclude()
    {
        LineChart curve = Noise();
        return new ExperimentOutcome
        {
            Findings = [.. NoiseFindings(), .. TrainingFindings()],
            Tables = [Table(), NoiseTable()],
            Charts = _sizes.Count == 0 ? [new NamedChart("noise", curve)] : [new NamedChart("noise", curve), new NamedChart("accuracy", Panels()), new NamedChart("gap", Gaps())],
            Curve = curve,
        };
    }

    private IEnumerable<ExperimentFinding> NoiseFindings()
    {
        if (_noises.Count < experiment.NoiseSizes.Count) yield break;
        double off = _noises.Max(noise => Math.Abs(noise.Mean * Math.Sqrt(noise.Size) - 1));
        yield return ExperimentFinding.Of(
            "the mean of a mini-batch of m examples scatters by 1/√m", off < 0.02,
            $"{string.Join(", ", _noises.Select(noise => $"m = {noise.Size}: {Spread.Number(noise.Mean)}"))}; within {Spread.Percent(off)}");
        // Of two values 1/σ has no variance that a sample could show.
        List<StatisticsNoise> larger = [.. _noises.Where(noise => noise.Size > 2)];
        yield return ExperimentFinding.Of(
            "its 1/σ scatters less the larger it is", larger.Zip(larger.Skip(1)).All(pair => pair.Second.InverseDeviation < pair.First.InverseDeviation),
            string.Join(", ", larger.Select(noise => $"m = {noise.Size}: {Spread.Number(noise.InverseDeviation)}")));
    }

    private IEnumerable<ExperimentFinding> TrainingFindings()
    {
        if (_sizes.Count < experiment.TrainingSizes.Count) yield break;
        var (least, most) = (_sizes[0], _sizes[^1]);
        yield return ExperimentFinding.Of(
            "the noise holds training back, less so the larger the batch", Spread.Mean(least.normalized.Train.Final) < Spread.Mean(most.normalized.Train.Final),
            string.Join(", ", _sizes.Select(one => $"m = {one.size}: training accuracy {Spread.Share(one.normalized.Train.Final)}")));
        yield return ExperimentFinding.Of(
            "the gap between training and test accuracy is narrower in small batches", Spread.Mean(least.normalized.Gap) < Spread.Mean(most.normalized.Gap),
            string.Join(", ", _sizes.Select(one => $"m = {one.size}: {Spread.Share(one.normalized.Gap)}")));
        yield return ExperimentFinding.Of(
            $"networks with batch normalisation over-fit {experiment.Images} images all the same", _sizes.All(one => Spread.Mean(one.normalized.Gap) > 0.1),
            string.Join(", ", _sizes.Select(one => $"m = {one.size}: {Spread.Share(one.normalized.Gap)} between training and test accuracy, {Spread.Share(one.plain.Gap)} without batch normalisation")));
    }

    private ReportTable Table() => new()
    {
        Caption = $"Accuracies at the end. {Spread.Caption(trained.Run.Seeds.Count)}",
        Columns = [ReportColumn.Number("batch size"), new ReportColumn("network"), ReportColumn.Number("training"), ReportColumn.Number("test"), ReportColumn.Number("difference")],
        Rows = [.. from one in _sizes
                   from kind in new[] { (Normalized, one.normalized), (Plain, one.plain) }
                   select (IReadOnlyList<string>)[$"{one.size}", kind.Item1, Spread.Share(kind.Item2.Train.Final), Spread.Share(kind.Item2.Test.Final), Spread.Share(kind.Item2.Gap)]],
    };

    private ReportTable NoiseTable() => new()
    {
        Caption = $"Standard deviations over {experiment.Draws} mini-batches of N(0, 1)",
        Columns = [ReportColumn.Number("batch size m"), ReportColumn.Number("mean μ"), ReportColumn.Number("1/√m"), ReportColumn.Number("1/σ")],
        Rows = [.. _noises.Select(noise => (IReadOnlyList<string>)
            [$"{noise.Size}", Spread.Number(noise.Mean), Spread.Number(1 / Math.Sqrt(noise.Size)), noise.Size > 2 ? Spread.Number(noise.InverseDeviation) : "infinite"])],
    };

    private LineChart Noise()
    {
        double[] sizes = [.. _noises.Select(noise => (double)noise.Size)];
        return new LineChart
        {
            Title = "How much the statistics of a mini-batch of N(0, 1) scatter",
            XAxis = new Axis("batch size m") { Scale = AxisScale.Log },
            YAxis = new Axis("standard deviation") { Scale = AxisScale.Log },
            Caption = $"Over {experiment.Draws} mini-batches; of two values 1/σ has an infinite variance.",
            Series = _noises.Count == 0 ? [] :
            [
                new LineSeries("mean μ", [.. _noises.Select(noise => noise.Mean)]) { X = sizes },
                new LineSeries("1/σ", [.. _noises.Where(noise => noise.Size > 2).Select(noise => noise.InverseDeviation)]) { X = [.. sizes.Where(size => size > 2)] },
                new LineSeries("1/√m", [.. sizes.Select(size => 1 / Math.Sqrt(size))]) { X = sizes, Dash = LineDash.None, Marker = Marker.Ring },
            ],
        };
    }

    private SmallMultiples Panels() => new()
    {
        Title = "Accuracy at several batch sizes",
        Caption = $"A point every {experiment.UpdatesPerEpoch} updates, whatever the size. {Spread.Caption(trained.Run.Seeds.Count)}",
        Columns = _sizes.Count,
        Panels = [.. from normalized in new[] { true, false }
                     from one in _sizes
                     let kind = normalized ? one.normalized : one.plain
                     select kind.Chart($"{(normalized ? "BN" : "plain")}, batches of {one.size}") with { XAxis = new Axis("measurement") }],
    };

    private LineChart Gaps() => new()
    {
        Title = "Training accuracy less test accuracy in the end",
        XAxis = new Axis("batch size m") { Scale = AxisScale.Log },
        YAxis = new Axis("difference of accuracies"),
        Caption = Spread.Caption(trained.Run.Seeds.Count),
        Series = [Line("batch normalisation", one => one.normalized), Line("plain", one => one.plain)],
    };

    private LineSeries Line(string name, Func<(int, AccuracyCurves normalized, AccuracyCurves plain), AccuracyCurves> kind) =>
        Spread.Line(name, [.. _sizes.Select(one => (double)one.size)], [.. _sizes.Select(one => kind(one).Gap)]);
}
