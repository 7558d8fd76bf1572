using System.Diagnostics;
using System.IO.Pipes;
using System.Text;
using System.Text.Json;
using TorchRef.Cli.Commands;

namespace TorchRef.Cli.Checking;

/// <summary>
/// Runs a check in a process of its own: other people's code may abort it (an exception inside a custom backward does),
/// never end, or print. The request goes in by standard input, messages come back by a pipe.
/// </summary>
internal sealed class CheckProcess
{
    private const int KeptErrorLines = 400;
    private const int FirstPrintedLines = 5;

    /// <summary>How long streams of an ended process may still hold something back.</summary>
    private static readonly TimeSpan s_drain = TimeSpan.FromSeconds(5);

    private readonly List<CheckResult> _results = [];
    private readonly List<string> _remarks = [];
    private readonly Queue<string> _lastErrors = [];
    private readonly List<string> _printed = [];
    private readonly Action<string> _status;
    private long _printedCount;
    private string _stage = "starting";
    private CheckMessage _last = new();

    private CheckProcess(Action<string> status) => _status = status;

    /// <summary>Runs one to its end.</summary>
    /// <param name="request">What to check.</param>
    /// <param name="timeout">After which it is ended.</param>
    /// <param name="status">Told what is being done.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static Task<CheckEnd> RunAsync(CheckRequest request, TimeSpan timeout, Action<string> status, CancellationToken stop) =>
        new CheckProcess(status).RunAsync(request, timeout, stop);

    private async Task<CheckEnd> RunAsync(CheckRequest request, TimeSpan timeout, CancellationToken stop)
    {
        var started = Stopwatch.GetTimestamp();
        await using var pipe = new AnonymousPipeServerStream(PipeDirection.In, HandleInheritability.Inheritable);
        using var process = Process.Start(Self(pipe.GetClientHandleAsString())) ?? throw new IOException("the process for the check could not be started");
        pipe.DisposeLocalCopyOfClientHandle();
        using var time = CancellationTokenSource.CreateLinkedTokenSource(stop);
        time.CancelAfter(timeout);
        var reading = Task.WhenAll(ReadMessages(pipe), ReadErrors(process.StandardError), ReadPrinted(process.StandardOutput));
        var timedOut = false;
        try
        {
            // It stays open: the child takes its end for ours.
            await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(request));
            await process.StandardInput.FlushAsync(CancellationToken.None);
            await process.WaitForExitAsync(time.Token);
        }
        catch (OperationCanceledException)
        {
            stop.ThrowIfCancellationRequested();
            timedOut = true;
        }
        catch (IOException)
        {
            // It ended before it read the request; how, its exit code tells.
            await process.WaitForExitAsync(CancellationToken.None);
        }
        finally
        {
            Kill(process);
        }
        await Task.WhenAny(reading, Task.Delay(s_drain, CancellationToken.None));
        lock (_results)
            return new CheckEnd
            {
                Results = [.. _results],
                Remarks = [.. _remarks],
                Stage = _stage,
                Done = _last.Done == true,
                TimedOut = timedOut,
                ExitCode = timedOut ? 0 : process.ExitCode,
                Refusal = _last.Refusal,
                Missing = _last.Missing,
                Thrown = _last.Thrown,
                LastErrors = LastWords.Of([.. _lastErrors]),
                Printed = [.. _printed],
                PrintedCount = _printedCount,
                Elapsed = Stopwatch.GetElapsedTime(started),
            };
    }

    private async Task ReadMessages(Stream pipe)
    {
        using var reader = new StreamReader(pipe, Encoding.UTF8);
        var stage = "";
        while (await reader.ReadLineAsync() is { } line)
        {
            if (CheckMessage.OfLine(line) is not { } message) continue;
            lock (_results)
            {
                if (message.Result is { } result) _results.Add(result);
                else if (message.Remark is { } remark) _remarks.Add(remark);
                else if (message.Stage is { } next) _stage = next;
                else if (message.Share is null) _last = message;
                stage = _stage;
            }
            _status(message.Share is { } share ? $"{stage}, {(int)(100 * Math.Clamp(share, 0, 1))} %" : stage);
        }
    }

    private async Task ReadErrors(StreamReader errors)
    {
        while (await errors.ReadLineAsync() is { } line)
            lock (_results)
            {
                _lastErrors.Enqueue(line);
                if (_lastErrors.Count > KeptErrorLines) _lastErrors.Dequeue();
            }
    }

    private async Task ReadPrinted(StreamReader output)
    {
        while (await output.ReadLineAsync() is { } line)
            lock (_results)
                if (_printedCount++ < FirstPrintedLines) _printed.Add(line);
    }

    private static void Kill(Process process)
    {
        try
        {
            if (process.HasExited) return;
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }
        catch (InvalidOperationException)
        {
            // It ended in between.
        }
    }

    /// <summary>This program again: by its own executable, or by the dotnet that runs it.</summary>
    private static ProcessStartInfo Self(string pipe)
    {
        var program = typeof(CheckProcess).Assembly.Location;
        var host = Environment.ProcessPath ?? "dotnet";
        var isOwnHost = program.Length == 0 || Path.GetFileNameWithoutExtension(host) == Path.GetFileNameWithoutExtension(program);
        var isDotnet = Path.GetFileNameWithoutExtension(host) == "dotnet";
        var start = new ProcessStartInfo(isOwnHost || isDotnet ? host : Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        if (!isOwnHost) start.ArgumentList.Add(program);
        start.ArgumentList.Add(CheckChildCommand.Name);
        start.ArgumentList.Add(pipe);
        // An abort is expected here: it needs no dump of memory.
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        return start;
    }
}
