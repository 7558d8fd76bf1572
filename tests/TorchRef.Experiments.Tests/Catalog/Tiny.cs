using TorchRef.Experiments.Catalog.Initialization;
using TorchRef.Experiments.Catalog.Normalization;
using TorchRef.Experiments.Catalog.Optimizers;
using TorchRef.Experiments.Catalog.Overfitting;
using TorchRef.Experiments.NetworkExperiments;
using TorchRef.Experiments.Networks;
using TorchRef.Experiments.Running;

namespace TorchRef.Experiments.Tests.Catalog;

/// <summary>An experiment with networks in a form for fractions of a second: few drawn digits, and the larger effects alone.</summary>
internal sealed class Tiny(NetworkExperiment form) : IExperiment
{
    public string Name => form.Name;

    public string Description => form.Description;

    public RequestParts Uses => form.Uses;

    /// <summary>The tiny form of an experiment with networks; any other experiment as it is.</summary>
    public static IExperiment Of(IExperiment experiment) => experiment switch
    {
        BnInit all => new Tiny(all with { Scales = 3, Seeds = 1 }),
        OverFit all => new Tiny(all with { Images = 100, Epochs = 121, LearningRate = 0.05, Seeds = 2 }),
        DecayStrengths all => new Tiny(all with { Images = 100, Strengths = [0, 0.1, 0.3], Epochs = 301, Seeds = 1 }),
        DropoutRatios all => new Tiny(all with { Images = 100, Ratios = [0, 0.2], Epochs = 301, Seeds = 1 }),
        Ensemble all => new Tiny(all with { Images = 100, DropoutRatio = 0.05, Samples = [1, 5, 15], Seeds = 1, Epochs = 301 }),
        OptimizerComparison all => new Tiny(all with { Epochs = 3, Seeds = 1 }),
        InitLoss all => new Tiny(all with { Epochs = 7, Seeds = 1 }),
        BnPosition all => new Tiny(all with { Images = 300, Activations = [ActivationKind.Sigmoid], Seeds = 1, Epochs = 40 }),
        BnBias all => new Tiny(all with { Images = 100, Epochs = 3, Seeds = 2 }),
        BnNoise all => new Tiny(all with { Images = 100, Draws = 20_000, NoiseSizes = [2, 4, 16, 64], TrainingSizes = [4, 32], Epochs = 15, Seeds = 1 }),
        BatchSizes all => new Tiny(all with { Images = 200, Sizes = [2, 50], Epochs = 6, LearningRate = 0.2, Seeds = 1 }),
        LearningRateTolerance all => new Tiny(all with { Images = 100, Epochs = 40, Rates = [0.03, 0.3], Deviations = [0.3, 0.01], Threshold = 0.8, Seeds = 1 }),
        _ => experiment,
    };

    /// <summary>It is quick already: the experiment's own quick form would undo that.</summary>
    public ExperimentPlan Plan(RunRequest request) => form.Plan(request with { Quick = false });
}
