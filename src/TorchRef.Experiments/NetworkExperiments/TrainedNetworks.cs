using TorchRef.Experiments.Running;
using TorchRef.Experiments.Training;

namespace TorchRef.Experiments.NetworkExperiments;

/// <summary>What there is to look at when a training is through.</summary>
/// <param name="Plan">What was trained.</param>
/// <param name="Trainer">The networks, in the order of the plan.</param>
/// <param name="Data">The images.</param>
/// <param name="Records">Where numbers go.</param>
/// <param name="Stop">Asks to stop.</param>
internal sealed record TrainedNetworks(TrainingPlan Plan, ReplicaTrainer Trainer, TrainingData Data, Records Records, CancellationToken Stop)
{
    /// <summary>Records a number of a replica.</summary>
    public void Record(int replica, string measure, double value) => Records.Set(Plan.RecordOf(Plan.Replicas[replica], measure), [value]);
}
