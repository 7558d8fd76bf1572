using System.CommandLine;
using System.CommandLine.Help;
using Spectre.Console;
using TorchRef.Cli.Commands;
using TorchRef.Cli.Verification;

namespace TorchRef.Cli.Tests.Support;

/// <summary>Runs the program inside the test, on consoles that remember what was written.</summary>
internal static class Shell
{
    /// <summary>Wide enough that no line of a report is broken.</summary>
    private const int Columns = 300;

    /// <summary>Runs a command line of the product, on its own modules.</summary>
    public static Outcome Run(params string[] arguments) => Run(Candidates.Own, arguments);

    /// <summary>Runs a command line on other modules.</summary>
    public static Outcome Run(Candidates candidates, string[] arguments, CancellationToken stop = default)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
        console.Profile.Width = Columns;
        var root = new Command("torchref", "the program")
        {
            new HelpOption(), new VersionOption(),
            VerifyCommand.Create(console, candidates),
            CheckCommand.Create(console),
            CheckChildCommand.Create(),
            RunCommand.Create(console),
            SearchCommand.Create(console),
            ClaimsCommand.Create(console),
            TrainCommand.Create(console),
            ModelsCommand.Create(console),
            DataCommand.Create(console),
            DoctorCommand.Create(console),
            BenchCommand.Create(console),
            NotebookCommand.Create(console),
            CompareCommand.Create(console),
            ConvertCommand.Create(console),
        };
        var code = CommandLine.Run(root, arguments, errors, stop);
        return new Outcome(code, output.ToString(), errors.ToString());
    }
}

/// <summary>How a run of the program ended.</summary>
internal sealed record Outcome(int Code, string Output, string Errors)
{
    /// <summary>The lines that name what differs, such as <c>DIFFERS CASE against REFERENCE: WHAT, worst in VARIANT</c>.</summary>
    public IReadOnlyList<string> Differences => [.. Output.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith("DIFFERS ", StringComparison.Ordinal))];

    /// <summary>What differs, each with the mode it differs in, such as <c>train: output</c>.</summary>
    public IReadOnlyList<string> WhatDiffers => [.. Differences.Select(ModeAndWhat).Distinct().Order(StringComparer.Ordinal)];

    public IReadOnlyList<string> ErrorLines => Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static string ModeAndWhat(string line)
    {
        var of = line["DIFFERS ".Length..].Split(" against ", 2);
        var what = of[1].Split(": ", 2)[1].Split(", worst in ", 2)[0];
        return $"{(of[0].EndsWith("eval", StringComparison.Ordinal) ? "eval" : "train")}: {what}";
    }
}
