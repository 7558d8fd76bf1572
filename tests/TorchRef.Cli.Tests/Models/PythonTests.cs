using System.Diagnostics;
using System.Text.RegularExpressions;
using TorchRef.Cli.Peers;
using TorchRef.Cli.Tests.Support;
using TorchRef.Experiments.Data;
using TorchRef.Experiments.Models;

namespace TorchRef.Cli.Tests.Models;

/// <summary>The scripts that cards and documentation show, run as they stand there.</summary>
public sealed partial class PythonTests
{
    [SkippableFact]
    public void Python_answers_as_many_images_rightly_as_the_cards_say()
    {
        using var place = Place(out var models);
        foreach (var name in models.Names)
        {
            var card = ModelCard.Read(models.Card(name));

            Assert.Equal($"{card.Test.Correct} of {card.Test.Images}", Run(Script(File.ReadAllText(models.Page(name))), place.Path));
        }
    }

    [SkippableFact]
    public void The_script_of_the_documentation_prints_what_it_says()
    {
        using var place = Place(out var models);
        var page = File.ReadAllText(Path.Combine(models.Path, "..", "docs", "models.md"));
        var card = ModelCard.Read(models.Card(LoadedModel().Match(page).Groups[1].Value));

        Assert.InRange(Script(page).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length, 1, 10);
        Assert.Equal($"{card.Test.Correct} of {card.Test.Images}", Run(Script(page), place.Path));
        Assert.Contains($"prints `{card.Test.Correct} of {card.Test.Images}`", page, StringComparison.Ordinal);
    }

    /// <summary>A folder with links to models and data/mnist, where the scripts expect them.</summary>
    private static TemporaryFolder Place(out ModelFolder models)
    {
        Skip.If(Python.Program is null, Python.NotFound);
        var data = Environment.GetEnvironmentVariable(DigitData.MnistVariable) is { Length: > 0 } named ? named : Mnist.Find(Directory.GetCurrentDirectory());
        Skip.If(data is null || !File.Exists(Path.Combine(data, "t10k-images-idx3-ubyte.gz")), "MNIST, as it is downloaded, is in none of the usual places");
        models = ModelFolder.Find(AppContext.BaseDirectory)!;
        var place = new TemporaryFolder();
        Directory.CreateSymbolicLink(place.At("models"), models.Path);
        Directory.CreateDirectory(place.At("data"));
        Directory.CreateSymbolicLink(Path.Combine(place.At("data"), "mnist"), Path.GetFullPath(data!));
        return place;
    }

    private static string Script(string page) => Fenced().Match(page).Groups[1].Value;

    private static string Run(string script, string folder)
    {
        var start = new ProcessStartInfo(Python.Program!) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(script);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.Result);
        return output.Trim();
    }

    [GeneratedRegex("```python\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Fenced();

    [GeneratedRegex("models/([a-z-]+).pth")]
    private static partial Regex LoadedModel();
}
