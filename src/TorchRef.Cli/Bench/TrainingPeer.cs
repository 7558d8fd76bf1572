using System.Diagnostics;
using System.Globalization;
using TorchRef.Cli.Peers;

namespace TorchRef.Cli.Bench;

/// <summary>A Python process that trains the same networks one after the other, or multiplies their matrices.</summary>
internal sealed class TrainingPeer : IDisposable
{
    private readonly Process _process;

    private TrainingPeer(string program, string script, string images, int threads)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Bench", "peers", script);
        _process = Process.Start(new ProcessStartInfo(program, ["-B", path, images, threads.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
    }

    /// <summary>Starts it; null where there is no Python with torch.</summary>
    /// <param name="script">The name of the Python file.</param>
    /// <param name="images">A file of images and then their labels, in bytes.</param>
    /// <param name="threads">Threads of an operator.</param>
    public static TrainingPeer? Start(string script, string images, int threads) => Python.Program is { } program ? new TrainingPeer(program, script, images, threads) : null;

    /// <summary>Seconds for what it is asked to do.</summary>
    /// <exception cref="IOException">It ended instead.</exception>
    public double Ask(string request)
    {
        _process.StandardInput.WriteLine(request);
        _process.StandardInput.Flush();
        var answer = _process.StandardOutput.ReadLine() ?? throw new IOException($"the Python peer must answer: expected seconds for '{request}' but it ended");
        return double.Parse(answer, CultureInfo.InvariantCulture);
    }

    /// <summary>Ends it in the middle of an answer; whoever waits for that gets an <see cref="IOException"/>.</summary>
    public void Kill() => _process.Kill();

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
