using System.Text.Json;
using TorchRef.Experiments.Running;
using TorchRef.Experiments.Tests.Data;

namespace TorchRef.Experiments.Tests.Running;

/// <summary>Runs, stopped and whole, and the files that they leave.</summary>
public sealed class ExperimentRunnerTests
{
    private const string Results = "results.json";
    private const string State = "state.bin";

    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_one_others()
    {
        using TempFolder one = new(), two = new(), three = new();

        Run(new Counting(), one);
        Run(new Counting(), two);
        Run(new Counting(), three, seed: 1);

        Assert.Equal(Bytes(one), Bytes(two));
        Assert.NotEqual(Bytes(one), Bytes(three));
    }

    /// <summary>What a kill leaves is the state file as it last was: so each that was ever there is tried.</summary>
    [Fact]
    public void From_every_state_that_was_ever_on_disk_a_run_goes_on_to_the_same_result()
    {
        using TempFolder whole = new(), watched = new();
        Run(new Counting(), whole);
        var states = new List<byte[]>();
        Run(new Counting
        {
            BeforeStep = (_, _) =>
            {
                if (File.Exists(At(watched, State))) states.Add(File.ReadAllBytes(At(watched, State)));
            },
        }, watched);

        Assert.Equal(14, states.Count);
        int left = int.MaxValue;
        foreach (byte[] state in states)
        {
            using var resumed = new TempFolder();
            File.WriteAllBytes(At(resumed, State), state);
            var experiment = new Counting();
            Run(experiment, resumed);
            Assert.Equal(Bytes(whole), Bytes(resumed));
            Assert.True(experiment.StepsDone < left, $"{experiment.StepsDone} steps after {left}");
            left = experiment.StepsDone;
        }
    }

    [Fact]
    public void A_run_that_was_stopped_leaves_what_it_has_and_goes_on()
    {
        using TempFolder whole = new(), stopped = new();
        Run(new Counting(), whole);
        using var stop = new CancellationTokenSource();

        RunResult partial = ExperimentRunner.Run(new Counting { BeforeStep = (part, step) => { if (part == 1 && step == 3) stop.Cancel(); } }, new RunRequest(), Options(stopped), stop.Token);

        Assert.False(partial.IsComplete);
        Assert.Equal((1, 3), (partial.PartsDone, partial.Records["part 1/sum"].Count));
        using (var json = JsonDocument.Parse(Bytes(stopped)))
        {
            Assert.False(json.RootElement.GetProperty("complete").GetBoolean());
            Assert.Equal("1 of 3", json.RootElement.GetProperty("parts").GetString());
            Assert.Equal(3, json.RootElement.GetProperty("series").GetProperty("part 1/sum").GetArrayLength());
        }

        Assert.Contains("this run was stopped: 1 of 3 parts", File.ReadAllText(At(stopped, "report.html")), StringComparison.Ordinal);
        var rest = new Counting();
        RunResult result = Run(rest, stopped);
        Assert.Equal((true, 1, 7), (result.IsComplete, result.PartsResumed, rest.StepsDone));
        Assert.Equal(Bytes(whole), Bytes(stopped));
    }

    [Fact]
    public void A_finished_run_computes_nothing_again_unless_it_is_to_begin_anew()
    {
        using var folder = new TempFolder();
        Run(new Counting(), folder);
        byte[] before = Bytes(folder);
        File.Delete(At(folder, Results));
        Counting again = new(), fresh = new();

        Assert.Equal(3, Run(again, folder).PartsResumed);
        Assert.Equal(before, Bytes(folder));
        ExperimentRunner.Run(fresh, new RunRequest(), Options(folder) with { Fresh = true });

        Assert.Equal((0, 15), (again.StepsDone, fresh.StepsDone));
        Assert.Equal(before, Bytes(folder));
    }

    [Fact]
    public void Another_seed_or_setting_takes_nothing_over()
    {
        using var folder = new TempFolder();
        Run(new Counting(), folder);
        Counting seed = new(), setting = new(steps: 6);

        Run(seed, folder, seed: 3);
        Run(setting, folder);

        Assert.Equal((15, 18), (seed.StepsDone, setting.StepsDone));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(-1)]
    public void A_damaged_state_counts_as_none(int kept)
    {
        using TempFolder whole = new(), folder = new();
        Run(new Counting(), whole);
        Run(new Counting(), folder);
        byte[] state = File.ReadAllBytes(At(folder, State));
        state[state.Length / 2] ^= 1;
        File.WriteAllBytes(At(folder, State), kept < 0 ? state : state[..kept]);
        var experiment = new Counting();

        Run(experiment, folder);

        Assert.Equal(15, experiment.StepsDone);
        Assert.Equal(Bytes(whole), Bytes(folder));
    }

    [Fact]
    public void Two_runs_at_a_time_do_not_share_a_folder()
    {
        using var folder = new TempFolder();
        IOException? refused = null;
        Run(new Counting { BeforeStep = (part, step) => { if ((part, step) == (1, 1)) refused = Assert.Throws<IOException>(() => Run(new Counting(), folder)); } }, folder);

        Assert.Matches("^One run at a time writes to a folder: expected .+ to be free but another run has it$", refused!.Message);
    }

    [Fact]
    public void Halves_of_files_are_cleared_away()
    {
        using var folder = new TempFolder();
        folder.Write($"{Results}.tmp", 1, 2, 3);

        Run(new Counting(), folder);

        Assert.Equal([".lock", "report.html", Results, State, "sums.svg"], Directory.GetFiles(folder.Path).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_folder_that_can_not_be_made_is_one_line()
    {
        using var folder = new TempFolder();
        string file = folder.Write("file", 1);

        var error = Assert.Throws<IOException>(() => ExperimentRunner.Run(new Counting(), new RunRequest(), new RunOptions { Folder = Path.Combine(file, "inside") }));

        Assert.StartsWith("A run needs a folder to write to: expected ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Results_say_all_there_is_and_no_number_is_lost()
    {
        using var folder = new TempFolder();
        RunResult result = Run(new Counting(), folder);

        using var json = JsonDocument.Parse(Bytes(folder));
        JsonElement root = json.RootElement;
        Assert.Equal(["experiment", "description", "complete", "parts", "settings", "seeds", "engine", "data", "findings", "tables", "series"], root.EnumerateObject().Select(member => member.Name));
        Assert.Equal("""["NaN", "Infinity", -1.5]""", root.GetProperty("settings").GetProperty("limits").GetRawText());
        Assert.Equal("a \"quoted\" µ", root.GetProperty("settings").GetProperty("word").GetString());
        Assert.Equal(result.Records["part 2/sum"], root.GetProperty("series").GetProperty("part 2/sum").EnumerateArray().Select(value => value.GetDouble()));
        Assert.Equal("holds", root.GetProperty("findings")[0].GetProperty("verdict").GetString());
        Assert.EndsWith("}\n", File.ReadAllText(At(folder, Results)), StringComparison.Ordinal);
    }

    [Fact]
    public void Progress_tells_parts_and_shares()
    {
        var seen = new List<RunProgress>();
        ExperimentRunner.Run(new Counting(parts: 2, steps: 2), new RunRequest(), new RunOptions { Progress = seen.Add });

        Assert.Equal([0, 0, 0.25, 0.5, 0.5, 0.75, 1], seen.Select(now => now.Whole));
        Assert.Equal(new RunProgress(1, 2, "part 1", 0.5, "step 1"), seen[5]);
    }

    [Fact]
    public void Streams_differ_by_seed_and_purpose_and_by_nothing_else()
    {
        double First(ulong seed, string purpose)
        {
            using var draws = RandomStream.Create(seed, purpose);
            return TorchSharp.torch.randn_float(draws);
        }

        Assert.Equal(First(7, "weights"), First(7, "weights"));
        Assert.Equal(200, Enumerable.Range(0, 100).SelectMany(seed => new[] { First((ulong)seed, "weights"), First((ulong)seed, "images") }).Distinct().Count());
    }

    private static RunResult Run(Counting experiment, TempFolder folder, ulong seed = 0) => ExperimentRunner.Run(experiment, new RunRequest { Seed = seed }, Options(folder));

    private static RunOptions Options(TempFolder folder) => new() { Folder = folder.Path };

    private static string At(TempFolder folder, string name) => Path.Combine(folder.Path, name);

    private static byte[] Bytes(TempFolder folder) => File.ReadAllBytes(At(folder, Results));
}
