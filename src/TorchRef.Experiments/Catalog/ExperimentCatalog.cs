using TorchRef.Experiments.Catalog.Activations;
using TorchRef.Experiments.Catalog.Gradients;
using TorchRef.Experiments.Catalog.Initialization;
using TorchRef.Experiments.Catalog.Inputs;
using TorchRef.Experiments.Catalog.Normalization;
using TorchRef.Experiments.Catalog.Optimizers;
using TorchRef.Experiments.Catalog.Overfitting;
using TorchRef.Experiments.Running;

namespace TorchRef.Experiments.Catalog;

/// <summary>The experiments there are.</summary>
public static class ExperimentCatalog
{
    /// <summary>All of them, in the order in which <c>torchref run all</c> runs them.</summary>
    public static IReadOnlyList<IExperiment> All { get; } =
    [
        new BnInit(),
        new OverFit(),
        new DecayStrengths(),
        new DropoutRatios(),
        new Ensemble(),
        new OptimizerComparison(),
        new InitLoss(),
        new ActivationHistograms(),
        new VanishingGradients(),
        new DeadReLU(),
        new SigmoidLinearity(),
        new InputNormalization(),
        new BnPosition(),
        new BnBias(),
        new BnNoise(),
        new BatchSizes(),
        new CovariateShift(),
        new WhiteningAndBias(),
        new RecurrentStatistics(),
        new LearningRateTolerance(),
    ];

    /// <summary>The experiment of a name; null when there is none.</summary>
    public static IExperiment? Find(string name) => All.FirstOrDefault(experiment => experiment.Name == name);
}
