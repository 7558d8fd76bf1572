using static TorchSharp.torch;

namespace TorchRef.Experiments.Training;

/// <summary>Trains many networks together: those that are alike and share their mini-batches as one program, different groups on different threads.</summary>
/// <remarks>
/// <para>
/// The result of a replica depends on its own specification, the data and the settings: not on the number of threads, and
/// on the replicas beside it only in the order in which a product adds up, so within round-off. A replica that overflows
/// takes none along. The same seeds give the same bits on the same machine.
/// </para>
/// <para>Not for use by several threads at once.</para>
/// </remarks>
public sealed class ReplicaTrainer : IDisposable
{
    /// <summary>As many replicas make a program at most: enough columns for efficient operators, few enough for the second-level cache and to keep cores busy.</summary>
    private const int BlockSize = 8;

    private readonly IReadOnlyList<ReplicaBlock> _blocks;
    private readonly WorkerThreads _threads;
    private readonly TrainingData _data;
    private bool _isBroken;

    /// <summary>Makes the networks.</summary>
    /// <param name="replicas">What to train; at least one.</param>
    /// <param name="data">What to train and test with; must outlive the trainer, and have the precision and device of <paramref name="settings"/>.</param>
    /// <param name="settings">What all replicas have in common.</param>
    /// <exception cref="ArgumentException">A specification is invalid or doesn't fit the data.</exception>
    public ReplicaTrainer(IReadOnlyList<ReplicaSpec> replicas, TrainingData data, TrainingSettings settings)
    {
        Check(replicas, data, settings);
        (Replicas, _data, Settings) = (replicas, data, settings);
        _blocks = [.. Partition(replicas).Select(places => new ReplicaBlock([.. places.Select(place => replicas[place])], places, data, settings))];
        _threads = new WorkerThreads(Math.Min(_blocks.Count, settings.Threads ?? Environment.ProcessorCount));
    }

    /// <summary>What is trained.</summary>
    public IReadOnlyList<ReplicaSpec> Replicas { get; }

    /// <summary>What all replicas have in common.</summary>
    public TrainingSettings Settings { get; }

    /// <summary>How many measurements there have been: the number of the next one.</summary>
    public int Epoch { get; private set; }

    /// <summary>Trains up to the next measurement, and measures. The first comes after one update.</summary>
    /// <param name="stop">Stops between two updates; then the trainer can't go on.</param>
    /// <param name="tests">Whether this measurement looks at the test examples, if any does; true by default.</param>
    /// <returns>The measurement.</returns>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    /// <exception cref="InvalidOperationException">An earlier call didn't get to its end.</exception>
    public EpochRecord RunEpoch(CancellationToken stop = default, bool tests = true)
    {
        RequireWhole();
        _isBroken = true;
        var record = EpochRecord.Empty(Epoch, Replicas.Count, Settings, _data, tests);
        _threads.ForEach(_blocks.Count, block => _blocks[block].Run(Epoch, record, stop));
        Epoch++;
        _isBroken = false;
        return record;
    }

    /// <summary>What a replica says of images, as it is now.</summary>
    /// <param name="replica">Its place.</param>
    /// <param name="images">[N, pixels].</param>
    /// <param name="samplingSeed">
    /// Null, the default, for evaluation; else hidden units are dropped as in training, by masks from this seed: one draw of
    /// a Monte-Carlo average.
    /// </param>
    /// <returns>Probabilities [N, classes].</returns>
    public Tensor Probabilities(int replica, Tensor images, long? samplingSeed = null)
    {
        RequireWhole();
        var (block, within) = Find(replica);
        using var scope = NewDisposeScope();
        return block.Probabilities(images, samplingSeed).select(1, within).clone().MoveToOuterDisposeScope(); // [N, classes]
    }

    /// <summary>All that a replica has learned and remembers, by name; copies.</summary>
    /// <remarks>
    /// Weights are affine0.weight … as [inputs, units], biases affine0.bias, γ and β norm0.weight and norm0.bias, running
    /// statistics norm0.running_mean and norm0.running_var as [1, units]; what the optimiser remembers of a parameter has
    /// its name and another word, such as affine0.weight.velocity.
    /// </remarks>
    /// <param name="replica">Its place.</param>
    public IReadOnlyDictionary<string, Tensor> StateOf(int replica)
    {
        RequireWhole();
        var (block, within) = Find(replica);
        return block.Program.State.ToDictionary(entry => entry.name, entry => Cut(block, entry.value, within));
    }

    /// <summary>The gradients that a replica's last update was made of, without decay, by the names of <see cref="StateOf"/>; copies.</summary>
    /// <param name="replica">Its place.</param>
    /// <exception cref="InvalidOperationException">Gradients aren't stored: <see cref="TrainingSettings.KeepsGradients"/>.</exception>
    public IReadOnlyDictionary<string, Tensor> GradientsOf(int replica)
    {
        RequireWhole();
        var (block, within) = Find(replica);
        return block.Program.Parameters.ToDictionary(parameter => parameter.Name, parameter => Cut(block, parameter.Gradient
            ?? throw new InvalidOperationException($"gradients must be stored to be read: expected {nameof(TrainingSettings.KeepsGradients)} but it is off"), within));
    }

    /// <summary>What a replica says of a mini-batch with that batch's own statistics, as in training; running statistics stay as they are.</summary>
    /// <param name="replica">Its place.</param>
    /// <param name="images">[B, pixels], as many as a mini-batch holds.</param>
    /// <returns>Probabilities [B, classes].</returns>
    internal Tensor BatchProbabilities(int replica, Tensor images)
    {
        RequireWhole();
        var (block, within) = Find(replica);
        using var scope = NewDisposeScope();
        return block.BatchProbabilities(images).select(1, within).clone().MoveToOuterDisposeScope(); // [B, classes]
    }

    /// <summary>Adds a number to every element of a replica's parameter.</summary>
    internal void Shift(int replica, string parameter, double by)
    {
        var (block, within) = Find(replica);
        using var noGraph = no_grad();
        block.Program.Parameters.Single(candidate => candidate.Name == parameter).Values[within].add_(by);
    }

    /// <summary>Writes all that a later continuation needs: a training that loads it goes on to the identical result.</summary>
    /// <param name="stream">Where to.</param>
    public void Save(Stream stream)
    {
        RequireWhole();
        TrainerState.Write(stream, Identity, Epoch, States());
    }

    /// <summary>Takes over what <see cref="Save"/> wrote, of the same replicas, settings and data; the number of threads may differ.</summary>
    /// <param name="stream">Where from.</param>
    /// <exception cref="InvalidDataException">It isn't such a state, or is damaged, or belongs to another training.</exception>
    public void Load(Stream stream)
    {
        Epoch = TrainerState.Read(stream, Identity, States());
        _isBroken = false;
    }

    /// <summary>A trainer of some of the replicas, regrouped, that goes on from where they are; this one stays as it is.</summary>
    /// <param name="places">Which replicas, at least one.</param>
    public ReplicaTrainer Keep(IReadOnlyList<int> places)
    {
        RequireWhole();
        var rest = new ReplicaTrainer([.. places.Select(place => Replicas[place])], _data, Settings);
        using var scope = NewDisposeScope();
        using var noGraph = no_grad();
        IReadOnlyList<(string name, Tensor value)>[] from = [.. States()], to = [.. rest.States()];
        for (var i = 0; i < places.Count; i++)
            foreach (var ((_, source), (_, target)) in from[places[i]].Zip(to[i])) target.copy_(source); // [rows, units]
        rest.Epoch = Epoch;
        return rest;
    }

    /// <summary>Ends the threads and gives the memory back.</summary>
    public void Dispose()
    {
        _threads.Dispose();
        foreach (var block in _blocks) block.Dispose();
    }

    /// <summary>The block that a replica is in, and where it stands there.</summary>
    internal (ReplicaBlock block, int within) Find(int replica)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(replica);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(replica, Replicas.Count);
        foreach (var block in _blocks)
            for (var within = 0; within < block.Places.Count; within++)
                if (block.Places[within] == replica) return (block, within);
        throw new InvalidOperationException($"every replica is in a block: expected one of {_blocks.Count} to hold {replica}");
    }

    /// <summary>All that the numbers depend on, in words.</summary>
    private string Identity => $"{_data.Source}, {_data.Train.Count}+{_data.Test?.Count ?? 0} used; {Settings with { Threads = null }}; {string.Join("; ", Replicas)}";

    /// <summary>The state of each replica: views into it, by name.</summary>
    private IEnumerable<IReadOnlyList<(string name, Tensor value)>> States()
    {
        for (var replica = 0; replica < Replicas.Count; replica++)
        {
            var (block, within) = Find(replica);
            yield return [.. block.Program.State.Select(entry => (entry.name, block.Program.Layout.Split(entry.value)[within]))];
        }
    }

    private static Tensor Cut(ReplicaBlock block, Tensor wide, int within)
    {
        using var scope = NewDisposeScope();
        return block.Program.Layout.Split(wide)[within].clone().MoveToOuterDisposeScope(); // [rows, units]
    }

    /// <summary>Groups of like replicas, none too large and all of about one size; the same whatever the machine.</summary>
    private static IEnumerable<IReadOnlyList<int>> Partition(IReadOnlyList<ReplicaSpec> replicas)
    {
        foreach (var alike in Enumerable.Range(0, replicas.Count).GroupBy(place => (replicas[place].Network, replicas[place].Optimizer, replicas[place].BatchSeed)))
        {
            var places = alike.ToArray();
            var blocks = (places.Length + BlockSize - 1) / BlockSize;
            for (var block = 0; block < blocks; block++)
                yield return places[(places.Length * block / blocks)..(places.Length * (block + 1) / blocks)];
        }
    }

    private static void Check(IReadOnlyList<ReplicaSpec> replicas, TrainingData data, TrainingSettings settings)
    {
        settings.Check();
        if (replicas.Count == 0) throw new ArgumentException("there must be something to train: expected at least one replica but got none");
        foreach (var replica in replicas)
        {
            replica.Check();
            if (replica.Network.Inputs != data.Train.Images.shape[1])
                throw new ArgumentException($"a network takes all pixels of an image: expected {data.Train.Images.shape[1]} inputs but got {replica.Network.Inputs} of {replica.Name}");
            if (replica.Network.Classes != data.Train.Targets.shape[1])
                throw new ArgumentException($"a network has an output for each class: expected {data.Train.Targets.shape[1]} classes but got {replica.Network.Classes} of {replica.Name}");
            if (replica.Network.Normalization?.Kind == Networks.NormalizationKind.Batch && settings.BatchSize < 2)
                throw new ArgumentException($"batch normalisation of one example gives 0: expected a batch of at least 2 but got {settings.BatchSize}");
        }
        if (data.Train.Images.dtype != settings.Precision)
            throw new ArgumentException($"data and networks have one precision: expected {settings.Precision} but got {data.Train.Images.dtype}");
    }

    private void RequireWhole()
    {
        if (_isBroken) throw new InvalidOperationException("a training that was stopped in between two measurements can't go on: make a new trainer and load the last state");
    }
}
