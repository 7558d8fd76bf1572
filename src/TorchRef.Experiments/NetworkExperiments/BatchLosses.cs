using TorchRef.Experiments.Charts;
using TorchRef.Experiments.Running;
using TorchRef.Experiments.Training;

namespace TorchRef.Experiments.NetworkExperiments;

/// <summary>The losses of one kind of network along a training that is counted in updates.</summary>
/// <param name="Name">Which kind.</param>
/// <param name="Before">The loss of each mini-batch, before the update that it leads to.</param>
/// <param name="After">The loss of the mini-batch of every hundredth update, the first included, after that update.</param>
internal sealed record BatchLosses(string Name, Curve Before, Curve After)
{
    private const int MeasureEvery = 100;

    /// <summary>A line of a chart has so many points at most, each the mean of some neighbouring mini-batches.</summary>
    private const int Points = 25;

    /// <summary>Bands around more lines than this hide each other.</summary>
    private const int MostBands = 3;

    /// <summary>The training: all images, losses of every mini-batch.</summary>
    public static TrainingPlan Plan(IReadOnlyList<ReplicaSpec> kinds, TrainingRun run) =>
        new("losses", SeededReplicas.Of(kinds, run), Book.Training(run) with
        {
            BatchSize = Book.LargeBatchSize,
            UpdatesPerEpoch = MeasureEvery,
            MeasuresTraining = false,
            MeasuresTest = false,
            MeasuresLoss = true,
            KeepsBatchLosses = true,
        }, run.Epochs);

    /// <summary>What it recorded, in the order of the kinds.</summary>
    public static IReadOnlyList<BatchLosses> Of(TrainingRecords trained)
    {
        var training = trained.Trainings[0];
        return [.. trained.Curves(training, Measures.BatchLosses).Zip(trained.Curves(training, Measures.LastBatchLoss), (before, after) => new BatchLosses(before.Name, before, after))];
    }

    /// <summary>How many updates there were.</summary>
    public int Updates => Before.Count;

    /// <summary>The losses at some updates.</summary>
    /// <param name="kind">What tells the rows apart.</param>
    /// <param name="losses">The rows.</param>
    /// <param name="seeds">How many seeds.</param>
    public static ReportTable Table(string kind, IReadOnlyList<BatchLosses> losses, int seeds)
    {
        double[] places = [.. losses.SelectMany(loss => loss.After.X).Distinct().Order()];
        double[] shown = [.. places.Where((_, i) => i == 0 || i == places.Length - 1 || i % Math.Max(1, places.Length / 4) == 0)];
        return new ReportTable
        {
            Caption = $"Loss of the mini-batch of an update, after it. {Spread.Caption(seeds)}",
            Columns = [new ReportColumn(kind), .. shown.Select(place => ReportColumn.Number($"update {Spread.Number(place, 6)}"))],
            Rows = [.. losses.Select(loss => (IReadOnlyList<string>)[loss.Name, .. shown.Select(place => Spread.Text(loss.After.At(place)))])],
        };
    }

    /// <summary>How the losses fall.</summary>
    /// <param name="title">What is shown.</param>
    /// <param name="losses">Of which kinds.</param>
    /// <param name="caption">Text below.</param>
    public static LineChart Chart(string title, IReadOnlyList<BatchLosses> losses, string caption)
    {
        var updates = losses.Count == 0 ? 0 : losses.Max(loss => loss.Updates);
        var neighbours = Math.Max(1, (updates + Points - 1) / Points);
        return new LineChart
        {
            Title = title,
            XAxis = new Axis("update"),
            YAxis = new Axis("loss of a mini-batch") { Scale = AxisScale.Log },
            Caption = $"{caption} A point is the mean of {neighbours} mini-batches.",
            Series = [.. losses.SelectMany(one => one.Before.Smoothed(neighbours).Lines()).Select(line => losses.Count > MostBands ? line with { Low = null, High = null } : line)],
        };
    }
}
