namespace TorchRef.Experiments.Search;

/// <summary>What the test set says of the winner.</summary>
/// <param name="Accuracy">The share of the test images that it classifies right.</param>
/// <param name="Number">Which look at the test set this was, from 1: more than one when the study went on and found another winner.</param>
public sealed record TestLook(double Accuracy, int Number);
