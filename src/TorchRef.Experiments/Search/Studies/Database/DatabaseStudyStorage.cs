using Npgsql;
using TorchRef.Experiments.Search.Studies.PythonJson;
using TorchRef.Experiments.Search.Studies.Replay;

namespace TorchRef.Experiments.Search.Studies.Database;

/// <summary>Studies in a PostgreSQL database with the tables of Optuna's <c>RDBStorage</c>, which Optuna may use at the same time.</summary>
/// <remarks>Each method is one transaction. Rows are locked as Optuna locks them, a study's before its trials' and trials' by id, so that nobody waits in a circle.</remarks>
internal sealed class DatabaseStudyStorage : IStudyStorage
{
    private const string WorkerPrefix = "torchref-";
    private const int Attempts = 5;

    private readonly NpgsqlDataSource _source;
    private readonly TrialTables _tables = new();
    private readonly DatabaseHeart _heart;
    private readonly Lock _gate = new();
    private readonly Dictionary<long, SortedDictionary<int, TrialRecord>> _known = [];

    /// <summary>Opens the database, and makes the tables where there are none.</summary>
    /// <exception cref="StudyStorageException">It doesn't answer, doesn't let the user in, or has other tables.</exception>
    public DatabaseStudyStorage(DatabaseAddress address)
    {
        Location = address.Text;
        _source = NpgsqlDataSource.Create(address.Settings);
        _heart = new(_source);
        try
        {
            DatabaseSchema.Prepare(_source, Location);
        }
        catch (Exception error)
        {
            _source.Dispose();
            if (error is NpgsqlException refused) throw DatabaseErrors.Of(refused, Location);
            throw;
        }
    }

    public string Location { get; }

    public string Worker { get; } = $"{WorkerPrefix}{Guid.NewGuid():N}";

    public IReadOnlyList<StudyRecord> Studies() => Transact(StudyTables.Read);

    public StudyRecord OpenStudy(string name, params IReadOnlyList<StudyDirection> directions)
    {
        StudyChecks.New(name, directions);
        StudyRecord study = Transact(transaction => StudyTables.Open(transaction, name, directions))
            ?? throw new StudyStorageException($"The study {name} was deleted in {Location} just now: expected it to stay");
        StudyChecks.Directions(study, directions, Location);
        return study;
    }

    public void SetStudyAttribute(long studyId, AttributeKind kind, string key, PyJson value) => Transact(transaction =>
    {
        LockStudies(transaction, studyId);
        StudyTables.Set(transaction, studyId, kind, key, value);
        return true;
    });

    public IReadOnlyList<TrialRecord> Trials(long studyId)
    {
        lock (_gate) return Transact(transaction => Trials(transaction, studyId));
    }

    public IReadOnlyList<TrialRecord> Create(long studyId, params IReadOnlyList<NewTrial> trials) => Create(studyId, _ => trials, seesTrials: false);

    public IReadOnlyList<TrialRecord> Create(long studyId, Func<IReadOnlyList<TrialRecord>, IReadOnlyList<NewTrial>> decide)
    {
        lock (_gate) return Create(studyId, decide, seesTrials: true);
    }

    public IReadOnlyList<TrialRecord> Claim(params IReadOnlyList<long> trialIds)
    {
        int[] asked = [.. trialIds.Select(Id)];
        IReadOnlyList<TrialRecord> got = Transact(transaction =>
        {
            RequireThere(transaction, asked);
            // Who waits for the lock looks again when it comes: what another worker took isn't waiting any more.
            int[] waiting = [.. transaction.Read(
                "SELECT trial_id FROM trials WHERE trial_id = ANY(@ids) AND state = 'WAITING' ORDER BY trial_id FOR UPDATE", row => row.GetInt32(0), ("ids", asked))];
            if (waiting.Length == 0) return [];
            transaction.Run("UPDATE trials SET state = 'RUNNING', datetime_start = @now WHERE trial_id = ANY(@ids)", ("now", Now()), ("ids", waiting));
            var writer = new TrialWriter();
            foreach (int id in waiting) writer.Run(id, WorkerMark.Of(Worker, hasEnded: false));
            writer.Write(transaction, Now());
            return _tables.Read(transaction, waiting);
        });
        _heart.Add(got.Select(trial => (int)trial.Id));
        return [.. asked.Distinct().SelectMany(id => got.Where(trial => trial.Id == id))];
    }

    public IReadOnlyList<long> Write(params IReadOnlyList<TrialChange> changes)
    {
        if (changes.Count == 0) return [];
        (IReadOnlyList<long> lost, int[] ended) = Transact(transaction => Write(transaction, changes));
        _heart.Remove([.. ended, .. lost.Select(Id)]);
        return lost;
    }

    public WorkerSign SignOf(TrialRecord trial)
    {
        if (trial.Worker is not { } worker || !worker.StartsWith(WorkerPrefix, StringComparison.Ordinal)) return new(WorkerLife.Foreign, null);
        if (worker == Worker) return new(WorkerLife.Alive, null);
        return Transact(transaction => transaction.Read(
            """
            SELECT a.value_json, h.heartbeat::text FROM trial_system_attributes a LEFT JOIN trial_heartbeats h ON h.trial_id = a.trial_id WHERE a.trial_id = @id AND a.key = @key
            """,
            row => WorkerMark.Sign(row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1)),
            ("id", Id(trial.Id)),
            ("key", WorkerMark.Key))) is [var sign] ? sign : new(WorkerLife.Foreign, null);
    }

    public TrialRecord? Abandon(TrialRecord trial, bool again) => Transact(transaction =>
    {
        LockStudies(transaction, trial.StudyId);
        LockTrials(transaction, [Id(trial.Id)]);
        if (_tables.Read(transaction, [Id(trial.Id)]) is not [{ State: TrialState.Running } current] || current.Worker != trial.Worker) return null;
        var writer = new TrialWriter();
        writer.Finish(Id(trial.Id), TrialState.Fail, null);
        NewTrial copy = NewTrial.Waiting() with { Params = [.. current.Params], UserAttributes = [.. current.UserAttributes], SystemAttributes = Retry.SystemAttributes(current) };
        int[] copies = again ? Insert(transaction, writer, trial.StudyId, [copy]) : [];
        writer.Write(transaction, Now());
        return _tables.Read(transaction, copies).SingleOrDefault();
    });

    public void Dispose()
    {
        _heart.Dispose();
        int[] left = _heart.Trials;
        try
        {
            // Trials left running: the mark says so, and others needn't wait for a heartbeat.
            if (left.Length > 0)
            {
                Transact(transaction =>
                {
                    transaction.Run(
                        "UPDATE trial_system_attributes SET value_json = @mark WHERE trial_id = ANY(@ids) AND key = @key",
                        ("mark", WorkerMark.Of(Worker, hasEnded: true)),
                        ("ids", left),
                        ("key", WorkerMark.Key));
                    return true;
                });
            }
        }
        catch (StudyStorageException)
        {
            // Without it they wait for a heartbeat, or see that this process is gone.
        }

        _source.Dispose();
    }

    private static int Id(long id) => id is >= 0 and <= int.MaxValue ? (int)id : -1;

    // What a column of type timestamp takes: without a zone, and UTC by agreement.
    private static DateTime Now() => DateTime.SpecifyKind(DateTime.UtcNow, DateTimeKind.Unspecified);

    private static void LockTrials(DatabaseTransaction transaction, int[] ids) =>
        transaction.Read("SELECT 1 FROM trials WHERE trial_id = ANY(@ids) ORDER BY trial_id FOR UPDATE", _ => 0, ("ids", ids));

    private void LockStudies(DatabaseTransaction transaction, params IReadOnlyList<long> ids)
    {
        int[] wanted = [.. ids.Select(Id).Distinct()], found = [.. transaction.Read(
            "SELECT study_id FROM studies WHERE study_id = ANY(@ids) ORDER BY study_id FOR UPDATE", row => row.GetInt32(0), ("ids", wanted))];
        if (wanted.Except(found).ToArray() is [var missing, ..]) throw new StudyStorageException($"The study must be in {Location}: expected one with the id {missing} but there is none");
    }

    private void RequireThere(DatabaseTransaction transaction, int[] ids)
    {
        List<int> found = transaction.Read("SELECT trial_id FROM trials WHERE trial_id = ANY(@ids)", row => row.GetInt32(0), ("ids", ids));
        if (ids.Except(found).ToArray() is [var missing, ..])
            throw new StudyStorageException($"The trials must be in {Location}: expected {string.Join(", ", ids.Distinct())} but there is no {missing}");
    }

    /// <summary>All trials of a study; those that are finished stay as they are, and are read once.</summary>
    private IReadOnlyList<TrialRecord> Trials(DatabaseTransaction transaction, long studyId)
    {
        if (transaction.Read("SELECT 1 FROM studies WHERE study_id = @id", _ => 1, ("id", Id(studyId))).Count == 0)
            throw new StudyStorageException($"The study must be in {Location}: expected one with the id {studyId} but there is none");
        if (!_known.TryGetValue(studyId, out SortedDictionary<int, TrialRecord>? known)) _known[studyId] = known = [];
        int[] open = [.. known.Values.Where(trial => !trial.State.IsFinished()).Select(trial => (int)trial.Id)];
        foreach (TrialRecord trial in _tables.Read(transaction, studyId, newerThan: known.Count == 0 ? -1 : known.Keys.Last(), open)) known[(int)trial.Id] = trial;
        return [.. known.Values];
    }

    private IReadOnlyList<TrialRecord> Create(long studyId, Func<IReadOnlyList<TrialRecord>, IReadOnlyList<NewTrial>> decide, bool seesTrials)
    {
        IReadOnlyList<TrialRecord> made = Transact(transaction =>
        {
            LockStudies(transaction, studyId);
            IReadOnlyList<NewTrial> trials = decide(seesTrials ? Trials(transaction, studyId) : []);
            StudyDistributions distributions = Distributions(transaction, studyId);
            foreach ((string name, TrialParam param) in trials.SelectMany(trial => trial.Params)) StudyChecks.Param(name, param.Distribution, distributions);
            var writer = new TrialWriter();
            int[] ids = Insert(transaction, writer, studyId, trials);
            writer.Write(transaction, Now());
            return _tables.Read(transaction, ids);
        });
        _heart.Add(made.Where(trial => trial.State == TrialState.Running).Select(trial => (int)trial.Id));
        return made;
    }

    /// <summary>Inserts the rows of trials, numbered on from the last; the study's row is locked. What else they have goes to the writer.</summary>
    private int[] Insert(DatabaseTransaction transaction, TrialWriter writer, long studyId, IReadOnlyList<NewTrial> trials)
    {
        if (trials.Count == 0) return [];
        int[] ids = [.. transaction.Read(
            """
            INSERT INTO trials (number, study_id, state, datetime_start)
            SELECT (SELECT count(*) FROM trials WHERE study_id = @study) + t.place - 1, @study, t.state::trialstate, CASE WHEN t.state = 'RUNNING' THEN @now END
            FROM unnest(@states) WITH ORDINALITY AS t (state, place) ORDER BY t.place RETURNING trial_id
            """,
            row => row.GetInt32(0),
            ("study", Id(studyId)),
            ("now", Now()),
            ("states", trials.Select(trial => trial.State.Name()).ToArray())).Order()];
        foreach ((int id, NewTrial trial) in ids.Zip(trials))
        {
            foreach ((string name, TrialParam param) in trial.Params) writer.Param(id, name, param);
            foreach ((string key, PyJson value) in trial.UserAttributes) writer.Attribute(id, AttributeKind.User, key, value);
            foreach ((string key, PyJson value) in trial.SystemAttributes) writer.Attribute(id, AttributeKind.System, key, value);
            if (trial.State == TrialState.Running) writer.Run(id, WorkerMark.Of(Worker, hasEnded: false));
        }

        return ids;
    }

    private (IReadOnlyList<long> Lost, int[] Ended) Write(DatabaseTransaction transaction, IReadOnlyList<TrialChange> changes)
    {
        int[] ids = [.. changes.Select(change => Id(change.TrialId)).Distinct()];
        RequireThere(transaction, ids);
        // Distributions are compared within the study, so nobody may bring another one meanwhile.
        bool hasParams = changes.Any(change => change is TrialChange.SetParam);
        if (hasParams) LockStudies(transaction, [.. transaction.Read("SELECT DISTINCT study_id FROM trials WHERE trial_id = ANY(@ids)", row => (long)row.GetInt32(0), ("ids", ids))]);
        Dictionary<int, (long Study, TrialState State, int Objectives)> trials = transaction.Read(
            """
            SELECT t.trial_id, t.study_id, t.state::text, (SELECT count(*)::int FROM study_directions d WHERE d.study_id = t.study_id)
            FROM trials t WHERE trial_id = ANY(@ids) ORDER BY trial_id FOR UPDATE
            """,
            row => (row.GetInt32(0), ((long)row.GetInt32(1), Enum.Parse<TrialState>(row.GetString(2), ignoreCase: true), row.GetInt32(3))),
            ("ids", ids)).ToDictionary();
        var distributions = trials.Values.Select(trial => trial.Study).Distinct().ToDictionary(study => study, study => hasParams ? Distributions(transaction, study) : new(_ => null));
        var writer = new TrialWriter();
        var lost = new List<long>();
        var ended = new HashSet<int>();
        foreach (TrialChange change in changes)
        {
            int id = Id(change.TrialId);
            StudyChecks.Change(change, trials[id].Objectives, distributions[trials[id].Study]);
            if (trials[id].State.IsFinished() || ended.Contains(id))
            {
                lost.Add(change.TrialId);
                continue;
            }

            switch (change)
            {
                case TrialChange.SetParam param: writer.Param(id, param.Name, param.Value); break;
                case TrialChange.ReportValue report: writer.Report(id, report.Step, report.Value); break;
                case TrialChange.SetAttribute attribute: writer.Attribute(id, attribute.Kind, attribute.Key, attribute.Value); break;
                case TrialChange.Finish finish:
                    writer.Finish(id, finish.State, finish.Values);
                    ended.Add(id);
                    break;
            }
        }

        writer.Write(transaction, Now());
        return ([.. lost.Distinct()], [.. ended]);
    }

    private static StudyDistributions Distributions(DatabaseTransaction transaction, long studyId)
    {
        Dictionary<string, string> first = transaction.Read(
            "SELECT DISTINCT ON (p.param_name) p.param_name, p.distribution_json FROM trial_params p JOIN trials t USING (trial_id) WHERE t.study_id = @study ORDER BY p.param_name, t.trial_id",
            row => KeyValuePair.Create(row.GetString(0), row.GetString(1)),
            ("study", Id(studyId))).ToDictionary();
        return new(name => first.TryGetValue(name, out string? text) ? DistributionJson.Read(text) : null);
    }

    private T Transact<T>(Func<DatabaseTransaction, T> action)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                using NpgsqlConnection connection = _source.OpenConnection();
                using NpgsqlTransaction transaction = connection.BeginTransaction();
                T result = action(new(connection));
                transaction.Commit();
                return result;
            }
            catch (NpgsqlException error) when (attempt < Attempts && DatabaseErrors.IsCollision(error))
            {
                Thread.Sleep(Random.Shared.Next(10 * attempt));
            }
            catch (NpgsqlException error)
            {
                throw DatabaseErrors.Of(error, Location);
            }
            catch (Exception error) when (error is FormatException or PyJsonException)
            {
                throw new StudyStorageException($"A study's database holds what Optuna writes: {error.Message} in {Location}", error);
            }
        }
    }
}
