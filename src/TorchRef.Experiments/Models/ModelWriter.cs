using System.Reflection;
using System.Text.Json;
using TorchRef.Experiments.Charts;
using TorchRef.Experiments.Data;
using TorchRef.Experiments.Running;
using TorchRef.Interop.Checkpoints;

namespace TorchRef.Experiments.Models;

/// <summary>Leaves a trained model in a folder, with its card.</summary>
public static class ModelWriter
{
    /// <summary>Writes the state dict in both formats, and the card when they are there: who finds a card finds what it speaks of.</summary>
    /// <param name="training">A training whose epochs are done.</param>
    /// <param name="data">What it was trained with.</param>
    /// <param name="folder">Where the files go; it is made if it isn't there.</param>
    /// <param name="stop">Stops it before the first file is written.</param>
    /// <returns>The card.</returns>
    public static ModelCard Write(ModelTraining training, DigitData data, ModelFolder folder, CancellationToken stop = default)
    {
        if (!training.IsComplete) throw new InvalidOperationException($"a model is kept when it is trained: expected {training.Epochs} epochs but got {training.History.Count}");
        var (recipe, settings) = (training.Recipe, training.Settings);
        var train = ModelMeasurement.Of(training.Network, data.Train, settings.Device, stop);
        var test = ModelMeasurement.Of(training.Network, data.Test, settings.Device, stop);
        Directory.CreateDirectory(folder.Path);
        string[] files = [folder.Pth(recipe.Name), folder.Safetensors(recipe.Name)];
        foreach (var file in files) Checkpoint.Save(training.Network, file);
        var card = new ModelCard
        {
            Name = recipe.Name,
            Why = recipe.Why,
            Layers = [.. recipe.Layers.Select(layer => layer.Python)],
            Parameters = training.Network.parameters().Sum(parameter => parameter.numel()),
            Settings = new ModelCardSettings(training.Epochs, recipe.BatchSize, recipe.OptimizerName, recipe.Optimizer.ToDictionary().ToDictionary(pair => pair.Key, pair => JsonSerializer.SerializeToElement(pair.Value is ValueTuple<double, double> two ? new[] { two.Item1, two.Item2 } : pair.Value)), recipe.Schedule.ToString().ToLowerInvariant(), settings.Seed),
            Data = new ModelCardData(data.Name, data.Train.Count, data.Test.Count, data.Checksum),
            Train = train,
            Test = test,
            Engine = EngineText.Of(settings.Device),
            Torchref = Version,
            Epochs = training.History,
            Files = files.ToDictionary(file => Path.GetFileName(file), ModelFolder.Sha256),
        };
        TextFile.Write(folder.Page(recipe.Name), ModelPage.Of(card));
        TextFile.Write(folder.Card(recipe.Name), card.ToJson());
        return card;
    }

    private static string Version => typeof(ModelWriter).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
