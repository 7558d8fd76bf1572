using TorchRef.Experiments.Data;
using TorchRef.Experiments.Models;
using TorchRef.Optimization;

namespace TorchRef.Experiments.Tests.Models;

/// <summary>Small things to train.</summary>
internal static class Recipes
{
    public static readonly DigitData Digits = SyntheticDigits.Generate(300, 100, 1);

    /// <summary>Everything that has a state of its own: statistics, masks, the memory of an optimiser, a rate that changes.</summary>
    public static ModelRecipe Small => new()
    {
        Name = "mlp-bn-dropout",
        Why = "A test.",
        Layers = ModelCatalog.Find("mlp-bn-dropout")!.Layers,
        Optimizer = new AdamWOptions(lr: 5e-3),
        Schedule = LearningRateSchedule.Cosine,
        Epochs = 4,
        BatchSize = 50,
    };

    public static byte[] Bytes(ModelTraining training) =>
        [.. training.Network.state_dict().SelectMany(pair => pair.Value.bytes.ToArray())];
}
