using System.Diagnostics;
using TorchRef.Experiments.Networks;
using TorchRef.Experiments.Search.Pruning;
using TorchRef.Experiments.Search.Spaces;
using TorchRef.Experiments.Search.Studies;
using TorchRef.Experiments.Search.Studies.PythonJson;
using TorchRef.Experiments.Training;

namespace TorchRef.Experiments.Search.Running;

/// <summary>Trains the trials that this process took, those of one batch size together, and writes what comes out.</summary>
internal sealed class TrialTraining(SearchSettings settings, IStudyStorage storage, long studyId, TrainingData data, SearchSpace space)
{
    // A dashboard shows a running trial by these; each write waits for the disk.
    private static readonly TimeSpan s_betweenWrites = TimeSpan.FromMilliseconds(500);

    private readonly Pruner? _pruner = Pruner.Named(settings.Pruner, settings.Epochs);

    /// <summary>Trains them to their ends.</summary>
    /// <exception cref="OperationCanceledException">It was stopped; the trials are still running in the study.</exception>
    public void Train(IReadOnlyList<TrialRecord> trials, CancellationToken stop)
    {
        foreach (var alike in trials.GroupBy(space.Batch.Of)) TrainAlike([.. alike], (int)alike.Key, stop);
    }

    /// <summary>The network of a trial.</summary>
    public ReplicaSpec Replica(TrialRecord trial) => new()
    {
        Name = $"trial {trial.Number}",
        Network = new NetworkSpec { Inputs = (int)data.Train.Images.shape[1], Width = (int)space.Hidden.Of(trial), Depth = (int)space.Layers.Of(trial) },
        Initial = InitialWeights.He,
        LearningRate = space.LearningRate.Of(trial),
        WeightDecay = space.WeightDecay.Of(trial),
        Seed = trial.UserAttributes.TryGetValue(SearchAttribute.Seed, out var seed) ? seed.Integer ?? 0 : trial.Number,
        BatchSeed = settings.Seed,
    };

    public TrainingSettings Settings(int batch) => new() { BatchSize = batch, Threads = settings.Threads, Device = settings.Device };

    private void TrainAlike(TrialRecord[] trials, int batch, CancellationToken stop)
    {
        var running = trials.Select(trial => new RunningTrial(trial)).ToList();
        var pending = new List<TrialChange>();
        var trainer = new ReplicaTrainer([.. trials.Select(Replica)], data, Settings(batch));
        try
        {
            var written = Stopwatch.GetTimestamp();
            for (var epoch = 0; epoch < settings.Epochs; epoch++)
            {
                var record = trainer.RunEpoch(stop);
                for (var i = 0; i < running.Count; i++)
                {
                    running[i].Add(record.TrainAccuracy![i], record.TestAccuracy![i]);
                    pending.Add(TrialChange.Report(running[i].Trial.Id, epoch, record.TestAccuracy[i]));
                }
                var isLast = epoch == settings.Epochs - 1;
                var isDue = !isLast && _pruner?.IsDue(epoch) == true;
                if (isLast) pending.AddRange(running.SelectMany(trial => trial.Finish(TrialChange.Complete(trial.Trial.Id, trial.Accuracy))));
                if (!isLast && !isDue && Stopwatch.GetElapsedTime(written) < s_betweenWrites) continue;

                var gone = storage.Write([.. pending]).ToHashSet();
                pending.Clear();
                written = Stopwatch.GetTimestamp();
                if (isLast) return;
                if (isDue) gone.UnionWith(Prune(epoch, [.. running.Where(trial => !gone.Contains(trial.Trial.Id))]));
                if (gone.Count == 0) continue;
                int[] stay = [.. Enumerable.Range(0, running.Count).Where(i => !gone.Contains(running[i].Trial.Id))];
                if (stay.Length == 0) return;
                var rest = trainer.Keep(stay);
                trainer.Dispose();
                trainer = rest;
                running = [.. stay.Select(i => running[i])];
            }
        }
        finally
        {
            trainer.Dispose();
        }
    }

    private IEnumerable<long> Prune(int epoch, RunningTrial[] running)
    {
        var all = storage.Trials(studyId);
        RunningTrial[] pruned = [.. running.Where(trial => _pruner!.Prunes(trial.Accuracy, trial.Best,
            [.. all.Where(other => other.Id != trial.Trial.Id && other.IntermediateValues.ContainsKey(epoch)).Select(other => other.IntermediateValues[epoch])]))];
        if (pruned.Length > 0) storage.Write([.. pruned.SelectMany(trial => trial.Finish(TrialChange.Prune(trial.Trial.Id, trial.Accuracy)))]);
        return pruned.Select(trial => trial.Trial.Id);
    }

    private sealed class RunningTrial(TrialRecord trial)
    {
        private readonly List<double> _training = [];

        public TrialRecord Trial => trial;

        public double Accuracy { get; private set; }

        public double Best { get; private set; }

        public void Add(double training, double validation)
        {
            _training.Add(training);
            Accuracy = validation;
            Best = Math.Max(Best, validation);
        }

        public IEnumerable<TrialChange> Finish(TrialChange end) =>
            [TrialChange.Attribute(trial.Id, AttributeKind.User, SearchAttribute.TrainAccuracy, PyJson.ListOf(_training.Select(PyJson.Of))), end];
    }
}
