using TorchRef.Experiments.Data;
using TorchRef.Experiments.Running;
using TorchRef.Experiments.Training;
using TorchRef.Interop.DataViews;
using TorchRef.Layers;
using TorchRef.Optimization;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchRef.Experiments.Models;

/// <summary>Trains a recipe, epoch by epoch, with our own modules and optimisers.</summary>
/// <remarks>
/// <para>
/// The images come through an <see cref="Microsoft.ML.IDataView"/>, in an order that follows from the seed and the epoch; so do the masks
/// of dropout. So a training that goes on from what was saved after an epoch comes to the same numbers, bit for bit, as one
/// that nothing disturbed, on the same engine with the same number of threads.
/// </para>
/// <para>It sets the seed of torch's global generator.</para>
/// </remarks>
public sealed class ModelTraining : IDisposable
{
    private readonly DigitData _data;
    private readonly Optimizer _optimizer;
    private readonly DataViewBatches _batches;
    private readonly SoftmaxCrossEntropy _loss = new();
    private readonly List<ModelEpoch> _history = [];
    private readonly long _batchesOfEpoch;

    /// <summary>Makes the network.</summary>
    /// <param name="recipe">What is trained.</param>
    /// <param name="data">The images to train and to test with.</param>
    /// <param name="settings">Seed, epochs and device; null for the defaults.</param>
    /// <exception cref="ArgumentException">There are fewer images than a mini-batch has, or no epochs.</exception>
    public ModelTraining(ModelRecipe recipe, DigitData data, ModelTrainingSettings? settings = null)
    {
        settings ??= new ModelTrainingSettings();
        recipe.RequireFit(data);
        (Recipe, _data, Settings, Epochs) = (recipe, data, settings, settings.Epochs ?? recipe.Epochs);
        if (Epochs < 1) throw new ArgumentException($"a training goes through its images: expected at least 1 epoch but got {Epochs}");
        manual_seed((long)Seeds.Derive(settings.Seed, Seeds.Weights));
        Network = recipe.CreateNetwork().to(settings.Device);
        _optimizer = recipe.CreateOptimizer(Network.parameters());
        _batchesOfEpoch = data.Train.Count / recipe.BatchSize;
        _batches = new DataViewBatches(DigitDataView.Of(data.Train), recipe.BatchSize, DigitDataView.Features, DigitDataView.Label)
        {
            ShuffleSeed = unchecked((int)Seeds.Derive(settings.Seed, Seeds.Batches)),
            DropLast = true,
            Prefetch = 2,
            Device = settings.Device,
        };
    }

    /// <summary>What is trained.</summary>
    public ModelRecipe Recipe { get; }

    /// <summary>Seed, epochs and device.</summary>
    public ModelTrainingSettings Settings { get; }

    /// <summary>How many epochs there are.</summary>
    public int Epochs { get; }

    /// <summary>The network as it is now.</summary>
    public nn.Module<Tensor, Tensor> Network { get; }

    /// <summary>The epochs that are done.</summary>
    public IReadOnlyList<ModelEpoch> History => _history;

    /// <summary>Whether all epochs are done.</summary>
    public bool IsComplete => _history.Count == Epochs;

    /// <summary>What the numbers depend on, in a line: a saved training belongs to one of these.</summary>
    public string Identity =>
        $"{Recipe.Name}, {string.Join(" → ", Recipe.Layers.Select(layer => layer.Python))}, {Recipe.OptimizerName} {Recipe.Optimizer}, {Recipe.Schedule}, batches of {Recipe.BatchSize}, {Epochs} epochs, seed {Settings.Seed}, data {_data.Checksum}, {EngineText.Of(Settings.Device)}";

    /// <summary>Goes through the images once more, then tests.</summary>
    /// <param name="progress">Told the share of the epoch that is done; null for nobody.</param>
    /// <param name="stop">Stops it in the middle; the network is of no use then but to be replaced by what was saved.</param>
    /// <returns>How the training stands.</returns>
    /// <exception cref="InvalidOperationException">All epochs are done.</exception>
    public ModelEpoch RunEpoch(Action<double>? progress = null, CancellationToken stop = default)
    {
        if (IsComplete) throw new InvalidOperationException($"a training has its epochs: expected fewer than {Epochs} done but got all");
        OperatorThreads.Settle();
        var epoch = _history.Count;
        manual_seed((long)Seeds.Derive(Settings.Seed, Seeds.Dropout, epoch));
        Network.train();
        var losses = 0.0;
        foreach (var batch in _batches.Epoch(epoch))
        {
            stop.ThrowIfCancellationRequested();
            losses += Update(batch, epoch * _batchesOfEpoch + batch.Index);
            progress?.Invoke((batch.Index + 1.0) / _batchesOfEpoch);
        }
        var done = new ModelEpoch(epoch + 1, losses / _batchesOfEpoch, ModelMeasurement.Of(Network, _data.Test, Settings.Device, stop).Correct);
        _history.Add(done);
        return done;
    }

    /// <summary>Saves all that the training needs to go on, as a .pth that Python's torch.load reads too.</summary>
    /// <param name="path">The file, in a folder that exists.</param>
    public void Save(string path) => ModelTrainingFile.Save(path, Identity, Network, _optimizer, _history);

    /// <summary>Goes on from what was saved. When it throws, this training is of no use any more.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">It isn't a saved training, is damaged, or belongs to another training.</exception>
    public void Resume(string path)
    {
        var history = ModelTrainingFile.Load(path, Identity, Network, _optimizer);
        _history.Clear();
        _history.AddRange(history);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _optimizer.Dispose();
        _loss.Dispose();
        Network.Dispose();
    }

    private double Update(DataViewBatch batch, long update)
    {
        using var scope = NewDisposeScope();
        foreach (var group in _optimizer.ParamGroups) group.Options = group.Options with { lr = Recipe.LearningRate(update, Epochs * _batchesOfEpoch) };
        _optimizer.zero_grad();
        var logits = Network.call(batch[DigitDataView.Features]);       // [N, 784] → [N, 10]
        var loss = _loss.call(logits, batch[DigitDataView.Label]);      // []
        loss.backward();
        _optimizer.step();
        return loss.item<float>();
    }
}
