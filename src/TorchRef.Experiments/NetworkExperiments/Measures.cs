namespace TorchRef.Experiments.NetworkExperiments;

/// <summary>The last words of the names of records.</summary>
internal static class Measures
{
    public const string TrainAccuracy = "training accuracy", TestAccuracy = "test accuracy", TrainLoss = "training loss", TestLoss = "test loss",
        LastBatchLoss = "loss after the update", BatchLosses = "loss before each update";
}
