using static TorchSharp.torch;

namespace TorchRef.Experiments.Training;

/// <summary>Replicas that run as one program, with their mini-batches and measurements. Different blocks can run on different threads.</summary>
internal sealed class ReplicaBlock : IDisposable
{
    /// <summary>Evaluation takes so many activations of a layer at a time: enough for long products, few enough for the caches.</summary>
    private const int ActivationsAtATime = 1 << 20;

    private readonly OwnedTensors _tensors;
    private readonly IReadOnlyList<ReplicaSpec> _replicas;
    private readonly TrainingData _data;
    private readonly TrainingSettings _settings;

    /// <summary>Makes the networks.</summary>
    /// <param name="replicas">Alike in all that the program depends on.</param>
    /// <param name="places">Where each stands among all replicas of the training.</param>
    /// <param name="data">What is trained and tested with.</param>
    /// <param name="settings">What all replicas have in common.</param>
    public ReplicaBlock(IReadOnlyList<ReplicaSpec> replicas, IReadOnlyList<int> places, TrainingData data, TrainingSettings settings)
    {
        (_replicas, Places, _data, _settings) = (replicas, places, data, settings);
        (Program, _tensors) = OwnedTensors.Collect(() => new BlockProgram(replicas, settings));
    }

    /// <summary>Where each replica stands among all of the training.</summary>
    public IReadOnlyList<int> Places { get; }

    public BlockProgram Program { get; }

    /// <summary>Trains up to the next measurement, and measures.</summary>
    /// <param name="epoch">Its number; 0 is one update long, for the first measurement comes after the first update.</param>
    /// <param name="record">Where the results of these replicas go.</param>
    /// <param name="stop">Stops between two updates.</param>
    /// <exception cref="OperationCanceledException">The training was stopped; what the networks hold is in between two measurements.</exception>
    public void Run(int epoch, EpochRecord record, CancellationToken stop)
    {
        using var noGraph = no_grad();
        using var scope = NewDisposeScope();
        var perEpoch = _settings.UpdatesFor(_data.Train.Count);
        var updates = epoch == 0 ? 1 : perEpoch;
        var done = epoch == 0 ? 0 : 1 + (epoch - 1L) * perEpoch;
        var batches = MiniBatches.Draw(_replicas[0].BatchSeed, epoch, updates, _settings.BatchSize, _data.Train.Count).to(Program.Layout.Device); // [updates, B]
        WithGenerators(Seeds.Dropout, epoch, () =>
        {
            for (var update = 0; update < updates; update++)
            {
                stop.ThrowIfCancellationRequested();
                using var step = NewDisposeScope();
                var batch = batches[update];                            // [B]
                var loss = Program.Update(_data.Train.Images.index_select(0, batch), _data.Train.Targets.index_select(0, batch), done + update + 1, _settings.KeepsBatchLosses); // [G]
                if (loss is not null) Spread(loss, (place, value) => record.BatchLosses![place][update] = value);
            }
        });
        Measure(record, batches[updates - 1], stop);
    }

    /// <summary>What the networks say of images.</summary>
    /// <param name="images">[N, inputs].</param>
    /// <param name="samplingSeed">Null for evaluation; else units are dropped as in training, by masks from this seed.</param>
    /// <returns>Probabilities [N, G, classes].</returns>
    public Tensor Probabilities(Tensor images, long? samplingSeed)
    {
        using var noGraph = no_grad();
        using var scope = NewDisposeScope();
        List<Tensor> parts = [];
        void Collect() => InParts(images.shape[0], (start, count) => parts.Add(
            Program.ByReplica(Program.Logits(images.narrow(0, start, count), samples: samplingSeed is not null)).softmax(2).MoveToOuterDisposeScope())); // [n, G, classes]
        if (samplingSeed is { } seed) WithGenerators(Seeds.Sampling, seed, Collect);
        else Collect();
        return cat(parts, 0).MoveToOuterDisposeScope();                 // [N, G, classes]
    }

    /// <summary>What the networks say of a mini-batch with its own statistics, as in training; running statistics are put back.</summary>
    /// <param name="images">[B, inputs].</param>
    /// <returns>Probabilities [B, G, classes].</returns>
    public Tensor BatchProbabilities(Tensor images)
    {
        using var noGraph = no_grad();
        using var scope = NewDisposeScope();
        (Tensor buffer, Tensor copy)[] kept = [.. Program.Buffers.Select(entry => (entry.value, entry.value.clone()))];
        var logits = Program.Forward(images);                           // [B, G·classes]
        foreach (var (buffer, copy) in kept) buffer.copy_(copy);
        return Program.ByReplica(logits).softmax(2).MoveToOuterDisposeScope(); // [B, G, classes]
    }

    public void Dispose() => _tensors.Dispose();

    private void Measure(EpochRecord record, Tensor batch, CancellationToken stop)
    {
        if (record.TrainAccuracy is { } trained) Measure(_data.Train, trained, record.TrainLoss, stop);
        if (record.TestAccuracy is { } tested) Measure(_data.Test!, tested, record.TestLoss, stop);
        if (record.LastBatchLoss is not { } last) return;
        var logits = Program.Logits(_data.Train.Images.index_select(0, batch)); // [B, G·classes]
        Spread(Program.LossesOf(logits, _data.Train.Targets.index_select(0, batch)).mean([0L]), (place, value) => last[place] = value);
    }

    private void Measure(ExampleSet examples, double[] accuracies, double[]? losses, CancellationToken stop)
    {
        var right = zeros(Places.Count, ScalarType.Float64, Program.Layout.Device); // [G]
        var loss = zeros_like(right);                                   // [G]
        InParts(examples.Count, (start, count) =>
        {
            stop.ThrowIfCancellationRequested();
            var logits = Program.Logits(examples.Images.narrow(0, start, count)); // [n, G·classes]
            var guesses = Program.ByReplica(logits).argmax(2);          // [n, G]
            right.add_(guesses.eq(examples.Labels.narrow(0, start, count).unsqueeze(1)).sum([0L]));
            if (losses is not null) loss.add_(Program.LossesOf(logits, examples.Targets.narrow(0, start, count)).sum([0L], type: ScalarType.Float64));
        });
        Spread(right.div_(examples.Count), (place, value) => accuracies[place] = value);
        if (losses is not null) Spread(loss.div_(examples.Count), (place, value) => losses[place] = value);
    }

    /// <summary>Goes through examples in parts, each in a scope of its own.</summary>
    private void InParts(long examples, Action<long, long> part)
    {
        var widest = Math.Max(_replicas[0].Network.Width, _replicas[0].Network.Classes) * Places.Count;
        var rows = Math.Max(_settings.BatchSize, ActivationsAtATime / widest);
        for (var start = 0L; start < examples; start += rows)
        {
            using var scope = NewDisposeScope();
            part(start, Math.Min(rows, examples - start));
        }
    }

    /// <summary>Does something while dropout draws from generators of the replicas' own.</summary>
    private void WithGenerators(long purpose, long index, Action work)
    {
        var generators = Program.Dropouts.Any() ? _replicas.Select(replica => new Generator(Seeds.Derive(replica.Seed, purpose, index))).ToArray() : [];
        foreach (var dropout in Program.Dropouts) dropout.DrawFrom(generators);
        try
        {
            work();
        }
        finally
        {
            foreach (var generator in generators) generator.Dispose();
        }
    }

    /// <summary>Gives the number of each replica [G] to its place.</summary>
    private void Spread(Tensor ofReplicas, Action<int, double> take)
    {
        using var numbers = ofReplicas.to(ScalarType.Float64).cpu().data<double>();
        for (var replica = 0; replica < Places.Count; replica++) take(Places[replica], numbers[replica]);
    }
}
