using TorchRef.Experiments.Data;
using TorchRef.Experiments.Running;
using TorchRef.Interop.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchRef.Experiments.Models;

/// <summary>Holds a model against its card: files, and answers to every image.</summary>
public static class ModelVerification
{
    /// <summary>Measures a model again.</summary>
    /// <param name="folder">Where it is.</param>
    /// <param name="card">Its card.</param>
    /// <param name="data">The images; those of another checksum than the card's are a difference.</param>
    /// <param name="device">Where to compute.</param>
    /// <param name="stop">Stops it.</param>
    /// <exception cref="IOException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">The card is no recipe's, or a file is damaged or not this model's.</exception>
    public static ModelVerdict Verify(ModelFolder folder, ModelCard card, DigitData data, Device device, CancellationToken stop = default)
    {
        using var scope = NewDisposeScope();
        var differences = new List<string>();
        if (card.Data.Sha256 != data.Checksum) differences.Add($"the data must be the card's: expected {card.Data.Name}, SHA-256 {card.Data.Sha256}, but got {data.Source}");
        var recipe = RecipeOf(card);
        AddFiles(folder, card, differences);
        using var network = Load(folder.Pth(card.Name), recipe);
        using var other = Load(folder.Safetensors(card.Name), recipe);
        AddTensors(network, other, differences);
        network.to(device);
        var train = ModelMeasurement.Of(network, data.Train, device, stop);
        var test = ModelMeasurement.Of(network, data.Test, device, stop);
        AddCount("train", card, card.Train, train, device, differences);
        AddCount("test", card, card.Test, test, device, differences);
        return new ModelVerdict(card, train, test, differences);
    }

    /// <summary>The recipe that made a model.</summary>
    /// <exception cref="InvalidDataException">There is none, or the card has other layers.</exception>
    private static ModelRecipe RecipeOf(ModelCard card)
    {
        var recipe = ModelCatalog.Find(card.Name) ?? throw new InvalidDataException($"a model is one that there is a recipe for: expected {string.Join(", ", ModelCatalog.All.Select(known => known.Name))} but got {card.Name}");
        var layers = recipe.Layers.Select(layer => layer.Python).ToList();
        if (!layers.SequenceEqual(card.Layers)) throw new InvalidDataException($"a card has the layers of its recipe: expected {string.Join(", ", layers)} but got {string.Join(", ", card.Layers)}");
        return recipe;
    }

    private static nn.Module<Tensor, Tensor> Load(string file, ModelRecipe recipe)
    {
        var network = recipe.CreateNetwork();
        try
        {
            Checkpoint.Load(network, file);
            return network;
        }
        catch (ArgumentException error)
        {
            throw new InvalidDataException($"a model's file has the tensors of its recipe: expected those of {recipe.Name} but got: {error.Message.ReplaceLineEndings(" ")} ({file})", error);
        }
    }

    private static void AddFiles(ModelFolder folder, ModelCard card, List<string> differences)
    {
        string[] own = [Path.GetFileName(folder.Pth(card.Name)), Path.GetFileName(folder.Safetensors(card.Name))];
        if (!card.Files.Keys.Order(StringComparer.Ordinal).SequenceEqual(own)) throw new InvalidDataException($"a card speaks of its model's files: expected {string.Join(", ", own)} but got {string.Join(", ", card.Files.Keys)}");
        foreach (var (name, expected) in card.Files)
            if (ModelFolder.Sha256(Path.Combine(folder.Path, name)) is var actual && actual != expected)
                differences.Add($"{name} must be the file of the card: expected SHA-256 {expected} but got {actual}");
    }

    private static void AddTensors(nn.Module network, nn.Module other, List<string> differences)
    {
        var values = other.state_dict();
        foreach (var (name, value) in network.state_dict())
            if (!value.bytes.SequenceEqual(values[name].bytes))
                differences.Add($"the two files must hold the same numbers: expected those of the .pth but {name} differs in the .safetensors");
    }

    private static void AddCount(string images, ModelCard card, ModelMeasurement expected, ModelMeasurement actual, Device device, List<string> differences)
    {
        if (actual.Correct == expected.Correct && actual.Images == expected.Images) return;
        var engine = EngineText.Of(device);
        var elsewhere = engine == card.Engine ? "" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"; the card was measured on {card.Engine}, this is {engine}, and round-off of {expected.NarrowestMargin / 2:G2} can flip an image");
        differences.Add($"the answers must be the card's: expected {expected.Correct} of {expected.Images} {images} images right but got {actual.Correct} of {actual.Images}{elsewhere}");
    }
}
