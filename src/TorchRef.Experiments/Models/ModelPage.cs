using System.Globalization;
using System.Text.Json;

namespace TorchRef.Experiments.Models;

/// <summary>A model's card for people, in Markdown, with the script that loads it in Python.</summary>
internal static class ModelPage
{
    public static string Of(ModelCard card) => $"""
        # {card.Name}

        {card.Why}

        | | |
        |---|---|
        | test images right | {card.Test} |
        | training images right | {card.Train} |
        | parameters | {card.Parameters.ToString("N0", CultureInfo.InvariantCulture)}, float32 |
        | layers | {string.Join(", ", card.Layers.Select(layer => $"`{layer["nn.".Length..]}`"))} |
        | optimiser | {card.Settings.Optimizer}: {string.Join(", ", card.Settings.Options.Select(option => $"{option.Key} {Value(option.Value)}"))} |
        | learning rate | {card.Settings.Schedule} |
        | training | {card.Settings.Epochs} epochs of mini-batches of {card.Settings.BatchSize}, seed {card.Settings.Seed} |
        | data | {card.Data.Name}, {card.Data.Train} + {card.Data.Test} images, SHA-256 `{card.Data.Sha256}` |
        | engine | {card.Engine}; TorchRef {card.Torchref} |
        | narrowest margin | {card.Test.NarrowestMargin.ToString("G3", CultureInfo.InvariantCulture)} between the two largest logits of a test image: round-off below half of it changes no answer |
        {string.Join("\n", card.Files.Select(file => $"| `{file.Key}` | SHA-256 `{file.Value}` |"))}

        Pixels go in as they are divided by 255, 784 in a row. In Python, next to the folders `models` and `data/mnist`:

        ```python
        {Script(card)}
        ```

        `torchref models verify {card.Name}` measures all this again, `torchref train {card.Name} --seed {card.Settings.Seed}` trains it again.

        """.ReplaceLineEndings("\n");

    /// <summary>Ten lines of Python that load the model and test it.</summary>
    public static string Script(ModelCard card) => $"""
        import gzip, torch
        from torch import nn

        net = nn.Sequential({string.Join(", ", card.Layers)})
        net.load_state_dict(torch.load("models/{card.Name}.pth", weights_only=True))
        net.eval()
        read = lambda name, skip: torch.frombuffer(bytearray(gzip.open(f"data/mnist/{"{name}"}").read()[skip:]), dtype=torch.uint8)
        images, labels = read("t10k-images-idx3-ubyte.gz", 16).view(-1, 784) / 255, read("t10k-labels-idx1-ubyte.gz", 8)
        with torch.no_grad():
            print((net(images).argmax(1) == labels).sum().item(), "of", len(labels))
        """.ReplaceLineEndings("\n");

    /// <summary>A pair as Python prints it, however the card's JSON is laid out.</summary>
    private static string Value(JsonElement value) => value.ValueKind == JsonValueKind.Array ? $"({string.Join(", ", value.EnumerateArray())})" : $"{value}";
}
