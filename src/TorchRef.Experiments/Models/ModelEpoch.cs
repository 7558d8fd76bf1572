namespace TorchRef.Experiments.Models;

/// <summary>How a training stands after an epoch.</summary>
/// <param name="Epoch">Which, from 1.</param>
/// <param name="Loss">The mean loss over its mini-batches, each before its update.</param>
/// <param name="TestCorrect">How many test images the network names rightly.</param>
public sealed record ModelEpoch(int Epoch, double Loss, int TestCorrect);
