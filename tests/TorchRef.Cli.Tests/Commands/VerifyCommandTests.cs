using System.Text.Json;
using TorchRef.Cli.Faults.Planted;
using TorchRef.Cli.Tests.Support;
using TorchRef.Cli.Verification;
using static TorchSharp.torch;

namespace TorchRef.Cli.Tests.Commands;

/// <summary><c>torchref verify</c> as a user meets it: its options, its report, its files.</summary>
public sealed class VerifyCommandTests
{
    private const string Quick = "Dropout float64 eval";

    [Fact]
    public void What_agrees_exits_with_0_and_is_counted()
    {
        var outcome = Shell.Run("verify", "--filter", "worked example composite");

        Assert.Equal(ExitCode.Agrees, outcome.Code);
        Assert.Empty(outcome.Errors);
        Assert.Matches(@"(?m)^5 comparisons, 5 agree, 0 differ\b", outcome.Output);
        Assert.DoesNotContain("DIFFERS", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_filter_ignores_case_and_reaches_names_references_and_variants()
    {
        foreach (var filter in new[] { "dropout FLOAT64 eval", "TORCH.NN (32, 16), P 0.5" })
            Assert.Equal(ExitCode.Agrees, Shell.Run("verify", "--filter", filter).Code);
    }

    [Fact]
    public void A_filter_that_matches_nothing_says_what_would_match()
    {
        var outcome = Shell.Run("verify", "--filter", "no such case");

        Assert.Equal(ExitCode.BadUsage, outcome.Code);
        var line = Assert.Single(outcome.ErrorLines);
        Assert.StartsWith("torchref: --filter must ", line, StringComparison.Ordinal);
        Assert.Contains("BatchNorm1d", line, StringComparison.Ordinal);
        Assert.EndsWith("but got 'no such case'", line, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_seed_gives_the_same_numbers_and_another_one_others()
    {
        using var folder = new TemporaryFolder();
        var errors = new[] { "1", "1", "2" }.Select((seed, run) =>
        {
            var file = folder.At($"{run}.json");
            Assert.Equal(ExitCode.Agrees, Shell.Run("verify", "--filter", "(4, 10), affine, momentum 0.1, contiguous", "--seed", seed, "--json", file).Code);
            using var json = JsonDocument.Parse(File.ReadAllText(file));
            return string.Join(' ', json.RootElement.GetProperty("results").EnumerateArray().Select(one => one.GetProperty("error").GetRawText()));
        }).ToList();

        Assert.Equal(errors[0], errors[1]);
        Assert.NotEqual(errors[0], errors[2]);
    }

    [Fact]
    public void Json_is_whole_and_counts_what_is_printed()
    {
        using var folder = new TemporaryFolder();
        var file = folder.At("result.json");
        var faulty = Candidates.Own with { Dropout = p => new PlantedDropout(p, DropoutFault.NotScaled) };

        var outcome = Shell.Run(faulty, ["verify", "--filter", "(100), p", "--json", file]);

        Assert.Equal(ExitCode.Differs, outcome.Code);
        using var json = JsonDocument.Parse(File.ReadAllText(file));
        var root = json.RootElement;
        var results = root.GetProperty("results").EnumerateArray().ToList();
        var differing = results.Count(one => !one.GetProperty("agrees").GetBoolean());
        Assert.Contains($"{results.Count} comparisons, {results.Count - differing} agree, {differing} differ", outcome.Output, StringComparison.Ordinal);
        Assert.Equal((results.Count, differing, false), (root.GetProperty("comparisons").GetInt32(), root.GetProperty("differ").GetInt32(), root.GetProperty("agrees").GetBoolean()));
        Assert.True(differing > 0);
        Assert.Equal(["case", "reference", "variant", "what", "error", "tolerance", "agrees"], results[0].EnumerateObject().Select(member => member.Name));
        Assert.Equal([file], Directory.GetFileSystemEntries(folder.Path));
        Assert.EndsWith("}\n", File.ReadAllText(file), StringComparison.Ordinal);
    }

    [Fact]
    public void Json_replaces_an_older_file()
    {
        using var folder = new TemporaryFolder();
        var file = folder.At("result.json");
        File.WriteAllText(file, new string('x', 100_000));

        Shell.Run("verify", "--filter", Quick, "--json", file);

        using var json = JsonDocument.Parse(File.ReadAllText(file));
        Assert.True(json.RootElement.GetProperty("agrees").GetBoolean());
    }

    [Fact]
    public void Json_for_a_folder_that_is_not_there_is_refused_before_any_work()
    {
        using var folder = new TemporaryFolder();

        RefusedBeforeAnyWork("--json must name a file in a folder that exists", "--json", folder.At("missing/result.json"));
        RefusedBeforeAnyWork("--json must name a file", "--json", folder.Path);
        RefusedBeforeAnyWork("--json must name a file", "--json", "");
    }

    [Fact]
    public void Data_that_cannot_be_used_is_refused_in_one_line()
    {
        using var folder = new TemporaryFolder();
        var file = folder.At("a file");
        File.WriteAllText(file, "");

        RefusedBeforeAnyWork("nothing at this path", "--data", folder.At("missing"));
        RefusedBeforeAnyWork("but got a file", "--data", file);
        RefusedBeforeAnyWork("missing: train-images", "--data", folder.Path);
        RefusedBeforeAnyWork("--data must name a folder", "--data", "");
    }

    [Fact]
    public void A_truncated_gzip_is_refused_in_one_line_that_names_it()
    {
        using var folder = new TemporaryFolder();
        folder.WriteMnist(20, gzip: true);
        var file = folder.At("train-images-idx3-ubyte.gz");
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..^100]);

        RefusedBeforeAnyWork(file, "--data", folder.Path);
    }

    [Fact]
    public void A_file_that_is_not_IDX_is_refused_in_one_line_that_names_it()
    {
        using var folder = new TemporaryFolder();
        folder.WriteMnist(20);
        var file = folder.At("t10k-labels-idx1-ubyte");
        File.WriteAllText(file, "<html>404: not found</html>");

        RefusedBeforeAnyWork(file, "--data", folder.Path);
    }

    [Fact]
    public void Given_digits_are_used_and_named()
    {
        using var folder = new TemporaryFolder();
        folder.WriteMnist(120);

        var outcome = Shell.Run("verify", "--filter", "digits after ReLU", "--data", folder.Path);

        Assert.Equal(ExitCode.Agrees, outcome.Code);
        Assert.Contains($"MNIST, {folder.Path}", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Fewer_digits_than_are_needed_are_refused_in_one_line()
    {
        using var folder = new TemporaryFolder();
        folder.WriteMnist(20);

        var outcome = Shell.Run("verify", "--filter", "digits", "--data", folder.Path);

        Assert.Equal(ExitCode.BadUsage, outcome.Code);
        Assert.Contains("20", Assert.Single(outcome.ErrorLines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("foo")]
    [InlineData("")]
    [InlineData("cuda:x")]
    [InlineData("cuda:-1")]
    [InlineData("cpu:1")]
    [InlineData("meta")]
    [InlineData("cuda:0:0")]
    public void What_is_not_a_device_is_refused(string name) => RefusedBeforeAnyWork($"but got '{name}'", "--device", name);

    [SkippableTheory]
    [InlineData("cuda")]
    [InlineData("cuda:1")]
    public void A_GPU_that_is_not_there_is_refused(string name)
    {
        Skip.If(cuda.is_available(), "there is a GPU");

        RefusedBeforeAnyWork($"--device must name a device that is there: expected cpu, since this libtorch sees no GPU ('torchref doctor' says why) but got '{name}'", "--device", name);
    }

    [Fact]
    public void The_device_of_new_tensors_is_put_back()
    {
        var before = get_default_device();

        Shell.Run("verify", "--filter", Quick, "--device", "cpu");
        Shell.Run("verify", "--filter", "no such case");

        Assert.Equal(before.ToString(), get_default_device().ToString());
    }

    [Fact]
    public void A_stop_ends_with_130_and_no_report()
    {
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        var made = 0;
        var stopping = Candidates.Own with
        {
            Dropout = p =>
            {
                if (++made == 3) stop.Cancel();
                return new Dropout.Dropout(p);
            },
        };

        var outcome = Shell.Run(stopping, ["verify", "--filter", Quick, "--json", folder.At("result.json")], stop.Token);

        Assert.Equal(ExitCode.Interrupted, outcome.Code);
        Assert.Equal("torchref: interrupted", Assert.Single(outcome.ErrorLines));
        Assert.Equal(3, made);
        Assert.DoesNotContain("comparisons", outcome.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_stop_before_the_start_does_nothing()
    {
        var outcome = Shell.Run(Unused, ["verify"], new CancellationToken(canceled: true));

        Assert.Equal(ExitCode.Interrupted, outcome.Code);
        Assert.Equal("torchref: interrupted", Assert.Single(outcome.ErrorLines));
    }

    [Fact]
    public void An_exception_of_a_module_becomes_one_line()
    {
        var broken = Candidates.Own with { Dropout = _ => throw new InvalidOperationException("two\nlines") };

        var outcome = Shell.Run(broken, ["verify", "--filter", Quick]);

        Assert.Equal(ExitCode.Unexpected, outcome.Code);
        Assert.Equal("torchref: unexpected InvalidOperationException: two lines (TORCHREF_TRACE=1 shows where)", Assert.Single(outcome.ErrorLines));
    }

    [Fact]
    public void The_product_agrees_with_everything()
    {
        var outcome = Shell.Run("verify");

        Assert.Empty(outcome.Differences);
        Assert.Equal(ExitCode.Agrees, outcome.Code);
        foreach (var reference in new[] { "torch.nn", "golden", "torch.optim", "the study notes", "decay in step", "torch.nn, optim" })
            Assert.Contains($" {reference} ", outcome.Output, StringComparison.Ordinal);
    }

    private static Candidates Unused { get; } = Candidates.Own with
    {
        BatchNorm1d = (_, _, _) => throw new InvalidOperationException("work was done"),
        Dropout = _ => throw new InvalidOperationException("work was done"),
    };

    private static void RefusedBeforeAnyWork(string because, params string[] arguments)
    {
        var outcome = Shell.Run(Unused, ["verify", .. arguments]);

        Assert.Contains(because, Assert.Single(outcome.ErrorLines), StringComparison.Ordinal);
        Assert.StartsWith("torchref: ", outcome.Errors, StringComparison.Ordinal);
        Assert.Equal(ExitCode.BadUsage, outcome.Code);
        Assert.Empty(outcome.Output);
    }
}
