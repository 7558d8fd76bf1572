using System.Text.Json;
using Spectre.Console;
using TorchRef.Cli.Bench;
using TorchRef.Cli.Faults;
using TorchRef.Cli.Peers;
using TorchRef.Cli.Tests.Support;

namespace TorchRef.Cli.Tests.Bench;

public sealed class BenchChecksCommandTests
{
    private const string Quick = "entries: one entry off by 1e-2";

    [Fact]
    public void A_fault_is_measured_and_written_down()
    {
        using var folder = new TemporaryFolder();

        var outcome = Shell.Run("bench", "checks", "--filter", Quick, "--json", folder.At("checks.json"));

        Assert.Equal(ExitCode.Agrees, outcome.Code);
        Assert.Contains("planted faults", outcome.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("correct functions", outcome.Output, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(File.ReadAllText(folder.At("checks.json")));
        var fault = Assert.Single(json.RootElement.GetProperty("faults").EnumerateArray());
        Assert.Equal(("one entry off by 1e-2", true), (fault.GetProperty("name").GetString(), fault.GetProperty("caught").GetBoolean()));
        Assert.Equal("SingleEntry", fault.GetProperty("cause").GetString());
        Assert.Equal([folder.At("checks.json")], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_correct_function_is_measured_without_asking_Python()
    {
        var outcome = Shell.Run("bench", "checks", "--filter", "element-wise: exp at scale 1000");

        Assert.Equal(ExitCode.Agrees, outcome.Code);
        Assert.Contains("correct functions", outcome.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("gradcheck", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Checks_in_a_row_leave_no_tensor_alive()
    {
        var told = new List<string>();

        var leaks = new ChecksBench(1, told.Add, CancellationToken.None).Leaks(100);

        Assert.False(leaks.Leaks, $"expected {leaks.Before} tensors alive after {leaks.Checks} checks but got {leaks.After}");
        Assert.Equal("checks in a row: 0 of 100", told[0]);
        Assert.Equal(10, told.Count);
    }

    [Fact]
    public void A_stop_ends_a_bench_in_the_middle()
    {
        using var stop = new CancellationTokenSource();
        var faults = Corpus.All.Take(20).ToList();
        var bench = new ChecksBench(1, text => { if (text.Contains(": 10 of", StringComparison.Ordinal)) stop.Cancel(); }, stop.Token);

        Assert.Throws<OperationCanceledException>(() => bench.Faults(faults));
    }

    [Theory]
    [InlineData("no such fault", "--filter must be part of a title: expected such as batch norm")]
    [InlineData("", "--json must name a file")]
    public void What_cannot_be_done_is_said_in_one_line(string text, string because)
    {
        var outcome = text.Length > 0 ? Shell.Run("bench", "checks", "--filter", text) : Shell.Run("bench", "checks", "--json", text);

        Assert.Contains(because, Assert.Single(outcome.ErrorLines), StringComparison.Ordinal);
        Assert.Equal(ExitCode.BadUsage, outcome.Code);
        Assert.Empty(outcome.Output);
    }

    [Fact]
    public void A_stop_before_the_start_ends_with_130()
    {
        using var folder = new TemporaryFolder();

        var outcome = Shell.Run(Cli.Verification.Candidates.Own, ["bench", "checks", "--filter", "speed", "--json", folder.At("checks.json")], new CancellationToken(canceled: true));

        Assert.Equal(ExitCode.Interrupted, outcome.Code);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void What_falls_short_is_named()
    {
        var fault = Corpus.All[0];
        var missed = new FaultOutcome(fault, false, false, Checks.Verdict.Pass, Checks.Cause.None, "nothing is wrong", TimeSpan.Zero);
        var alarm = new CorrectOutcome(Cli.CorrectFunctions.Correct.All[0], Checks.Verdict.Fail, "the gradient is wrong");

        var result = new ChecksResult([missed], null, [alarm], new Cli.KnownDerivatives.Coverage(), null, new LeakOutcome(1000, 3, 4, 0));

        Assert.Collection(
            result.Shortfalls(),
            line => Assert.Equal("planted faults caught: expected at least 98 % of 1 but got 0", line),
            line => Assert.Equal("planted faults diagnosed: expected at least 85 % of 1 but got 0", line),
            line => Assert.Equal("correct functions called wrong: expected none of 1 but got 1", line),
            line => Assert.StartsWith("known derivatives within their bars: expected at least 99.9 % of 0", line, StringComparison.Ordinal),
            line => Assert.Equal("tensors alive after 1000 checks: expected 3 but got 4", line));
    }

    [Fact]
    public void Without_Python_the_report_says_so_and_compares_nothing()
    {
        using var output = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Interactive = InteractionSupport.No, Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = 200;
        var missed = new FaultOutcome(Corpus.All[0], false, false, Checks.Verdict.Pass, Checks.Cause.None, "nothing is wrong", TimeSpan.Zero);

        new ChecksReport(new ChecksResult([missed], null, [], null, new SpeedOutcome(0.01, 285, 0.02, 285, 2e-9, null, 0), null), 1, TimeSpan.Zero).WriteTo(console);

        Assert.Contains($"{Python.NotFound}: PyTorch's gradcheck isn't asked", output.ToString(), StringComparison.Ordinal);
        Assert.Contains($"{Python.NotFound}: there is nothing to compare with", output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("gradcheck slow", output.ToString(), StringComparison.Ordinal);
        Assert.Contains($"MISSED {missed.Fault}: nothing is wrong", output.ToString(), StringComparison.Ordinal);
    }

    /// <summary>The twins in Python must be faults too, else gradcheck would be blamed for letting pass what is right.</summary>
    [SkippableFact]
    public void Every_gradient_fault_has_a_twin_in_Python_that_is_one()
    {
        Skip.If(Python.Program is null, Python.NotFound);
        using var peer = GradCheckPeer.Start()!;

        var disagreements = peer.Disagreements();

        var faults = Corpus.All.OfType<GradientFault>().ToList();
        Assert.Equal(faults.Select(fault => fault.ToString()).Order(StringComparer.Ordinal), disagreements.Keys.Order(StringComparer.Ordinal));
        // Plain differences see derivatives, not broken contracts.
        var invisible = faults.Where(fault => fault.Family != "contract" && !(disagreements[fault.ToString()] > 4e-9));
        Assert.All(invisible, fault => Assert.True(fault.Hidden, $"expected that the twin of '{fault}' is wrong where it is checked, but its gradient is right to {disagreements[fault.ToString()]}"));
    }
}
