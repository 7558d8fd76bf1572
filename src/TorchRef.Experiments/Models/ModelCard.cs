using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TorchRef.Experiments.Models;

/// <summary>What is known of a trained model: how it was made, from what, on what, and how good it is.</summary>
public sealed record ModelCard
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>The recipe's name.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for.</summary>
    public required string Why { get; init; }

    /// <summary>The layers as PyTorch's nn.Sequential has them.</summary>
    public required IReadOnlyList<string> Layers { get; init; }

    /// <summary>How many numbers were trained.</summary>
    public required long Parameters { get; init; }

    /// <summary>How it was trained: epochs, batch_size, optimizer, schedule, seed.</summary>
    public required ModelCardSettings Settings { get; init; }

    /// <summary>The images.</summary>
    public required ModelCardData Data { get; init; }

    /// <summary>What it answers to the images that it was trained with.</summary>
    public required ModelMeasurement Train { get; init; }

    /// <summary>What it answers to the images that it never saw.</summary>
    public required ModelMeasurement Test { get; init; }

    /// <summary>What trained and measured it, such as <c>libtorch 1.13.0 on cpu, 2 threads</c>.</summary>
    public required string Engine { get; init; }

    /// <summary>The version of TorchRef.</summary>
    public required string Torchref { get; init; }

    /// <summary>How the training went, epoch by epoch.</summary>
    public required IReadOnlyList<ModelEpoch> Epochs { get; init; }

    /// <summary>SHA-256 of each file, by its name.</summary>
    public required IReadOnlyDictionary<string, string> Files { get; init; }

    /// <summary>The card as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, s_options) + "\n";

    /// <summary>Reads a card.</summary>
    /// <param name="file">NAME.json.</param>
    /// <exception cref="InvalidDataException">It isn't a card; the message is one line.</exception>
    public static ModelCard Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<ModelCard>(File.ReadAllBytes(file), s_options) ?? throw new JsonException("null");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"a model's card has all its entries: expected a card but got: {error.Message.ReplaceLineEndings(" ")} ({file})", error);
        }
    }
}

/// <summary>How a model was trained.</summary>
/// <param name="Epochs">How often the images were gone through.</param>
/// <param name="BatchSize">Images of a mini-batch.</param>
/// <param name="Optimizer">The optimiser's name.</param>
/// <param name="Options">Its settings by PyTorch's names, as they began.</param>
/// <param name="Schedule">What became of the learning rate.</param>
/// <param name="Seed">The seed of everything random.</param>
public sealed record ModelCardSettings(int Epochs, int BatchSize, string Optimizer, IReadOnlyDictionary<string, JsonElement> Options, string Schedule, long Seed);

/// <summary>The images of a training.</summary>
/// <param name="Name">What data it is.</param>
/// <param name="Train">How many images it was trained with.</param>
/// <param name="Test">How many it was tested with.</param>
/// <param name="Sha256">SHA-256 over all of them, as <see cref="Data.DigitData.Checksum"/>.</param>
public sealed record ModelCardData(string Name, int Train, int Test, string Sha256);
