using TorchRef.Cli.Tests.Support;
using TorchRef.Cli.Verification;
using TorchRef.Experiments.Models;

namespace TorchRef.Cli.Tests.Commands;

/// <summary><c>torchref train</c> as a user meets it.</summary>
public sealed class TrainCommandTests
{
    [Fact]
    public void Without_a_name_it_lists_what_there_is()
    {
        var outcome = Shell.Run("train");

        Assert.Equal(ExitCode.Agrees, outcome.Code);
        Assert.All(ModelCatalog.All, recipe => Assert.Matches($"(?m)^{recipe.Name} +{System.Text.RegularExpressions.Regex.Escape(recipe.Why)}", outcome.Output));
    }

    [Fact]
    public void It_says_how_each_epoch_went_and_leaves_files_that_verify()
    {
        using TemporaryFolder data = new(), models = new();
        data.WriteMnist(300);

        var outcome = Shell.Run("train", "mlp-bn", "--epochs", "2", "--seed", "3", "--data", data.Path, "--out", models.Path);

        Assert.Equal(ExitCode.Agrees, outcome.Code);
        Assert.Empty(outcome.Errors);
        Assert.Matches(@"(?m)^MNIST, .+ \(300\+300 images, sha256 [0-9a-f]{16}…\); libtorch .+; seed 3$", outcome.Output);
        Assert.Matches(@"(?m)^epoch 1 of 2: loss \d\.\d{4}, test \d+ of 300 \(\d+\.\d\d %\), \d+ s$", outcome.Output);
        Assert.Matches(@"(?m)^epoch 2 of 2: ", outcome.Output);
        Assert.Contains($"mlp-bn.pth, mlp-bn.safetensors and the card are in {models.Path}", outcome.Output, StringComparison.Ordinal);
        Assert.Equal(["mlp-bn.json", "mlp-bn.md", "mlp-bn.pth", "mlp-bn.safetensors"], Directory.EnumerateFileSystemEntries(models.Path).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
        var verified = Shell.Run("models", "verify", "--models", models.Path, "--data", data.Path);
        Assert.Equal(ExitCode.Agrees, verified.Code);
        Assert.Contains("1 models, 1 agree with their cards, 0 differ", verified.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Stopped_it_exits_with_130_and_goes_on_from_there()
    {
        using TemporaryFolder data = new(), models = new();
        data.WriteMnist(200);
        string[] command = ["train", "mlp-plain", "--epochs", "2", "--data", data.Path, "--out", models.Path];
        using var stop = new CancellationTokenSource();
        stop.Cancel();

        var stopped = Shell.Run(Candidates.Own, command, stop.Token);

        Assert.Equal(ExitCode.Interrupted, stopped.Code);
        Assert.Contains("interrupted after 0 of 2 epochs; the same command goes on from there", stopped.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(models.At("mlp-plain.json")));
        Assert.Equal(ExitCode.Agrees, Shell.Run(command).Code);
        Assert.False(Directory.Exists(models.At("mlp-plain.training")));
    }

    [Theory]
    [InlineData("there must be a model of this name: expected mlp-plain, .+ or all but got 'gpt'", "gpt")]
    [InlineData("--epochs must be a number of epochs: expected at least 1 but got 0", "mlp-bn", "--epochs", "0")]
    [InlineData("--out must name a folder: expected a folder but got ''", "mlp-bn", "--out", "")]
    [InlineData("--data must name a folder: expected a folder with the four MNIST files but got ''", "mlp-bn", "--data", "")]
    [InlineData("MNIST is loaded from a folder. Expected .+ but got nothing at this path .+", "mlp-bn", "--data", "/no/such/folder")]
    [InlineData("--device must name a device that commands run on: .+", "mlp-bn", "--device", "abacus")]
    public void What_can_not_be_is_one_line(string message, params string[] arguments)
    {
        var outcome = Shell.Run(["train", .. arguments]);

        Assert.Equal(ExitCode.BadUsage, outcome.Code);
        Assert.Matches($"^torchref: {message}$", Assert.Single(outcome.ErrorLines));
    }

    [Fact]
    public void Too_few_images_and_a_folder_that_is_a_file_are_one_line()
    {
        using var data = new TemporaryFolder();
        data.WriteMnist(99);

        Assert.Matches("^torchref: --data must hold enough digits: expected at least 100 images to train with but got 99 ", Assert.Single(Shell.Run("train", "mlp-bn", "--data", data.Path).ErrorLines));
        Assert.Matches("^torchref: --out must name a folder: expected a folder but .+ is a file$", Assert.Single(Shell.Run("train", "mlp-bn", "--data", data.Path, "--out", data.At("t10k-labels-idx1-ubyte")).ErrorLines));
    }
}
