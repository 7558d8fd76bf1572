using TorchRef.Cli.Tests.Support;
using TorchRef.Experiments.Models;

namespace TorchRef.Cli.Tests.Commands;

/// <summary><c>torchref models</c> as a user meets it.</summary>
public sealed class ModelsCommandTests
{
    [Fact]
    public void The_kept_models_are_listed_by_their_cards()
    {
        var models = ModelFolder.Find(AppContext.BaseDirectory)!;

        var outcome = Shell.Run("models", "list", "--models", models.Path);

        Assert.Equal(ExitCode.Agrees, outcome.Code);
        Assert.All(ModelCatalog.All, recipe => Assert.Matches($@"(?m)^ +{recipe.Name} .+ \d\d\.\d\d % +\d+ +MNIST; libtorch ", outcome.Output));
        Assert.Contains($"{ModelCatalog.All.Count} models in {models.Path}", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_was_changed_differs_and_says_in_what()
    {
        using TemporaryFolder data = new(), models = new();
        data.WriteMnist(200);
        Shell.Run("train", "mlp-plain", "--epochs", "1", "--data", data.Path, "--out", models.Path);
        var page = File.ReadAllText(models.At("mlp-plain.json"));
        var card = ModelCard.Read(models.At("mlp-plain.json"));
        File.WriteAllText(models.At("mlp-plain.json"), (card with { Test = card.Test with { Correct = card.Test.Correct + 1 } }).ToJson());

        var outcome = Shell.Run("models", "verify", "mlp-plain", "--models", models.Path, "--data", data.Path);

        Assert.Equal(ExitCode.Differs, outcome.Code);
        Assert.Equal([$"DIFFERS mlp-plain: the answers must be the card's: expected {card.Test.Correct + 1} of 200 test images right but got {card.Test.Correct} of 200"], outcome.Differences);
        File.WriteAllText(models.At("mlp-plain.json"), page);
        File.Copy(models.At("mlp-plain.safetensors"), models.At("mlp-plain.pth"), overwrite: true);
        Assert.Contains("mlp-plain.pth must be the file of the card", Assert.Single(Shell.Run("models", "verify", "--models", models.Path, "--data", data.Path).Differences), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_missing_or_damaged_is_one_line()
    {
        using TemporaryFolder data = new(), models = new();
        data.WriteMnist(200);
        Fails("--models must name a folder of models: expected cards in .+ but there is none", "models", "list", "--models", models.Path);
        Fails("--models must name a folder: expected a folder with cards but got '/no/such/folder'", "models", "list", "--models", "/no/such/folder");
        Shell.Run("train", "mlp-plain", "--epochs", "1", "--data", data.Path, "--out", models.Path);
        Fails("there must be a model of this name: expected mlp-plain but got 'mlp-bn'", "models", "verify", "mlp-bn", "--models", models.Path, "--data", data.Path);
        var pth = File.ReadAllBytes(models.At("mlp-plain.pth"));
        File.WriteAllBytes(models.At("mlp-plain.pth"), pth[..(pth.Length / 2)]);
        Fails(".+", "models", "verify", "--models", models.Path, "--data", data.Path);
        File.Delete(models.At("mlp-plain.pth"));
        Fails("Could not find file .+", "models", "verify", "--models", models.Path, "--data", data.Path);
        File.WriteAllText(models.At("mlp-plain.json"), "{");
        Fails("a model's card has all its entries: .+", "models", "list", "--models", models.Path);
    }

    private static void Fails(string message, params string[] arguments)
    {
        var outcome = Shell.Run(arguments);
        Assert.Equal(ExitCode.BadUsage, outcome.Code);
        Assert.Matches($"^torchref: {message}$", Assert.Single(outcome.ErrorLines));
    }
}
