namespace TorchRef.Experiments.Search.Running;

/// <summary>Names of user attributes that a search sets.</summary>
internal static class SearchAttribute
{
    /// <summary>Of a study: what all its processes must agree on.</summary>
    public const string Settings = "torchref:settings";

    /// <summary>Of a study: for each round after the first, its ranges.</summary>
    public const string Rounds = "torchref:rounds";

    /// <summary>Of a study: each look at the test set, the trial and its accuracy.</summary>
    public const string Tests = "torchref:tests";

    /// <summary>Of a trial: its round, from 0.</summary>
    public const string Round = "torchref:round";

    /// <summary>Of a trial: the seed of its weights.</summary>
    public const string Seed = "torchref:seed";

    /// <summary>Of a trial: training accuracies, one an epoch.</summary>
    public const string TrainAccuracy = "torchref:train_accuracy";
}
