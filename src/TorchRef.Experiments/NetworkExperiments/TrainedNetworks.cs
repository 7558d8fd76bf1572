using TorchRef.Experiments.Running;
using TorchRef.Experiments.Training;

namespace TorchRef.Experiments.NetworkExperiments;

/// <summary>What there is to look at when a training has come to a measurement, or to its end.</summary>
/// <param name="Plan">What is trained.</param>
/// <param name="Trainer">The networks, in the order of the plan.</param>
/// <param name="Data">The images.</param>
/// <param name="Part">Where numbers go, and what asks to stop.</param>
internal sealed record TrainedNetworks(TrainingPlan Plan, ReplicaTrainer Trainer, TrainingData Data, PartContext Part)
{
    /// <summary>Records a number of a replica, behind those that it has of this measure.</summary>
    public void Append(int replica, string measure, double value) => Part.Records.Append(Plan.RecordOf(Plan.Replicas[replica], measure), value);

    /// <summary>Records numbers of a replica.</summary>
    public void Record(int replica, string measure, params IEnumerable<double> values) => Part.Records.Set(Plan.RecordOf(Plan.Replicas[replica], measure), values);
}
