using System.CommandLine;
using System.Diagnostics;
using Spectre.Console;
using TorchRef.Cli.Verification;
using TorchRef.Cli.Verification.Golden;
using TorchRef.Experiments.Data;
using static TorchSharp.torch;

namespace TorchRef.Cli.Commands;

/// <summary><c>torchref verify</c>: the hand-written modules against torch.nn and against golden tensors.</summary>
internal static class VerifyCommand
{
    public static Command Create(IAnsiConsole console, Candidates candidates)
    {
        var filter = new Option<string?>("--filter") { Description = "run only the cases whose name or variant contains this text", HelpName = "TEXT" };
        var data = new Option<string?>("--data") { Description = "folder with the four MNIST files; without it MNIST is looked for nearby, else digits are drawn", HelpName = "DIR" };
        var json = new Option<string?>("--json") { Description = "write every comparison to this file", HelpName = "FILE" };
        var device = new Option<string>("--device") { Description = "where to compute: cpu, cuda, cuda:1", HelpName = "DEVICE", DefaultValueFactory = _ => "cpu" };
        var seed = new Option<ulong>("--seed") { Description = "seed of every random number", HelpName = "N", DefaultValueFactory = _ => 1 };
        var details = new Option<bool>("--details") { Description = "a row for each thing that was compared, not for each case" };
        var modules = new Option<bool>("--modules") { Description = "a row for each module with the agreement reached, as a Markdown table" };
        var command = new Command("verify", "compare the hand-written modules number by number with torch.nn and with golden tensors; exits with 0 only if all agree") { filter, details, modules, data, json, device, seed };
        command.SetAction((parsed, stop) => Task.FromResult(Run(
            new Options(parsed.GetValue(filter), parsed.GetValue(details), parsed.GetValue(modules), parsed.GetValue(data), parsed.GetValue(json), parsed.GetValue(device)!, parsed.GetValue(seed)), console, candidates, stop)));
        return command;
    }

    private static int Run(Options options, IAnsiConsole console, Candidates candidates, CancellationToken stop)
    {
        var device = Devices.Require(options.Device);
        OutputFile.RequireWritable(options.Json, "--json");
        var started = Stopwatch.GetTimestamp();
        // A folder that is named must be usable even where the filter leaves out what needs digits.
        var digits = new Lazy<DigitData>(() => DigitData.LoadOrSynthesize(options.Data, new DigitDataOptions { SyntheticTrainCount = TwinNetworks.Examples, SyntheticTestCount = TwinNetworks.Examples }));
        if (options.Data is { Length: 0 }) throw new UsageException("--data must name a folder: expected a folder with the four MNIST files but got ''");
        if (options.Data is not null) _ = digits.Value;
        var recorder = new ComparisonRecorder(options.Filter, stop);
        using (Devices.UseByDefault(device))
            foreach (var (what, run) in Parts(recorder, candidates, digits, device, options.Seed))
                console.Status().Start($"comparing {what} ...", _ => run());
        if (recorder.Comparisons.Count == 0) throw NoMatch(recorder, options.Filter!);
        var report = new VerificationReport(recorder.Comparisons, Remarks(recorder, device), $"libtorch {__version__} on {device}", digits.IsValueCreated ? digits.Value.Source : "no digits needed", options.Seed, Stopwatch.GetElapsedTime(started));
        if (options.Modules) report.WriteModulesTo(console.Profile.Out.Writer);
        else report.WriteTo(console, options.Details);
        if (options.Json is not null) report.WriteJson(options.Json);
        return report.Agrees ? ExitCode.Agrees : ExitCode.Differs;
    }

    private static IEnumerable<(string what, Action run)> Parts(ComparisonRecorder recorder, Candidates candidates, Lazy<DigitData> digits, Device device, ulong seed)
    {
        yield return ("the worked example", () => WorkedExample.Run(recorder, candidates));
        for (var dimensions = 1; dimensions <= 3; dimensions++)
        {
            var which = dimensions;
            yield return ($"BatchNorm{which}d with torch.nn", () => BatchNormCases.Run(recorder, candidates, which, seed));
        }
        yield return ("second derivatives of BatchNorm with torch.nn", () => BatchNormSecondOrderCases.Run(recorder, candidates, seed));
        yield return ("BatchNorm in float32 with float64", () => BatchNormRoundOffCases.Run(recorder, candidates, seed));
        yield return ("lazy, frozen and ghost BatchNorm with torch.nn", () => BatchNormVariantCases.Run(recorder, candidates, seed));
        yield return ("conventions of BatchNorm", () => ConventionCases.Run(recorder, candidates, seed));
        yield return ("folded BatchNorm with torch.nn", () => FoldingCases.Run(recorder, seed));
        yield return ("BatchNorm1d on the activations of a network", () =>
        {
            using var activations = new DigitActivations(digits, seed);
            BatchNormCases.RunOnActivations(recorder, candidates, activations, seed);
        }
        );
        yield return ("the other normalisations with torch.nn and with their definitions", () =>
        {
            NormalizationCases.Run(recorder, candidates, seed);
            WhiteningCases.Run(recorder, candidates, seed);
            RecurrentNormCases.Run(recorder, candidates, seed);
            StandardizationCases.Run(recorder, seed);
        }
        );
        yield return ("Dropout with torch.nn", () => DropoutCases.Run(recorder, candidates, seed));
        yield return ("dropout in place, of channels and for SELUs with torch.nn", () => DropoutVariantCases.Run(recorder, candidates, seed));
        yield return ("dropout of the study notes", () => ClassicDropoutCases.Run(recorder, seed));
        yield return ("Monte-Carlo dropout with plain averages", () => MonteCarloCases.Run(recorder, candidates, seed));
        yield return ("optimisers with torch.optim", () => OptimizerCases.Run(recorder, candidates, seed));
        yield return ("the optimisers of the study notes", () => BookOptimizerCases.Run(recorder, candidates));
        yield return ("weight decay with itself", () => WeightDecayCases.Run(recorder, candidates, seed));
        yield return ("golden tensors of Python's PyTorch", () => GoldenCases.Run(recorder, candidates));
        yield return ("Affine with torch.nn", () => AffineCases.Run(recorder, candidates, seed));
        yield return ("activations with torch.nn", () => ActivationCases.Run(recorder, candidates, seed));
        yield return ("softmax cross-entropy with torch.nn", () => CrossEntropyCases.Run(recorder, candidates, seed));
        yield return ("initialisation with torch.nn.init", () => InitializerCases.Run(recorder, candidates, seed));
        yield return ("two networks in training", () => TwinNetworks.Run(recorder, candidates, digits, seed));
        if (device.type != TorchSharp.DeviceType.CPU) yield return ($"{device} with the CPU", () => DeviceCases.Run(recorder, candidates, device, seed));
    }

    /// <summary>On another device it is worth saying too that nothing was found.</summary>
    private static IReadOnlyList<string> Remarks(ComparisonRecorder recorder, Device device) =>
        device.type == TorchSharp.DeviceType.CPU || recorder.Remarks.Count > 0 ? recorder.Remarks : [$"what was run twice on {device} came out the same to the bit"];

    private static UsageException NoMatch(ComparisonRecorder recorder, string filter)
    {
        var subjects = recorder.LeftOut.Select(name => name.Split(' ', ',')[0]).Distinct();
        return new UsageException($"--filter must be part of a case's name, of what it is compared with, or of its variant: expected such as {string.Join(", ", subjects)}, float64, torch.nn, golden, momentum but got '{filter}'");
    }

    private sealed record Options(string? Filter, bool Details, bool Modules, string? Data, string? Json, string Device, ulong Seed);
}
