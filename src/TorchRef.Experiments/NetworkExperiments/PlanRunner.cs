using TorchRef.Experiments.Data;
using TorchRef.Experiments.Running;
using TorchRef.Experiments.Training;

namespace TorchRef.Experiments.NetworkExperiments;

/// <summary>Carries out trainings as parts of an experiment's run.</summary>
internal static class PlanRunner
{
    /// <summary>The parts of a run that is made of these trainings.</summary>
    /// <param name="plans">The trainings.</param>
    /// <param name="digits">The images.</param>
    public static IReadOnlyList<ExperimentPart> Parts(IReadOnlyList<TrainingPlan> plans, DigitData digits) =>
        [.. plans.Select(plan => new ExperimentPart(plan.Name, part => Run(plan, digits, part)))];

    /// <summary>Trains, from the checkpoint on if there is one. The records hold what was measured, the checkpoint the networks.</summary>
    private static void Run(TrainingPlan plan, DigitData digits, PartContext part)
    {
        using var data = new TrainingData(digits, plan.TrainImages(digits), plan.TestImages(digits), plan.Settings.Precision, plan.Settings.Device);
        using var trainer = new ReplicaTrainer(plan.Replicas, data, plan.Settings);
        var networks = new TrainedNetworks(plan, trainer, data, part);
        if (part.Checkpoint is { } checkpoint)
        {
            using var saved = new MemoryStream(checkpoint);
            trainer.Load(saved);
        }
        while (trainer.Epoch < plan.Epochs)
        {
            Append(part.Records, plan, trainer.RunEpoch(part.Stop, plan.Tests(trainer.Epoch)));
            plan.AtEpoch?.Invoke(networks);
            part.Report((double)trainer.Epoch / plan.Epochs, $"epoch {trainer.Epoch} of {plan.Epochs}");
            if (!part.IsTimeToSave) continue;
            using var state = new MemoryStream();
            trainer.Save(state);
            part.Save(state.ToArray());
        }
        plan.Afterwards?.Invoke(networks);
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
