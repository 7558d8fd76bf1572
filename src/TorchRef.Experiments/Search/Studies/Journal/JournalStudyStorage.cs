using TorchRef.Experiments.Search.Studies.Replay;
using TorchRef.Experiments.Search.Studies.Workers;

namespace TorchRef.Experiments.Search.Studies.Journal;

/// <summary>Studies in a file of the format of Optuna's <c>JournalStorage(JournalFileBackend(path))</c>, which Optuna may use at the same time.</summary>
internal sealed class JournalStudyStorage : ReplayedStorage
{
    private const string WorkerPrefix = "torchref-";

    private readonly Lock _gate = new();
    private readonly JournalFile _file;
    private readonly JournalLineReader _reader = new();
    private readonly StudyReplay _log = new();
    private readonly Action<string> _notice;
    private readonly WorkerFolder _workers;
    private WorkerBeacon? _beacon;

    /// <summary>Opens the file; an empty one is made when there is none.</summary>
    /// <param name="path">The file, in a folder that exists.</param>
    /// <param name="notice">Told, in one line, what a user should know of a long wait.</param>
    /// <param name="clock">What dates and periods are taken from.</param>
    /// <exception cref="StudyStorageException">It can't be read or made, or isn't a journal.</exception>
    public JournalStudyStorage(string path, Action<string> notice, TimeProvider clock)
        : base(clock)
    {
        _file = new(path);
        _notice = notice;
        _workers = new($"{path}.workers");
        Guarded(() =>
        {
            if (Directory.Exists(path)) throw new StudyStorageException($"A study is kept in a file: expected a file but {path} is a folder");
            if (!File.Exists(path)) new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete).Dispose();
            Refresh();
            return true;
        });
        _workers.Sweep(BusyWorkers());
    }

    public override string Location => _file.Path;

    public override string Worker { get; } = $"{WorkerPrefix}{Guid.NewGuid():N}";

    public override WorkerSign SignOf(TrialRecord trial)
    {
        if (trial.Worker is not { } worker || !worker.StartsWith(WorkerPrefix, StringComparison.Ordinal)) return new(WorkerLife.Foreign, null);
        return worker == Worker ? new(WorkerLife.Alive, null) : _workers.Read(worker);
    }

    public override TrialRecord? Abandon(TrialRecord trial, bool again)
    {
        TrialRecord? queued = base.Abandon(trial, again);
        if (trial.Worker is { } worker && !BusyWorkers().Contains(worker)) _workers.Remove(worker);
        return queued;
    }

    public override void Dispose()
    {
        lock (_gate)
        {
            if (_beacon is not { } beacon) return;
            _beacon = null;
            if (BusyWorkers().Contains(Worker)) beacon.Abandon();
            else beacon.Dispose();
        }
    }

    protected override T Read<T>(Func<StudyReplay, T> read) => Guarded(() =>
    {
        Refresh();
        return read(_log);
    });

    protected override IReadOnlyList<Applied> Commit(Func<StudyReplay, IReadOnlyList<Operation>> decide) => Guarded(() =>
    {
        while (true)
        {
            IReadOnlyList<Operation> operations;
            using (JournalLock held = JournalLock.Take(_file.Path, Clock, _notice))
            {
                MendTail(held);
                operations = decide(_log);
                if (operations.Count == 0) return [];
                // The sign of life comes first: there is no moment at which a trial runs without one.
                if (operations.Any(MakesRun)) _beacon ??= new(_workers, Worker);
                byte[] lines = JournalLineWriter.Write(operations);
                // Asleep for half a minute since the lock was taken, one no longer has it, and others have written.
                if (!held.IsHeld()) continue;
                _file.Append(lines);
            }

            IReadOnlyList<Applied> mine = Refresh();
            return mine.Count == operations.Count ? mine
                : throw new StudyStorageException($"What is written to a journal must be there afterwards: expected {operations.Count} new lines of this worker in {Location} but got {mine.Count}");
        }
    });

    private static bool MakesRun(Operation operation) => operation is CreateTrial { State: TrialState.Running } or SetTrialState { State: TrialState.Running };

    /// <summary>Replays what is new.</summary>
    /// <returns>What became of this worker's own operations.</returns>
    private List<Applied> Refresh()
    {
        var mine = new List<Applied>();
        Read(mine);
        return mine;
    }

    private byte[] Read(List<Applied> mine) => _file.Read(line =>
    {
        if (_reader.Read(line) is not { } operation) return;
        Applied applied = _log.Apply(operation);
        if (operation.Worker == Worker) mine.Add(applied);
    });

    /// <summary>Replays what is new, and leaves the file at the end of a line: what a dead writer left of one is completed where only its end is missing, and cut off otherwise.</summary>
    private void MendTail(JournalLock held)
    {
        byte[] tail = Read([]);
        if (tail.Length == 0 || !held.IsHeld()) return;
        if (IsWhole(tail)) _file.Append("\n"u8);
        else _file.CutTail();
        Refresh();
    }

    private bool IsWhole(byte[] tail)
    {
        try
        {
            _reader.Read(tail);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private HashSet<string> BusyWorkers()
    {
        lock (_gate)
        {
            return [.. _log.Studies.SelectMany(study => study.Trials).Where(trial => trial is { State: TrialState.Running, Worker: not null }).Select(trial => trial.Worker!)];
        }
    }

    private T Guarded<T>(Func<T> action)
    {
        lock (_gate)
        {
            try
            {
                return action();
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new StudyStorageException($"The study's file must be readable and writable: expected {Location} to be but got: {error.Message.ReplaceLineEndings(" ")}", error);
            }
        }
    }
}
