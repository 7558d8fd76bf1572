using System.Diagnostics;
using System.Globalization;
using TorchRef.Cli.Peers;

namespace TorchRef.Cli.Bench;

/// <summary>A Python process that trains the same networks one after the other, or multiplies their matrices.</summary>
internal sealed class BnInitPeer : IDisposable
{
    private readonly Process _process;

    private BnInitPeer(string program, string images, int threads)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "Bench", "peers", "bn_init_peer.py");
        _process = Process.Start(new ProcessStartInfo(program, ["-B", script, images, threads.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
    }

    /// <summary>Starts it; null where there is no Python with torch.</summary>
    /// <param name="images">A file of 1000 images and then their labels, in bytes.</param>
    /// <param name="threads">Threads of an operator.</param>
    public static BnInitPeer? Start(string images, int threads) => Python.Program is { } program ? new BnInitPeer(program, images, threads) : null;

    /// <summary>Seconds for training all 32 networks.</summary>
    public double Train() => Ask("train");

    /// <summary>Seconds for the matrix products of some of them.</summary>
    public double Products(int networks) => Ask($"products {networks}");

    /// <summary>Ends it in the middle of an answer; whoever waits for that gets an <see cref="IOException"/>.</summary>
    public void Kill() => _process.Kill();

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private double Ask(string request)
    {
        _process.StandardInput.WriteLine(request);
        _process.StandardInput.Flush();
        var answer = _process.StandardOutput.ReadLine() ?? throw new IOException($"the Python peer must answer: expected seconds for '{request}' but it ended");
        return double.Parse(answer, CultureInfo.InvariantCulture);
    }
}
