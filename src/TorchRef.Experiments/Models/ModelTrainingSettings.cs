using static TorchSharp.torch;

namespace TorchRef.Experiments.Models;

/// <summary>What a training of a recipe lets one choose.</summary>
public sealed record ModelTrainingSettings
{
    /// <summary>The seed of everything random; 1 by default.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>How often the images are gone through; null, the default, for as often as the recipe says.</summary>
    public int? Epochs { get; init; }

    /// <summary>Where to compute; the CPU by default.</summary>
    public Device Device { get; init; } = CPU;
}
