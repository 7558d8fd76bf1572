using System.CommandLine;
using System.Runtime.InteropServices;

namespace TorchRef.Cli;

/// <summary>Runs the program's commands; whatever goes wrong becomes one line and an exit code.</summary>
internal static class CommandLine
{
    /// <summary>Set to anything, it adds the stack trace to an unexpected error.</summary>
    private const string TraceVariable = "TORCHREF_TRACE";

    public static int Run(Command root, string[] arguments, TextWriter errors, CancellationToken cancellation = default)
    {
        var parsed = root.Parse(arguments.Length == 0 ? ["--help"] : arguments);
        if (parsed.Errors.Count > 0)
        {
            // A command that isn't known is missing too; saying the first is enough.
            foreach (var error in parsed.UnmatchedTokens.Count > 0 ? parsed.Errors.Where(error => error.Message.Contains(parsed.UnmatchedTokens[0], StringComparison.Ordinal)) : parsed.Errors) errors.WriteLine($"torchref: {error.Message}");
            errors.WriteLine("torchref: 'torchref --help' lists the commands, 'torchref COMMAND --help' a command's options");
            return ExitCode.BadUsage;
        }
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var interrupt = OnInterrupt(stop);
        try
        {
            return parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, stop.Token).GetAwaiter().GetResult();
        }
        catch (Exception exception)
        {
            return Report(exception, errors);
        }
    }

    private static PosixSignalRegistration OnInterrupt(CancellationTokenSource stop) => PosixSignalRegistration.Create(PosixSignal.SIGINT, signal =>
    {
        // The first Ctrl-C asks, the second, which isn't cancelled, ends the process.
        signal.Cancel = !stop.IsCancellationRequested;
        stop.Cancel();
    });

    private static int Report(Exception exception, TextWriter errors)
    {
        var (code, message) = exception switch
        {
            OperationCanceledException => (ExitCode.Interrupted, "interrupted"),
            UsageException or IOException or UnauthorizedAccessException or InvalidDataException => (ExitCode.BadUsage, exception.Message),
            _ when EngineFault(exception) is { } fault => (ExitCode.NotReady, fault),
            _ => (ExitCode.Unexpected, $"unexpected {exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" ")} ({TraceVariable}=1 shows where)"),
        };
        errors.WriteLine($"torchref: {message}");
        if (code == ExitCode.Unexpected && Environment.GetEnvironmentVariable(TraceVariable) is { Length: > 0 }) errors.WriteLine(exception);
        return code;
    }

    /// <summary>The message of an engine that couldn't be loaded, however deeply the type initialisers wrapped it.</summary>
    internal static string? EngineFault(Exception exception)
    {
        var startsEngine = false;
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (inner is DllNotFoundException or BadImageFormatException) return inner.Message.ReplaceLineEndings(" ");
            startsEngine |= inner is TypeInitializationException { TypeName: "TorchSharp.torch" };
        }
        return startsEngine ? NativePart.Explain(AppContext.BaseDirectory) : null;
    }
}
