using TorchRef.Experiments.Data;

namespace TorchRef.Cli.Bench;

/// <summary>The Python programs that a bench asks: one process with all threads, a crew of one thread each, and the images that they train with.</summary>
internal sealed class BenchPeers : IDisposable
{
    // Idle threads of OpenMP spin for a while before they sleep; those of one contender would take cores from the next.
    private static readonly TimeSpan s_spinning = TimeSpan.FromMilliseconds(200);

    private readonly string _images = Path.GetTempFileName();
    private readonly CancellationToken _stop;
    private readonly CancellationTokenRegistration _ending;

    /// <summary>Starts them.</summary>
    /// <param name="script">The program.</param>
    /// <param name="sets">Its images: the pixels of all, then the labels of all.</param>
    /// <param name="crew">How many processes the crew has.</param>
    /// <param name="stop">Ends them in the middle of their answers.</param>
    public BenchPeers(string script, IReadOnlyList<DigitSet> sets, int crew, CancellationToken stop)
    {
        using (var file = File.Create(_images))
        {
            foreach (var set in sets) file.Write(set.Pixels);
            foreach (var set in sets) file.Write(set.Labels);
        }
        _stop = stop;
        Plain = TrainingPeer.Start(script, _images, Environment.ProcessorCount);
        Crew = PeerCrew.Start(script, _images, crew);
        _ending = stop.Register(() =>
        {
            Plain?.Kill();
            Crew.Kill();
        });
    }

    /// <summary>One process with all threads; null where there is no Python with torch.</summary>
    public TrainingPeer? Plain { get; }

    /// <summary>Processes of one thread; none where there is no Python with torch.</summary>
    public PeerCrew Crew { get; }

    /// <summary>Takes the time of one contender, when the one before has come to rest.</summary>
    /// <param name="seconds">Where it goes; null for a round that warms up.</param>
    /// <param name="work">Does the work and says how long it took.</param>
    public void Measure(List<double>? seconds, Func<double> work)
    {
        _stop.ThrowIfCancellationRequested();
        Thread.Sleep(s_spinning);
        var measured = work();
        _stop.ThrowIfCancellationRequested();
        seconds?.Add(measured);
    }

    public void Dispose()
    {
        _ending.Dispose();
        Plain?.Dispose();
        Crew.Dispose();
        File.Delete(_images);
    }
}
