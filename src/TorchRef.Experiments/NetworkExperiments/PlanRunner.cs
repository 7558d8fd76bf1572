using System.Diagnostics;
using System.Text;
using TorchRef.Experiments.Training;

namespace TorchRef.Experiments.NetworkExperiments;

/// <summary>Carries out the trainings of an experiment one after the other, from wherever an earlier run got to.</summary>
internal static class PlanRunner
{
    /// <summary>Runs the plans.</summary>
    /// <param name="experiment">The experiment's name, the first part of those of its checkpoints.</param>
    /// <param name="plans">The trainings.</param>
    /// <param name="context">What to work with.</param>
    /// <returns>What each of the trainings has measured.</returns>
    /// <exception cref="OperationCanceledException">It was stopped; a second call with the same checkpoints goes on.</exception>
    public static IReadOnlyList<TrainingHistory> Run(string experiment, IReadOnlyList<TrainingPlan> plans, ExperimentContext context) =>
        [.. plans.Select((plan, i) => Run($"{experiment}-{plan.Name}", plan, i + 1, plans.Count, context))];

    private static TrainingHistory Run(string name, TrainingPlan plan, int number, int parts, ExperimentContext context)
    {
        using var data = new TrainingData(context.Digits, plan.TrainCount, plan.TestCount, plan.Settings.Precision, plan.Settings.Device);
        using var trainer = new ReplicaTrainer(plan.Replicas, data, plan.Settings);
        List<EpochRecord> records = [];
        if (context.Checkpoints?.Read(name) is { } saved && Resume(saved, trainer) is { } earlier)
        {
            if (earlier.Records.Count == plan.Epochs && earlier.Afterwards.Count > 0) return earlier;
            records.AddRange(earlier.Records);
        }
        var written = Stopwatch.GetTimestamp();
        while (records.Count < plan.Epochs)
        {
            records.Add(trainer.RunEpoch(context.Stop));
            context.Progress?.Invoke(new ExperimentProgress(plan.Name, number, parts, plan.Epochs, records[^1]));
            if (context.Checkpoints is null || Stopwatch.GetElapsedTime(written) < context.CheckpointEvery) continue;
            Keep(name, new TrainingHistory(records, []), trainer, context);
            written = Stopwatch.GetTimestamp();
        }
        // A mark of being through, so that what comes after the training isn't done again either.
        var history = new TrainingHistory(records, [.. plan.Afterwards?.Invoke(trainer, data, context.Stop) ?? [], 1]);
        if (context.Checkpoints is not null) Keep(name, history, trainer, context);
        return history;
    }

    private static void Keep(string name, TrainingHistory history, ReplicaTrainer trainer, ExperimentContext context)
    {
        using var stream = new MemoryStream();
        trainer.Save(stream);
        var state = stream.ToArray();
        using var whole = new MemoryStream();
        using (var writer = new BinaryWriter(whole, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(state.Length);
            writer.Write(state);
            history.Write(writer);
        }
        context.Checkpoints!.Write(name, whole.ToArray());
    }

    /// <summary>The history that belongs to the state; null where the state is of another training, which then begins anew.</summary>
    private static TrainingHistory? Resume(byte[] saved, ReplicaTrainer trainer)
    {
        try
        {
            using var reader = TrainingHistory.Reader(saved);
            using var state = new MemoryStream(reader.ReadBytes(reader.ReadInt32()));
            var history = TrainingHistory.Read(reader);
            trainer.Load(state);
            return history;
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException)
        {
            return null;
        }
    }
}
