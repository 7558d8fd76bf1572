using System.CommandLine;
using Spectre.Console;
using TorchRef.Checks;
using TorchRef.Cli.Checking;

namespace TorchRef.Cli.Commands;

/// <summary><c>torchref check</c>: the gradients of somebody's own modules and functions.</summary>
internal static class CheckCommand
{
    private const int DefaultTimeout = 120;

    public static Command Create(IAnsiConsole console)
    {
        var assembly = new Argument<string>("assembly") { Description = "the .dll with the module, as 'dotnet build' made it", HelpName = "MY.DLL" };
        var type = new Option<string?>("--type") { Description = "the module to check, an nn.Module<Tensor, Tensor>, by its full or short name", HelpName = "NAME" };
        var function = new Option<string?>("--function") { Description = "in place of a module: a static method that takes tensors and gives tensors", HelpName = "CLASS.METHOD" };
        var arguments = new Option<string[]>("--args") { Description = "arguments of the constructor: 8 0.1 true null text name=value, enums by name, 3x3 for sizes", HelpName = "VALUE", AllowMultipleArgumentsPerToken = true };
        var input = new Option<string[]>("--input") { Description = "shape of the input, such as 4x8 or 4x8:scale=1e3:offset=5; once for each tensor of a function", HelpName = "SHAPE" };
        var reference = new Option<string?>("--reference") { Description = "compare outputs, gradients and buffers, step by step, with torch.nn.NAME, with a type, or with OTHER.DLL:TYPE", HelpName = "NAME" };
        var referenceArguments = new Option<string[]>("--reference-args") { Description = "arguments of the reference, where they aren't those of --args", HelpName = "VALUE", AllowMultipleArgumentsPerToken = true };
        var order = new Option<int>("--order") { Description = "1 for the derivative, 2 for its derivative too", HelpName = "N", DefaultValueFactory = _ => 1 };
        var mode = new Option<string>("--mode") { Description = "full compares every derivative, fast random projections of them", HelpName = "MODE", DefaultValueFactory = _ => "full" };
        var dtype = new Option<string>("--dtype") { Description = "float64 or complex128", HelpName = "DTYPE", DefaultValueFactory = _ => "float64" };
        var eval = new Option<bool>("--eval") { Description = "check the module in evaluation mode, not in training mode" };
        var device = new Option<string>("--device") { Description = "where to compute: cpu, cuda, cuda:1", HelpName = "DEVICE", DefaultValueFactory = _ => "cpu" };
        var seed = new Option<long>("--seed") { Description = "seed of every random number", HelpName = "N", DefaultValueFactory = _ => 1 };
        var timeout = new Option<double>("--timeout") { Description = "seconds after which the check is stopped", HelpName = "SECONDS", DefaultValueFactory = _ => DefaultTimeout };
        var report = new Option<string?>("--report") { Description = "write report.txt, report.json, report.html and junit.xml to this folder", HelpName = "DIR" };
        var command = new Command("check", "check the gradient of your own module against differences with error bars; exits with 0 only if it is proven right")
        {
            assembly, type, function, arguments, input, reference, referenceArguments, order, mode, dtype, eval, device, seed, timeout, report,
        };
        command.SetAction((parsed, stop) =>
        {
            var options = new Options(parsed.GetValue(mode)!, parsed.GetValue(dtype)!, parsed.GetValue(timeout), parsed.GetValue(report));
            var request = new CheckRequest
            {
                Assembly = parsed.GetValue(assembly)!,
                Type = parsed.GetValue(type),
                Function = parsed.GetValue(function),
                Arguments = parsed.GetValue(arguments) ?? [],
                Inputs = parsed.GetValue(input) ?? [],
                Reference = parsed.GetValue(reference),
                ReferenceArguments = parsed.GetResult(referenceArguments) is null ? null : parsed.GetValue(referenceArguments),
                Order = parsed.GetValue(order),
                Seed = parsed.GetValue(seed),
                Eval = parsed.GetValue(eval),
                Device = parsed.GetValue(device)!,
            };
            return RunAsync(Complete(request, options), options, console, stop);
        });
        return command;
    }

    private static async Task<int> RunAsync(CheckRequest request, Options options, IAnsiConsole console, CancellationToken stop)
    {
        ReportFolder.Require(options.Report);
        var timeout = TimeSpan.FromSeconds(options.Timeout);
        // In a file or a pipe, what is going on is only in the way of what comes of it.
        var end = console.Profile.Capabilities.Interactive
            ? await console.Status().StartAsync("starting ...", status => CheckProcess.RunAsync(request, timeout, text => status.Status = Markup.Escape($"{text} ..."), stop))
            : await CheckProcess.RunAsync(request, timeout, _ => { }, stop);
        if (end.Refusal is not null) throw new UsageException(end.Refusal);
        if (end.Missing is not null) throw new DllNotFoundException(end.Missing);
        var results = end.Results.ToList();
        if (!end.Done)
            results.Add(CheckResult.Of(results.Count == 0 ? CheckResult.Gradient : CheckResult.Parity, EndedReport.Of(end, request.Type ?? request.Function!, request.Seed, timeout)));
        foreach (var remark in end.Remarks) console.MarkupLineInterpolated($"[yellow]note:[/] {remark}");
        for (var i = 0; i < results.Count; i++)
        {
            if (i > 0) console.WriteLine();
            Write(console, results[i]);
            if (options.Report is not null) ReportFolder.Write(options.Report, results[i]);
        }
        WritePrinted(console, end);
        if (options.Report is not null) console.WriteLine($"written to {options.Report}: {(results.Count > 1 ? "report.* and junit.xml, parity.* and junit-parity.xml" : "report.txt, report.json, report.html, junit.xml")}");
        return results.All(result => result.Verdict is Verdict.Pass or Verdict.Kink) ? ExitCode.Agrees : ExitCode.Differs;
    }

    /// <summary>The report, its first word in the verdict's colour.</summary>
    private static void Write(IAnsiConsole console, CheckResult result)
    {
        var colour = result.Verdict switch { Verdict.Pass => "green", Verdict.Fail => "red", _ => "yellow" };
        var word = result.Text.IndexOf(':', StringComparison.Ordinal);
        console.Markup($"[{colour}]{Markup.Escape(result.Text[..word])}[/]");
        console.WriteLine(result.Text[word..].TrimEnd('\n'));
    }

    private static void WritePrinted(IAnsiConsole console, CheckEnd end)
    {
        if (end.PrintedCount == 0) return;
        console.WriteLine();
        console.WriteLine($"The checked code printed {end.PrintedCount} {(end.PrintedCount == 1 ? "line" : "lines")}{(end.PrintedCount > end.Printed.Count ? $", the first {end.Printed.Count} of which are" : "")}:");
        foreach (var line in end.Printed) console.WriteLine($"  {line}");
    }

    /// <summary>What can be refused before anything is loaded is refused here.</summary>
    private static CheckRequest Complete(CheckRequest request, Options options)
    {
        CheckedAssembly.Require(request.Assembly);
        if (request.Type is not null && request.Function is not null) throw new UsageException("--type and --function exclude each other: expected one of them but got both");
        if (request.Function is not null && request.Reference is not null) throw new UsageException("--reference compares modules: expected --type but got --function");
        if (request.Reference is null && request.ReferenceArguments is not null) throw new UsageException("--reference-args needs --reference: expected both but got only the arguments");
        if (request.Order is not (1 or 2)) throw new UsageException($"--order must be 1 or 2 but got {request.Order}");
        if (!(options.Timeout is > 0 and <= int.MaxValue / 1000)) throw new UsageException(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"--timeout must be a positive number of seconds but got {options.Timeout}"));
        if (request.Type is not null || request.Function is not null)
        {
            if (request.Inputs.Count == 0) throw new UsageException("--input must give the shape of the input: expected such as --input 4x8 but got none");
            if (request.Type is not null && request.Inputs.Count > 1) throw new UsageException($"--input must be given once for a module, which takes one tensor: expected 1 but got {request.Inputs.Count}");
        }
        foreach (var input in request.Inputs) InputSpec.Parse(input);
        return request with
        {
            Mode = options.Mode switch { "full" => GradCheckMode.Full, "fast" => GradCheckMode.Fast, _ => throw new UsageException($"--mode must be full or fast but got '{options.Mode}'") },
            Complex = options.Dtype switch { "float64" => false, "complex128" => true, _ => throw new UsageException($"--dtype must be float64 or complex128, in which differences can be taken accurately, but got '{options.Dtype}'") },
        };
    }

    private sealed record Options(string Mode, string Dtype, double Timeout, string? Report);
}
