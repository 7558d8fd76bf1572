using System.Diagnostics;
using System.Globalization;

namespace TorchRef.Experiments.Tests.Search.Studies.Support;

/// <summary>Processes of the StudyWorker program, on one study.</summary>
internal sealed class WorkerCrew : IDisposable
{
    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(2);

    private readonly List<Process> _processes = [];

    /// <summary>Starts one, and returns when it is at work.</summary>
    public Process Start(string location, string study, int trials, int epochs, int pause)
    {
        string[] numbers = [.. new[] { trials, epochs, pause }.Select(number => number.ToString(CultureInfo.InvariantCulture))];
        var process = Process.Start(new ProcessStartInfo(Dotnet, [Program(), location, study, .. numbers]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _processes.Add(process);
        return process;
    }

    /// <summary>Waits until one has said that its storage is open.</summary>
    public static void WaitUntilAtWork(Process process)
    {
        if (process.StandardOutput.ReadLine() is null) throw new InvalidOperationException($"expected a worker but it said: {process.StandardError.ReadToEnd()}");
    }

    /// <summary>
    /// Waits for all, and expects the ones that weren't killed to have ended well and without a word, but for those about the lock:
    /// one killed in the moment that it holds it keeps the others waiting until it may be taken over.
    /// </summary>
    public void WaitForAll(params IReadOnlyList<Process> killed)
    {
        foreach (Process process in _processes)
        {
            Assert.True(process.WaitForExit(_limit), "a worker doesn't come to an end");
            if (killed.Contains(process)) continue;
            string[] said = process.StandardError.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.All(said, line => Assert.Matches(@"^waiting for \S+|\S+ has stood for 30 s: ", line));
            Assert.Equal(0, process.ExitCode);
        }
    }

    public void Dispose()
    {
        foreach (Process process in _processes)
        {
            if (!process.HasExited) process.Kill();
            process.Dispose();
        }
    }

    // The process that runs the tests may be a host of another name.
    private static string Dotnet => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>The tests' own folder is …/TorchRef.Experiments.Tests/CONFIGURATION.</summary>
    private static string Program()
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(here.Parent!.Parent!.FullName, "StudyWorker", here.Name, "StudyWorker.dll");
    }
}
