using TorchRef.Experiments.Data;
using TorchRef.Optimization;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace TorchRef.Experiments.Models;

/// <summary>A network and how it is trained.</summary>
public sealed record ModelRecipe
{
    /// <summary>The name of its files.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for, in a sentence.</summary>
    public required string Why { get; init; }

    /// <summary>The layers, from the pixels to the ten logits.</summary>
    public required IReadOnlyList<ModelLayer> Layers { get; init; }

    /// <summary>Which optimiser, and its settings as they begin.</summary>
    public required GroupOptions Optimizer { get; init; }

    /// <summary>What becomes of the learning rate.</summary>
    public LearningRateSchedule Schedule { get; init; }

    /// <summary>How often the images are gone through.</summary>
    public required int Epochs { get; init; }

    /// <summary>Images of a mini-batch; a last one with fewer is left out.</summary>
    public int BatchSize { get; init; } = 100;

    /// <summary>The name of the optimiser, as PyTorch's.</summary>
    public string OptimizerName => Optimizer switch { SgdOptions => nameof(SGD), AdamWOptions => nameof(AdamW), _ => throw Unknown() };

    /// <summary>The network, with new parameters from the global generator.</summary>
    public nn.Module<Tensor, Tensor> CreateNetwork() => ModelLayer.Sequence(Layers);

    /// <summary>The optimiser.</summary>
    /// <param name="parameters">What it moves.</param>
    public Optimizer CreateOptimizer(IEnumerable<Parameter> parameters) => Optimizer switch
    {
        SgdOptions options => new SGD([(parameters, options)]),
        AdamWOptions options => new AdamW([(parameters, options)]),
        _ => throw Unknown(),
    };

    /// <summary>The learning rate of an update.</summary>
    /// <param name="update">Which, from 0.</param>
    /// <param name="updates">How many there are.</param>
    public double LearningRate(long update, long updates) =>
        Schedule == LearningRateSchedule.Constant ? Optimizer.lr : Optimizer.lr * (1 + Math.Cos(Math.PI * update / updates)) / 2;

    /// <summary>Whether images of this size go into the first layer, and a class for each digit comes out.</summary>
    internal void RequireFit(DigitData data)
    {
        if (data.Train.Count < BatchSize) throw new ArgumentException($"a mini-batch must be filled: expected at least {BatchSize} images to train with but got {data.Train.Count} ({data.Source})");
    }

    private NotSupportedException Unknown() => new($"a recipe is trained by an optimiser that it knows: expected settings of SGD or AdamW but got {Optimizer.GetType().Name}");
}
