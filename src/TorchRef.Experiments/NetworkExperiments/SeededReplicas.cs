using TorchRef.Experiments.Training;

namespace TorchRef.Experiments.NetworkExperiments;

/// <summary>Kinds of networks, each trained with every seed: in one seed all kinds begin with the same random numbers and see the same mini-batches.</summary>
internal sealed class SeededReplicas
{
    private readonly IReadOnlyList<ReplicaSpec> _kinds;
    private readonly int _seeds;

    public SeededReplicas(IReadOnlyList<ReplicaSpec> kinds, ExperimentSettings settings)
    {
        settings.Check();
        (_kinds, _seeds) = (kinds, settings.Seeds);
        All = [.. settings.AllSeeds.SelectMany(seed => kinds.Select(kind => kind with { Seed = seed, BatchSeed = seed }))];
    }

    /// <summary>Every kind of the first seed, then of the second, and so on.</summary>
    public IReadOnlyList<ReplicaSpec> All { get; }

    /// <summary>A measure of each kind along the training.</summary>
    public IReadOnlyList<Curve> Curves(TrainingHistory history, Func<EpochRecord, double[]?> measure) => Curves(replica => history.Of(replica, measure));

    /// <summary>A series of each kind.</summary>
    public IReadOnlyList<Curve> Curves(Func<int, IReadOnlyList<double>> ofReplica) =>
        [.. _kinds.Select((kind, k) => new Curve(kind.Name, [.. Enumerable.Range(0, _seeds).Select(seed => ofReplica(seed * _kinds.Count + k))]))];
}
