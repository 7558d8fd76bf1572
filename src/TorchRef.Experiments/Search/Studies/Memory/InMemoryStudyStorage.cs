using TorchRef.Experiments.Search.Studies.Replay;

namespace TorchRef.Experiments.Search.Studies.Memory;

/// <summary>Studies that last as long as the process: for searches that nobody wants to keep, and for tests.</summary>
internal sealed class InMemoryStudyStorage : ReplayedStorage
{
    private readonly StudyReplay _log;
    private readonly Dictionary<string, bool> _lives;

    /// <param name="clock">What dates are taken from.</param>
    public InMemoryStudyStorage(TimeProvider? clock = null)
        : this(new(), new(StringComparer.Ordinal), clock ?? TimeProvider.System)
    {
    }

    private InMemoryStudyStorage(StudyReplay log, Dictionary<string, bool> lives, TimeProvider clock)
        : base(clock)
    {
        (_log, _lives) = (log, lives);
        lock (_log)
        {
            Worker = $"worker {lives.Count}";
            lives.Add(Worker, true);
        }
    }

    public override string Location => "memory";

    public override string Worker { get; }

    /// <summary>Another worker on the same studies.</summary>
    public InMemoryStudyStorage Another() => new(_log, _lives, Clock);

    public override WorkerSign SignOf(TrialRecord trial)
    {
        lock (_log)
        {
            if (trial.Worker is null || !_lives.TryGetValue(trial.Worker, out bool alive)) return new(WorkerLife.Foreign, null);
            return new(alive ? WorkerLife.Alive : WorkerLife.Dead, null);
        }
    }

    /// <summary>The worker is dead from now on.</summary>
    public override void Dispose()
    {
        lock (_log) _lives[Worker] = false;
    }

    protected override T Read<T>(Func<StudyReplay, T> read)
    {
        lock (_log) return read(_log);
    }

    protected override IReadOnlyList<Applied> Commit(Func<StudyReplay, IReadOnlyList<Operation>> decide)
    {
        lock (_log) return [.. decide(_log).Select(_log.Apply)];
    }
}
