using System.CommandLine;
using System.Diagnostics;
using System.IO.Pipes;
using System.Text;
using System.Text.Json;
using TorchRef.Cli.Checking;

namespace TorchRef.Cli.Commands;

/// <summary>
/// The process that <c>torchref check</c> starts for other people's code. Not for people: it takes the request from its
/// standard input and writes messages to the pipe that its argument names.
/// </summary>
internal static class CheckChildCommand
{
    public const string Name = "check-child";

    public static Command Create()
    {
        var pipe = new Argument<string>("pipe");
        var command = new Command(Name) { pipe };
        command.Hidden = true;
        command.SetAction((parsed, _) => Task.FromResult(Run(parsed.GetValue(pipe)!)));
        return command;
    }

    private static int Run(string handle)
    {
        var input = new StreamReader(Console.OpenStandardInput(), Encoding.UTF8);
        if (JsonSerializer.Deserialize<CheckRequest>(input.ReadLine() ?? "null") is not { } request)
            throw new UsageException($"{Name} is started by 'torchref check', not by people: expected a request but got none");
        EndWith(input);
        // What the checked code reads must not be what tells of the other process's end.
        Console.SetIn(TextReader.Null);
        using var pipe = new AnonymousPipeClientStream(PipeDirection.Out, handle);
        using var writer = new StreamWriter(pipe, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        new CheckWorker(request, message =>
        {
            lock (writer)
            {
                writer.WriteLine(message.ToLine());
                writer.Flush();
            }
        }).Run();
        return ExitCode.Agrees;
    }

    /// <summary>Ends this process when the one that started it is gone: code that never ends would outlive it.</summary>
    private static void EndWith(StreamReader input)
    {
        var watch = new Thread(() =>
        {
            try
            {
                while (input.ReadLine() is not null) { }
            }
            catch (IOException)
            {
                // A broken pipe says the same as one that is closed.
            }
            Process.GetCurrentProcess().Kill();
        })
        { IsBackground = true };
        watch.Start();
    }
}
