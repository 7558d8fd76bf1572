using TorchRef.Experiments.Search.Studies.Replay;

namespace TorchRef.Experiments.Search.Studies.Recovery;

/// <summary>Finds the trials that killed processes left running, marks them failed and queues their parameters again.</summary>
/// <remarks>
/// <para>Called at the start of a search and now and then. Several processes may find the same trial at once: one of them gets it.</para>
/// <para>On the host of this process a worker is dead when its process is gone, and that is seen at once. On another host it is dead when its
/// sign of life has stood still for <see cref="RecoveryOptions.Patience"/>, counted by this process alone from when it first looked, so
/// that neither clocks that differ nor a search begun just now can make a living worker look dead. Should one be declared dead all the
/// same, because it was suspended, its next <see cref="IStudyStorage.Write"/> says that the trial is lost.</para>
/// <para>Trials of other programs, Optuna's among them, are left alone: nothing says whether their process lives.</para>
/// </remarks>
public sealed class DeadWorkerRecovery
{
    private readonly IStudyStorage _storage;
    private readonly long _studyId;
    private readonly RecoveryOptions _options;
    private readonly TimeProvider _clock;
    private Dictionary<string, (string? Beat, long Since)> _watched = new(StringComparer.Ordinal);

    /// <param name="storage">The storage.</param>
    /// <param name="studyId">The study whose trials are looked at.</param>
    /// <param name="options">When a worker counts as dead; the defaults when null.</param>
    /// <param name="clock">What time is counted by; the system's when null.</param>
    public DeadWorkerRecovery(IStudyStorage storage, long studyId, RecoveryOptions? options = null, TimeProvider? clock = null) =>
        (_storage, _studyId, _options, _clock) = (storage, studyId, options ?? new(), clock ?? TimeProvider.System);

    /// <summary>How many trials of workers on other hosts are watched: whether these live the next calls will tell.</summary>
    public int Watched { get; private set; }

    /// <summary>Looks at all running trials.</summary>
    /// <returns>Those that this call has ended.</returns>
    public IReadOnlyList<RecoveredTrial> Recover()
    {
        var recovered = new List<RecoveredTrial>();
        var watched = new Dictionary<string, (string? Beat, long Since)>(StringComparer.Ordinal);
        var dead = new Dictionary<string, bool>(StringComparer.Ordinal);
        Watched = 0;
        foreach (TrialRecord trial in _storage.Trials(_studyId).Where(trial => trial.State == TrialState.Running))
        {
            if (trial.Worker is not { } worker || worker == _storage.Worker) continue;
            if (!dead.TryGetValue(worker, out bool isDead)) dead[worker] = isDead = IsDead(_storage.SignOf(trial), worker, watched);
            if (!isDead)
            {
                if (watched.ContainsKey(worker)) Watched++;
                continue;
            }

            TrialRecord? again = _storage.Abandon(trial, again: Retry.History(trial).Count < _options.MaxRetries);
            recovered.Add(new(trial, again));
        }

        _watched = watched;
        return recovered;
    }

    private bool IsDead(WorkerSign sign, string worker, Dictionary<string, (string? Beat, long Since)> watched)
    {
        if (sign.Life != WorkerLife.Elsewhere) return sign.Life == WorkerLife.Dead;
        if (!_watched.TryGetValue(worker, out (string? Beat, long Since) before) || before.Beat != sign.Beat) before = (sign.Beat, _clock.GetTimestamp());
        if (_clock.GetElapsedTime(before.Since) >= _options.Patience) return true;
        watched[worker] = before;
        return false;
    }
}
