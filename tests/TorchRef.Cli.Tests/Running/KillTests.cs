using System.Diagnostics;
using TorchRef.Cli.Tests.Support;

namespace TorchRef.Cli.Tests.Running;

/// <summary>Runs in a process of their own that are killed, as by SIGKILL, wherever they happen to be.</summary>
public sealed class KillTests
{
    private static readonly string[] s_run = ["run", "activations", "--seeds", "3"];

    [Fact]
    public void A_run_that_is_killed_again_and_again_comes_to_the_same_result()
    {
        using TemporaryFolder whole = new(), killed = new();
        var clock = Stopwatch.StartNew();
        Assert.Equal(ExitCode.Agrees, Start(whole).Wait());
        var length = clock.Elapsed;
        var random = new Random(1);
        var kills = 0;
        // Spread over the length of a run; the later ones meet what the earlier ones left.
        foreach (var share in new[] { 0.5, 0.7, 0.9 })
        {
            using var child = Start(killed);
            if (!child.Process.WaitForExit(length * (share + 0.1 * random.NextDouble())))
            {
                child.Process.Kill();
                kills++;
            }
            child.Process.WaitForExit();
            foreach (var file in Directory.Exists(killed.At("activations")) ? Directory.GetFiles(killed.At("activations"), "*.svg") : [])
                Assert.EndsWith("</svg>\n", File.ReadAllText(file), StringComparison.Ordinal);
        }

        Assert.Equal(ExitCode.Agrees, Start(killed).Wait());
        Assert.True(kills > 0, "no run lasted long enough to be killed");
        foreach (var file in new[] { "results.json", "report.html", "std-tanh.svg" })
            Assert.Equal(File.ReadAllText(Path.Combine(whole.At("activations"), file)), File.ReadAllText(Path.Combine(killed.At("activations"), file)));
        Assert.Empty(Directory.GetFiles(killed.At("activations"), "*.tmp"));
    }

    private static Child Start(TemporaryFolder folder) => new(folder);

    private sealed class Child : IDisposable
    {
        public Child(TemporaryFolder folder)
        {
            var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
            foreach (var argument in (string[])[typeof(CommandLine).Assembly.Location, .. s_run, "--out", folder.Path]) start.ArgumentList.Add(argument);
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
