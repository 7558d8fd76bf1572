using TorchRef.Experiments.Running;
using TorchRef.Experiments.Training;

namespace TorchRef.Experiments.NetworkExperiments;

/// <summary>What the trainings of an experiment have recorded, as curves and numbers; of an interrupted run as far as it came.</summary>
/// <param name="Run">What was asked for.</param>
/// <param name="Trainings">The trainings.</param>
/// <param name="Records">All that was measured.</param>
internal sealed record TrainingRecords(TrainingRun Run, IReadOnlyList<TrainingPlan> Trainings, Records Records)
{
    /// <summary>A measure of each kind of network along a training, in the order of the kinds.</summary>
    public IReadOnlyList<Curve> Curves(TrainingPlan training, string measure) =>
        [.. Kinds(training).Select(kind => new Curve(kind.Key, training.PlacesOf(measure), Alike([.. kind.Select(replica => training.RecordOf(replica, measure)).Where(Records.Has).Select(name => Records[name])])))];

    /// <summary>Training and test accuracy of each kind of network along a training, in the order of the kinds.</summary>
    public IReadOnlyList<AccuracyCurves> Accuracies(TrainingPlan training) =>
        [.. Curves(training, Measures.TrainAccuracy).Zip(Curves(training, Measures.TestAccuracy), (train, test) => new AccuracyCurves(train.Name, train, test))];

    /// <summary>A number of each seed that was measured of one kind of network at the end of its training.</summary>
    /// <param name="training">Which training.</param>
    /// <param name="kind">The name of the kind.</param>
    /// <param name="measure">What was measured.</param>
    public IReadOnlyList<double> Numbers(TrainingPlan training, string kind, string measure) =>
        Records.Numbers(training.Replicas.Where(replica => replica.Name == kind).Select(replica => training.RecordOf(replica, measure)));

    private static IEnumerable<IGrouping<string, ReplicaSpec>> Kinds(TrainingPlan training) => training.Replicas.GroupBy(replica => replica.Name);

    /// <summary>As long as the shortest.</summary>
    private static IReadOnlyList<IReadOnlyList<double>> Alike(IReadOnlyList<IReadOnlyList<double>> series)
    {
        if (series.Count == 0) return series;
        var count = series.Min(values => values.Count);
        return [.. series.Select(values => values.Count == count ? values : [.. values.Take(count)])];
    }
}
