using TorchRef.Experiments.Data;
using TorchRef.Experiments.Models;
using static TorchSharp.torch;

namespace TorchRef.Experiments.Tests.Models;

/// <summary>The recipes, and the models in the folder models that they made.</summary>
public sealed class ModelCatalogTests
{
    private const long MostBytes = 3_000_000;

    public static TheoryData<string> Names => [.. ModelCatalog.All.Select(recipe => recipe.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Our_network_is_that_of_torch_nn(string name)
    {
        using var scope = NewDisposeScope();
        ModelRecipe recipe = ModelCatalog.Find(name)!;
        var ours = recipe.CreateNetwork();
        var theirs = nn.Sequential(recipe.Layers.Select((layer, place) => ($"{place}", Theirs(layer.Python))));
        Assert.Equal(theirs.state_dict().Keys, ours.state_dict().Keys);
        using (no_grad())
        {
            foreach (var (key, value) in theirs.state_dict()) value.copy_(ours.state_dict()[key]);
        }
        ours.eval();
        theirs.eval();
        var images = rand(20, 784);                                     // [20, 784]

        Assert.InRange((ours.call(images) - theirs.call(images)).abs().max().item<float>(), 0, 1e-5);
    }

    [Fact]
    public void All_models_are_kept_with_cards_of_these_recipes()
    {
        ModelFolder models = Kept();

        Assert.Equal(ModelCatalog.All.Select(recipe => recipe.Name).Order(StringComparer.Ordinal), models.Names);
        Assert.All(ModelCatalog.All, recipe =>
        {
            ModelCard card = ModelCard.Read(models.Card(recipe.Name));
            Assert.Equal(recipe.Layers.Select(layer => layer.Python), card.Layers);
            Assert.Equal((recipe.Why, recipe.Epochs, recipe.BatchSize, recipe.OptimizerName, recipe.Schedule.ToString().ToLowerInvariant()), (card.Why, card.Settings.Epochs, card.Settings.BatchSize, card.Settings.Optimizer, card.Settings.Schedule));
            Assert.Equal((recipe.Optimizer.lr, recipe.Optimizer.weight_decay), (card.Settings.Options["lr"].GetDouble(), card.Settings.Options["weight_decay"].GetDouble()));
            Assert.Equal(ModelPage.Of(card), File.ReadAllText(models.Page(recipe.Name)));
            Assert.All(card.Files, file => Assert.Equal(file.Value, ModelFolder.Sha256(Path.Combine(models.Path, file.Key))));
        });
        Assert.InRange(Directory.GetFiles(models.Path).Sum(file => new FileInfo(file).Length), 1, MostBytes);
    }

    [SkippableFact]
    public void The_kept_models_answer_every_image_as_their_cards_say()
    {
        string? directory = Environment.GetEnvironmentVariable(DigitData.MnistVariable) is { Length: > 0 } named ? named : Mnist.Find(Directory.GetCurrentDirectory());
        Skip.If(directory is null, "MNIST is in none of the usual places");
        DigitData data = Mnist.Load(directory!);
        ModelFolder models = Kept();

        Assert.All(models.Names, name => Assert.Empty(ModelVerification.Verify(models, ModelCard.Read(models.Card(name)), data, CPU).Differences));
        Assert.Contains(models.Names, name => ModelCard.Read(models.Card(name)).Test.Accuracy >= 0.98);
    }

    private static ModelFolder Kept() => ModelFolder.Find(AppContext.BaseDirectory) ?? throw new DirectoryNotFoundException("the folder models must be in a folder above the tests: expected it but there is none");

    private static nn.Module<Tensor, Tensor> Theirs(string line)
    {
        string[] parts = line.Split('(', ',', ')');
        return parts[0] switch
        {
            "nn.Linear" => nn.Linear(int.Parse(parts[1]), int.Parse(parts[2])),
            "nn.BatchNorm1d" => nn.BatchNorm1d(int.Parse(parts[1])),
            "nn.Dropout" => nn.Dropout(double.Parse(parts[1])),
            _ => nn.ReLU(),
        };
    }
}
