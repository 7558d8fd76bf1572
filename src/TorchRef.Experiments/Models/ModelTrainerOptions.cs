namespace TorchRef.Experiments.Models;

/// <summary>How a training goes about it; none of this changes a number.</summary>
public sealed record ModelTrainerOptions
{
    /// <summary>Whether to forget what a stopped training has left; false by default.</summary>
    public bool Fresh { get; init; }

    /// <summary>Told how many epochs an earlier training had done, if it goes on from there.</summary>
    public Action<int>? Resumed { get; init; }

    /// <summary>Told the epoch, from 1, and the share of it that is done.</summary>
    public Action<int, double>? Progress { get; init; }

    /// <summary>Told how the training stands after each epoch.</summary>
    public Action<ModelEpoch>? EpochDone { get; init; }
}
