using TorchRef.Experiments.Data;
using TorchRef.Optimization;
using static TorchRef.Experiments.Models.ModelLayer;

namespace TorchRef.Experiments.Models;

/// <summary>The models that are trained and kept.</summary>
public static class ModelCatalog
{
    private const int Pixels = Mnist.Side * Mnist.Side, Classes = DigitSet.ClassCount;

    /// <summary>All of them, from the plainest to the best.</summary>
    public static IReadOnlyList<ModelRecipe> All { get; } =
    [
        new()
        {
            Name = "mlp-plain",
            Why = "The book's network of two layers, by plain gradient descent: what the others are measured against.",
            Layers = [Affine(Pixels, 50), ReLU(), Affine(50, Classes)],
            Optimizer = new SgdOptions(lr: 0.1),
            Epochs = 20,
        },
        new()
        {
            Name = "mlp-decay",
            Why = "The same network, seed and training but for weight decay: what the penalty alone does to accuracy and to the size of the weights.",
            Layers = [Affine(Pixels, 50), ReLU(), Affine(50, Classes)],
            Optimizer = new SgdOptions(lr: 0.1, weight_decay: 5e-4),
            Epochs = 20,
        },
        new()
        {
            Name = "mlp-dropout",
            Why = "Dropout without normalisation, with Nesterov's momentum: a file whose modules without parameters take up numbers in the keys.",
            Layers = [Affine(Pixels, 100), ReLU(), Drop(0.2), Affine(100, Classes)],
            Optimizer = new SgdOptions(lr: 0.1, momentum: 0.9, nesterov: true),
            Schedule = LearningRateSchedule.Cosine,
            Epochs = 20,
        },
        new()
        {
            Name = "mlp-bn",
            Why = "The study notes' deep network, five hidden layers of 100 with batch normalisation: running statistics, and an int64 count, in the file.",
            Layers = [.. Hidden(Pixels), .. Hidden(100), .. Hidden(100), .. Hidden(100), .. Hidden(100), Affine(100, Classes)],
            Optimizer = new SgdOptions(lr: 0.1, momentum: 0.9),
            Schedule = LearningRateSchedule.Cosine,
            Epochs = 15,
        },
        new()
        {
            Name = "mlp-bn-dropout",
            Why = "Normalisation, dropout and decoupled weight decay together, by AdamW, in one hidden layer: all that the study notes are about.",
            Layers = [Affine(Pixels, 100), BatchNorm(100), ReLU(), Drop(0.2), Affine(100, Classes)],
            Optimizer = new AdamWOptions(lr: 5e-3, weight_decay: 1e-2),
            Schedule = LearningRateSchedule.Cosine,
            Epochs = 20,
        },
    ];

    /// <summary>The recipe of a name; null when there is none.</summary>
    public static ModelRecipe? Find(string name) => All.FirstOrDefault(recipe => recipe.Name == name);

    private static ModelLayer[] Hidden(int inputs) => [Affine(inputs, 100), BatchNorm(100), ReLU()];
}
