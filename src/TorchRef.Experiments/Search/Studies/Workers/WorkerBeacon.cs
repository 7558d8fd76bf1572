using TorchRef.Experiments.Search.Studies.PythonJson;

namespace TorchRef.Experiments.Search.Studies.Workers;

/// <summary>A worker's sign of life beside a journal: a small file that says which process it is and changes every few seconds.</summary>
internal sealed class WorkerBeacon : IDisposable
{
    private static readonly TimeSpan _everyTenSeconds = TimeSpan.FromSeconds(10);

    private readonly WorkerFolder _folder;
    private readonly string _worker;
    private readonly TimeSpan _interval;
    private readonly ManualResetEventSlim _stop = new();
    private readonly Thread _thread;
    private long _beats;

    /// <summary>Gives the first sign at once.</summary>
    /// <param name="folder">Where it is given.</param>
    /// <param name="worker">The worker.</param>
    /// <param name="interval">How often it changes; every ten seconds when null.</param>
    /// <exception cref="IOException">It can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public WorkerBeacon(WorkerFolder folder, string worker, TimeSpan? interval = null)
    {
        (_folder, _worker, _interval) = (folder, worker, interval ?? _everyTenSeconds);
        Beat(hasEnded: false);
        // A thread of its own: the pool's may all be busy with training.
        _thread = new Thread(Run) { IsBackground = true, Name = "sign of life" };
        _thread.Start();
    }

    /// <summary>Ends with the worker's work: the file goes.</summary>
    public void Dispose() => End(() => _folder.Remove(_worker));

    /// <summary>Ends though trials are left running: the file says so, and others needn't wait for a sign.</summary>
    public void Abandon() => End(() => Beat(hasEnded: true));

    private void End(Action last)
    {
        _stop.Set();
        _thread.Join();
        _stop.Dispose();
        last();
    }

    private void Run()
    {
        while (!_stop.Wait(_interval))
        {
            try
            {
                Beat(hasEnded: false);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // The next one may get through; when none does, the trials are others', which the next write says.
            }
        }
    }

    private void Beat(bool hasEnded) => _folder.Write(_worker, PyJson.DictOf([.. WorkerProcess.Current.ToFields(), new("beat", ++_beats), new("ended", hasEnded)]).ToString());
}
