using TorchRef.Experiments.Data;
using static TorchSharp.torch;

namespace TorchRef.Experiments.NetworkExperiments;

/// <summary>What a request asks of an experiment that trains networks.</summary>
/// <param name="Seeds">The seeds to train with.</param>
/// <param name="Epochs">How many measurements.</param>
/// <param name="Device">Where to compute.</param>
/// <param name="Digits">The images.</param>
internal sealed record TrainingRun(IReadOnlyList<ulong> Seeds, int Epochs, Device Device, DigitData Digits);
