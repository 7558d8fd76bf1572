using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Spectre.Console;
using TorchRef.Cli.Bench;
using TorchRef.Cli.CorrectFunctions;
using TorchRef.Cli.Faults;

namespace TorchRef.Cli.Commands;

/// <summary><c>torchref bench checks</c>: what the checks catch, beside PyTorch's gradcheck, and what they call wrong that isn't.</summary>
internal static class BenchChecksCommand
{
    private const string Coverage = "coverage", Speed = "speed", Leaks = "leaks";
    private const int ChecksInARow = 1000;

    public static Command Create(IAnsiConsole console)
    {
        var filter = new Option<string?>("--filter") { Description = $"only the faults and functions whose title contains this text; '{Coverage}', '{Speed}' and '{Leaks}' name the other parts", HelpName = "TEXT" };
        var json = new Option<string?>("--json") { Description = "write everything to this file", HelpName = "FILE" };
        var seed = new Option<long>("--seed") { Description = "seed of every random number", HelpName = "N", DefaultValueFactory = _ => 1 };
        var command = new Command("checks", "measure the checks: planted faults caught and named, correct functions called wrong, error bars, speed; exits with 0 only if they keep what is promised") { filter, json, seed };
        command.SetAction((parsed, stop) => Task.FromResult(Run(parsed.GetValue(filter), parsed.GetValue(json), parsed.GetValue(seed), console, stop)));
        return command;
    }

    private static int Run(string? filter, string? json, long seed, IAnsiConsole console, CancellationToken stop)
    {
        OutputFile.RequireWritable(json, "--json");
        stop.ThrowIfCancellationRequested();
        var started = Stopwatch.GetTimestamp();
        var faults = Corpus.All.Where(fault => Chosen(fault.ToString())).ToList();
        var functions = Correct.All.Where(function => Chosen(function.ToString())).ToList();
        string[] parts = [.. new[] { Coverage, Speed, Leaks }.Where(part => filter is null || filter == part)];
        if (faults.Count + functions.Count + parts.Length == 0)
            throw new UsageException($"--filter must be part of a title: expected such as {string.Join(", ", Corpus.All.Select(fault => fault.Family).Distinct().Take(5))}, {Coverage}, {Speed}, {Leaks} but got '{filter}'");
        var result = Measuring.Run(console, stop, tell =>
        {
            var bench = new ChecksBench(seed, tell, stop);
            using var peer = parts.Contains(Speed) || faults.Exists(fault => fault.Tool == Tool.GradCheck) ? GradCheckPeer.Start() : null;
            using var ending = stop.Register(() => peer?.Kill());
            return Measure(bench, faults, functions, parts, peer);
        });
        new ChecksReport(result, seed, Stopwatch.GetElapsedTime(started)).WriteTo(console);
        if (json is not null) OutputFile.Write(json, ChecksJson.Of(result, seed).ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n");
        return result.Shortfalls().Any() ? ExitCode.Differs : ExitCode.Agrees;

        bool Chosen(string title) => filter is null || title.Contains(filter, StringComparison.OrdinalIgnoreCase);
    }

    private static ChecksResult Measure(ChecksBench bench, IReadOnlyList<Fault> faults, IReadOnlyList<CorrectFunction> functions, string[] parts, GradCheckPeer? peer) => new(
        bench.Faults(faults), faults.Count > 0 ? peer?.Faults() : null, bench.Correct(functions),
        parts.Contains(Coverage) ? bench.Cover() : null, parts.Contains(Speed) ? bench.Speed(peer) : null, parts.Contains(Leaks) ? bench.Leaks(ChecksInARow) : null);
}
