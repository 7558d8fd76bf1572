using TorchRef.Experiments.Training;

namespace TorchRef.Experiments.NetworkExperiments;

/// <summary>Where an experiment is.</summary>
/// <param name="Part">Which of its trainings is running.</param>
/// <param name="Number">Which one that is, from 1.</param>
/// <param name="Parts">How many there are.</param>
/// <param name="Epochs">How many measurements the part has in all.</param>
/// <param name="Record">The measurement just made.</param>
public sealed record ExperimentProgress(string Part, int Number, int Parts, int Epochs, EpochRecord Record);
