using TorchRef.Experiments.Data;
using TorchRef.Experiments.Running;
using TorchRef.Experiments.Training;

namespace TorchRef.Experiments.NetworkExperiments;

/// <summary>Carries out trainings, as parts of an experiment's run or at once.</summary>
public static class PlanRunner
{
    /// <summary>The parts of a run that is made of these trainings.</summary>
    /// <param name="plans">The trainings.</param>
    /// <param name="digits">The images, loaded when a part first needs them.</param>
    public static IReadOnlyList<ExperimentPart> Parts(IReadOnlyList<TrainingPlan> plans, Lazy<DigitData> digits) =>
        [.. plans.Select(plan => new ExperimentPart(plan.Name, part => Run(plan, digits.Value, part)))];

    /// <summary>Runs all of them, without anything that could be resumed.</summary>
    /// <param name="plans">The trainings.</param>
    /// <param name="digits">The images.</param>
    /// <param name="progress">Told how far it has come: which training, its share, and the epoch; null for nobody.</param>
    /// <param name="stop">Stops it between two updates.</param>
    /// <param name="others">What comes before the trainings.</param>
    /// <returns>All that was measured.</returns>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static Records Run(IReadOnlyList<TrainingPlan> plans, DigitData digits, Action<TrainingPlan, double, string?>? progress = null, CancellationToken stop = default,
        params ReadOnlySpan<ExperimentPart> others)
    {
        var records = new Records();
        foreach (var part in others) part.Run(Context(null));
        foreach (var plan in plans) Run(plan, digits, Context(plan));
        return records;

        PartContext Context(TrainingPlan? plan) =>
            new(records, null, (share, doing) => { if (plan is not null) progress?.Invoke(plan, share, doing); }, _ => { }, TimeSpan.MaxValue, stop);
    }

    /// <summary>Trains, from the checkpoint on if there is one. The records hold what was measured, the checkpoint the networks.</summary>
    private static void Run(TrainingPlan plan, DigitData digits, PartContext part)
    {
        using var data = new TrainingData(digits, plan.TrainCount, plan.TestCount is { } most ? Math.Min(most, digits.Test.Count) : null, plan.Settings.Precision, plan.Settings.Device);
        using var trainer = new ReplicaTrainer(plan.Replicas, data, plan.Settings);
        if (part.Checkpoint is { } checkpoint)
        {
            using var saved = new MemoryStream(checkpoint);
            trainer.Load(saved);
        }
        while (trainer.Epoch < plan.Epochs)
        {
            Append(part.Records, plan, trainer.RunEpoch(part.Stop));
            part.Report((double)trainer.Epoch / plan.Epochs, $"epoch {trainer.Epoch} of {plan.Epochs}");
            if (!part.IsTimeToSave) continue;
            using var state = new MemoryStream();
            trainer.Save(state);
            part.Save(state.ToArray());
        }
        plan.Afterwards?.Invoke(new TrainedNetworks(plan, trainer, data, part.Records, part.Stop));
    }

    private static void Append(Records records, TrainingPlan plan, EpochRecord record)
    {
        (string measure, double[]? values)[] measures =
        [
            (Measures.TrainAccuracy, record.TrainAccuracy), (Measures.TestAccuracy, record.TestAccuracy), (Measures.TrainLoss, record.TrainLoss),
            (Measures.TestLoss, record.TestLoss), (Measures.LastBatchLoss, record.LastBatchLoss),
        ];
        for (var i = 0; i < plan.Replicas.Count; i++)
        {
            foreach (var (measure, values) in measures)
                if (values is not null) records.Append(plan.RecordOf(plan.Replicas[i], measure), values[i]);
            foreach (var loss in record.BatchLosses?[i] ?? []) records.Append(plan.RecordOf(plan.Replicas[i], Measures.BatchLosses), loss);
        }
    }
}
