using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using TorchRef.Cli.Peers;

namespace TorchRef.Cli.Bench;

/// <summary>PyTorch's gradcheck on the same planted faults, in a Python process that answers requests.</summary>
internal sealed class GradCheckPeer : IDisposable
{
    private readonly Process _process;

    private GradCheckPeer(string program)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "Faults", "peers", "gradcheck_peer.py");
        // Nothing is written beside the scripts; what the faults make torch complain of is of no interest.
        _process = Process.Start(new ProcessStartInfo(program, ["-B", script]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
    }

    /// <summary>Starts it; null where there is no Python with torch.</summary>
    public static GradCheckPeer? Start() => Python.Program is { } program ? new GradCheckPeer(program) : null;

    /// <summary>Which faults gradcheck catches, by their titles.</summary>
    public IReadOnlyDictionary<string, GradCheckAnswer> Faults() =>
        Ask("faults").ToDictionary(answer => answer.GetProperty("title").GetString()!, answer => new GradCheckAnswer(answer.GetProperty("slow").GetBoolean(), answer.GetProperty("fast").GetBoolean()));

    /// <summary>How far each faulty gradient is from plain differences, by title; infinitely where it isn't a number.</summary>
    public IReadOnlyDictionary<string, double> Disagreements() =>
        Ask("plain").ToDictionary(answer => answer.GetProperty("title").GetString()!, answer => answer.GetProperty("disagreement") is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : double.PositiveInfinity);

    /// <summary>gradcheck in slow mode on batch normalisation of 32×16, on one thread: the median of its times, and evaluations.</summary>
    public (double seconds, long evaluations) Time(double seconds)
    {
        var answer = Ask(string.Create(CultureInfo.InvariantCulture, $"time {seconds}")).Single();
        return (answer.GetProperty("seconds").GetDouble(), answer.GetProperty("evaluations").GetInt64());
    }

    /// <summary>Ends it in the middle of an answer; whoever waits for that gets an <see cref="IOException"/>.</summary>
    public void Kill() => _process.Kill();

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private List<JsonElement> Ask(string request)
    {
        _process.StandardInput.WriteLine(request);
        _process.StandardInput.Flush();
        var answers = new List<JsonElement>();
        while (true)
        {
            var line = _process.StandardOutput.ReadLine() ?? throw new IOException($"the Python peer must answer: expected an answer to '{request}' but it ended");
            if (line.Length == 0) return answers;
            using var document = JsonDocument.Parse(line);
            answers.Add(document.RootElement.Clone());
        }
    }
}

/// <summary>Whether gradcheck caught a fault, with its defaults and in its fast mode.</summary>
internal sealed record GradCheckAnswer(bool Slow, bool Fast);
