using System.Runtime.ExceptionServices;
using static TorchSharp.torch;

namespace TorchRef.Experiments.Training;

/// <summary>Threads of our own, each of which lets libtorch use one thread for an operator.</summary>
/// <remarks>
/// Operators of the sizes at hand are too short to be shared out between cores; whole groups of replicas aren't. How many
/// threads an operator may take is a setting of the thread that calls it, in OpenMP and in the BLAS on top of it, so that
/// it must be made on these threads, and must not be made on threads that others use after us (those of the pool).
/// </remarks>
internal sealed class WorkerThreads : IDisposable
{
    private readonly int _threadsOfOperators = get_num_threads();
    private readonly Thread[] _threads;
    private readonly SemaphoreSlim _work = new(0);
    private readonly CountdownEvent _finished = new(1);
    private readonly List<Exception> _failures = [];
    private Action<int>? _job;
    private int _next, _count;
    private bool _ends;

    public WorkerThreads(int count)
    {
        _threads = [.. Enumerable.Range(0, count).Select(i => new Thread(Loop) { IsBackground = true, Name = $"replicas {i}" })];
        foreach (var thread in _threads) thread.Start();
    }

    /// <summary>Does a job for 0, 1, … on all threads, and waits; each takes the next number when it is through with one.</summary>
    /// <exception cref="Exception">The first that a job threw; the other jobs were finished or not begun.</exception>
    public void ForEach(int count, Action<int> job)
    {
        (_job, _next, _count) = (job, -1, count);
        _failures.Clear();
        _finished.Reset(_threads.Length);
        _work.Release(_threads.Length);
        _finished.Wait();
        if (_failures.Count > 0) ExceptionDispatchInfo.Throw(_failures[0]);
    }

    public void Dispose()
    {
        _ends = true;
        _work.Release(_threads.Length);
        foreach (var thread in _threads) thread.Join();
        // libtorch also keeps the last setting for threads that are still to come.
        set_num_threads(_threadsOfOperators);
        _work.Dispose();
        _finished.Dispose();
    }

    private void Loop()
    {
        set_num_threads(1);
        for (_work.Wait(); !_ends; _work.Wait())
        {
            Work();
            _finished.Signal();
        }
    }

    private void Work()
    {
        try
        {
            for (var i = Interlocked.Increment(ref _next); i < _count; i = Interlocked.Increment(ref _next)) _job!(i);
        }
        catch (Exception exception)
        {
            lock (_failures) _failures.Add(exception);
            Volatile.Write(ref _next, _count);
        }
    }
}
