using TorchRef.Experiments.Running;
using TorchRef.Experiments.Training;

namespace TorchRef.Experiments.NetworkExperiments;

/// <summary>Kinds of networks, each trained with every seed: in one seed all kinds begin with the same random numbers and see the same mini-batches.</summary>
internal static class SeededReplicas
{
    /// <summary>Every kind of the first seed, then of the second, and so on.</summary>
    public static IReadOnlyList<ReplicaSpec> Of(IReadOnlyList<ReplicaSpec> kinds, ExperimentSettings settings)
    {
        settings.Check();
        return [.. settings.AllSeeds.SelectMany(seed => kinds.Select(kind => kind with { Seed = seed, BatchSeed = seed }))];
    }

    /// <summary>A measure of each kind along a training, in the order of the kinds.</summary>
    public static IReadOnlyList<Curve> Curves(this TrainingPlan plan, Records records, string measure) =>
        [.. plan.Replicas.GroupBy(replica => replica.Name).Select(kind => new Curve(kind.Key, Alike([.. kind.Select(replica => plan.RecordOf(replica, measure)).Where(records.Has).Select(name => records[name])])))];

    /// <summary>Training and test accuracy of each kind along a training, in the order of the kinds.</summary>
    public static IReadOnlyList<AccuracyCurves> Accuracies(this TrainingPlan plan, Records records) =>
        [.. plan.Curves(records, Measures.TrainAccuracy).Zip(plan.Curves(records, Measures.TestAccuracy), (train, test) => new AccuracyCurves(train.Name, train, test))];

    /// <summary>As long as the shortest.</summary>
    private static IReadOnlyList<IReadOnlyList<double>> Alike(IReadOnlyList<IReadOnlyList<double>> series)
    {
        if (series.Count == 0) return series;
        var count = series.Min(values => values.Count);
        return [.. series.Select(values => values.Count == count ? values : [.. values.Take(count)])];
    }
}
