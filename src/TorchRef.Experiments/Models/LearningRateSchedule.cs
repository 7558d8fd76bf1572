namespace TorchRef.Experiments.Models;

/// <summary>How the learning rate goes on from where it begins.</summary>
public enum LearningRateSchedule
{
    /// <summary>It stays.</summary>
    Constant,

    /// <summary>Half a cosine down to 0: η·½(1 + cos(πt/T)) at update t of T.</summary>
    Cosine,
}
