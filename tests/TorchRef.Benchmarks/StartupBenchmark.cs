using System.Diagnostics;
using TorchRef.Benchmarks.Measuring;
using TorchRef.Cli.Peers;

namespace TorchRef.Benchmarks;

/// <summary>How long a fresh process takes to the result of its first operator.</summary>
internal static class StartupBenchmark
{
    private const int Rounds = 10;
    private const string FirstInPython = "import torch; torch.add(torch.ones(2, 2), torch.ones(2, 2)); print('ready')";

    public static int Run()
    {
        List<Contender> contenders = [new("C#", _ => SecondsToFirstLine(Environment.ProcessPath!, [FirstOperator.Argument]), 1)];
        if (Python.Program is { } python) contenders.Add(new("Python", _ => SecondsToFirstLine(python, ["-c", FirstInPython]), 1));
        var timings = Race.Run(Rounds, contenders);
        Report.Print($"startup: process to first operator", timings, timings[^1]);
        return 0;
    }

    private static double SecondsToFirstLine(string program, string[] arguments)
    {
        var start = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var line = process.StandardOutput.ReadLine();
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        process.WaitForExit();
        return line == "ready" ? seconds : throw new InvalidOperationException($"the process must reach its first operator: expected ready but got {line} from {program}");
    }
}
