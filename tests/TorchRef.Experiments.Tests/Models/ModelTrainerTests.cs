using TorchRef.Experiments.Models;
using TorchRef.Experiments.Tests.Data;

namespace TorchRef.Experiments.Tests.Models;

public sealed class ModelTrainerTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_leaves_both_files_and_the_card_and_nothing_else()
    {
        ModelCard card = Train("a")!;

        string name = card.Name;
        Assert.Equal([$"{name}.json", $"{name}.md", $"{name}.pth", $"{name}.safetensors"], Directory.EnumerateFileSystemEntries(At("a")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        Assert.Equal([$"{name}.pth", $"{name}.safetensors"], card.Files.Keys);
        Assert.Equal((100, 300, 4), (card.Test.Images, card.Train.Images, card.Epochs.Count));
        Assert.Equal(card.Epochs[^1].TestCorrect, card.Test.Correct);
        Assert.Equal(card.ToJson(), ModelCard.Read(new ModelFolder(At("a")).Card(name)).ToJson());
    }

    [Theory]
    [InlineData(1, 0.5)]
    [InlineData(3, 0.1)]
    [InlineData(4, 1.0)]
    public void Stopped_anywhere_it_goes_on_to_the_same_files(int epoch, double share)
    {
        Train("whole");
        using var stop = new CancellationTokenSource();
        int resumed = -1;

        Assert.Null(Train("stopped", new ModelTrainerOptions { Progress = (now, done) => { if (now == epoch && done >= share) stop.Cancel(); } }, stop.Token));
        Assert.Equal([], new ModelFolder(At("stopped")).Names);
        Assert.NotNull(Train("stopped", new ModelTrainerOptions { Resumed = count => resumed = count }));

        Assert.Equal(epoch == 1 ? -1 : epoch - 1, resumed);
        foreach (string file in Directory.GetFiles(At("whole"))) Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(At("stopped"), Path.GetFileName(file))));
    }

    [Fact]
    public void Another_training_in_the_folder_is_refused_and_a_fresh_one_forgets()
    {
        using var stop = new CancellationTokenSource();
        Train("a", new ModelTrainerOptions { EpochDone = _ => stop.Cancel() }, stop.Token);

        var error = Assert.Throws<InvalidDataException>(() => Train("a", settings: new ModelTrainingSettings { Seed = 9 }));

        Assert.EndsWith("; --fresh begins anew", error.Message, StringComparison.Ordinal);
        Assert.Equal(9, Train("a", new ModelTrainerOptions { Fresh = true }, settings: new ModelTrainingSettings { Seed = 9 })!.Settings.Seed);
    }

    [Fact]
    public void One_training_at_a_time_has_the_folder()
    {
        string refused = "";

        Train("a", new ModelTrainerOptions { EpochDone = epoch => { if (epoch.Epoch == 1) refused = Assert.ThrowsAny<IOException>(() => Train("a")).Message; } });

        Assert.StartsWith("One run at a time writes to a folder", refused, StringComparison.Ordinal);
    }

    private ModelCard? Train(string folder, ModelTrainerOptions? options = null, CancellationToken stop = default, ModelTrainingSettings? settings = null) =>
        ModelTrainer.Train(Recipes.Small, Recipes.Digits, settings ?? new ModelTrainingSettings(), new ModelFolder(At(folder)), options, stop);

    private string At(string name) => Path.Combine(_folder.Path, name);
}
