using System.Diagnostics;
using TorchRef.Cli.Tests.Support;

namespace TorchRef.Cli.Tests.Running;

/// <summary>Runs in a process of their own that are killed, as by SIGKILL, wherever they happen to be.</summary>
public sealed class KillTests
{
    [Fact]
    public void A_run_that_is_killed_again_and_again_comes_to_the_same_result()
    {
        using TemporaryFolder whole = new(), killed = new();
        string[] run = ["run", "activations", "--seeds", "2"];
        var clock = Stopwatch.StartNew();
        using (var undisturbed = new Child(run, whole)) Assert.Equal(ExitCode.Agrees, undisturbed.Wait());
        var length = clock.Elapsed;
        var random = new Random(1);
        var kills = 0;
        // Spread over the length of a run; the later ones meet what the earlier ones left.
        foreach (var share in new[] { 0.5, 0.7, 0.9 })
        {
            using var child = new Child(run, killed);
            if (!child.Process.WaitForExit(length * (share + 0.1 * random.NextDouble())))
            {
                child.Process.Kill();
                kills++;
            }
            child.Process.WaitForExit();
            foreach (var file in Directory.Exists(killed.At("activations")) ? Directory.GetFiles(killed.At("activations"), "*.svg") : [])
                Assert.EndsWith("</svg>\n", File.ReadAllText(file), StringComparison.Ordinal);
        }

        using (var last = new Child(run, killed)) Assert.Equal(ExitCode.Agrees, last.Wait());
        Assert.True(kills > 0, "no run lasted long enough to be killed");
        foreach (var file in new[] { "results.json", "report.html", "std-tanh.svg" })
            Assert.Equal(File.ReadAllText(Path.Combine(whole.At("activations"), file)), File.ReadAllText(Path.Combine(killed.At("activations"), file)));
        Assert.Empty(Directory.GetFiles(killed.At("activations"), "*.tmp"));
    }

    /// <summary>Not by its length, but whenever there is something new to go on from: what is left is the half of a training.</summary>
    [Fact]
    public void A_training_that_is_killed_half_way_goes_on_from_there()
    {
        using TemporaryFolder whole = new(), killed = new();
        string[] run = ["run", "overfit", "--seeds", "1", "--quick", "--epochs", "101", "--save-every", "0"];
        using (var undisturbed = new Child(run, whole)) Assert.Equal(ExitCode.Agrees, undisturbed.Wait());
        var state = Path.Combine(killed.At("overfit"), "state.bin");
        for (var kill = 0; kill < 3; kill++)
        {
            var before = File.GetLastWriteTimeUtc(state);
            using var child = new Child(run, killed);
            while (File.GetLastWriteTimeUtc(state) == before && !child.Process.HasExited) Thread.Sleep(1);
            child.Process.Kill();
            child.Process.WaitForExit();
            Assert.False(File.Exists(Path.Combine(killed.At("overfit"), "results.json")), "the run was through before it could be killed");
            var left = new FileInfo(state).Length;
            Assert.True(left > 100_000, $"expected the weights of a network but got {left} bytes");
        }

        using (var last = new Child(run, killed)) Assert.Equal(ExitCode.Agrees, last.Wait());
        Assert.Equal(File.ReadAllBytes(Path.Combine(whole.At("overfit"), "results.json")), File.ReadAllBytes(Path.Combine(killed.At("overfit"), "results.json")));
    }

    private sealed class Child : IDisposable
    {
        public Child(string[] command, TemporaryFolder folder)
        {
            var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
            foreach (var argument in (string[])[typeof(CommandLine).Assembly.Location, .. command, "--out", folder.Path]) start.ArgumentList.Add(argument);
            Process = Process.Start(start)!;
            Process.OutputDataReceived += (_, _) => { };
            Process.ErrorDataReceived += (_, _) => { };
            Process.BeginOutputReadLine();
            Process.BeginErrorReadLine();
        }

        public Process Process { get; }

        public int Wait()
        {
            Process.WaitForExit();
            return Process.ExitCode;
        }

        public void Dispose() => Process.Dispose();
    }
}
