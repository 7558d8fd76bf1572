using System.Diagnostics;
using System.Globalization;
using TorchRef.Cli.Peers;

namespace TorchRef.Benchmarks.Measuring;

/// <summary>
/// A Python process that waits while C# is measured and does its own timed work when it is asked: one line in, one
/// number out.
/// </summary>
internal sealed class PythonPeer : IDisposable
{
    private readonly Process _process;

    private PythonPeer(string program, string script)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "peers", script);
        _process = Process.Start(new ProcessStartInfo(program, [path]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
    }

    /// <summary>Starts a script of the folder peers; null where there is no Python with torch.</summary>
    public static PythonPeer? Start(string script)
    {
        if (Python.Program is { } program) return new PythonPeer(program, script);
        Console.WriteLine($"{Python.NotFound}: C# is measured alone.\n");
        return null;
    }

    public double Ask(string request)
    {
        _process.StandardInput.WriteLine(request);
        _process.StandardInput.Flush();
        var answer = _process.StandardOutput.ReadLine()
            ?? throw new InvalidOperationException($"the Python peer must answer: expected a number for '{request}' but it ended");
        return double.Parse(answer, CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
