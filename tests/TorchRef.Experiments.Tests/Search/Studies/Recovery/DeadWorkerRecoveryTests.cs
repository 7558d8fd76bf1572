using TorchRef.Experiments.Search.Studies;
using TorchRef.Experiments.Search.Studies.Memory;
using TorchRef.Experiments.Search.Studies.Recovery;
using TorchRef.Experiments.Tests.Data;
using TorchRef.Experiments.Tests.Search.Studies.Support;

namespace TorchRef.Experiments.Tests.Search.Studies.Recovery;

/// <summary>Whose trials are taken back, when, and how often.</summary>
public sealed class DeadWorkerRecoveryTests
{
    [Fact]
    public void The_trials_of_the_living_are_left_alone_and_those_of_the_dead_taken_back_at_once()
    {
        using InMemoryStudyStorage living = new(), me = living.Another();
        InMemoryStudyStorage dying = living.Another();
        long study = me.OpenStudy("s", StudyDirection.Minimize).Id;
        me.Create(study, Trial.Running());
        living.Create(study, Trial.Running());
        dying.Create(study, Trial.Running(1e-4), Trial.Running(1e-5));
        var recovery = new DeadWorkerRecovery(me, study);
        Assert.Empty(recovery.Recover());
        dying.Dispose();

        IReadOnlyList<RecoveredTrial> recovered = recovery.Recover();

        Assert.Equal([2, 3], recovered.Select(trial => trial.Failed.Number));
        Assert.Equal([1e-4, 1e-5], recovered.Select(trial => trial.Again!.Params["lr"].Internal));
        Assert.Empty(recovery.Recover());
        Assert.Equal(
            [TrialState.Running, TrialState.Running, TrialState.Fail, TrialState.Fail, TrialState.Waiting, TrialState.Waiting], me.Trials(study).Select(trial => trial.State));
    }

    [Fact]
    public void Several_that_look_at_once_queue_a_trial_once()
    {
        using TempFolder folder = new();
        string path = Path.Combine(folder.Path, "study.log");
        IStudyStorage dead = StudyStorage.Open(path);
        long study = dead.OpenStudy("s", StudyDirection.Minimize).Id;
        dead.Create(study, [.. Enumerable.Repeat(Trial.Running(), 20)]);
        dead.Dispose();

        int[] found = new int[4];
        Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i =>
        {
            using IStudyStorage storage = StudyStorage.Open(path);
            found[i] = new DeadWorkerRecovery(storage, study).Recover().Count(trial => trial.Again is not null);
        });

        using IStudyStorage reader = StudyStorage.Open(path);
        Assert.Equal(20, found.Sum());
        Assert.Equal(40, reader.Trials(study).Count);
        Assert.Equal(20, reader.Trials(study).Count(trial => trial.State == TrialState.Waiting));
        Assert.False(Directory.Exists($"{path}.workers"));
    }

    [Fact]
    public void A_trial_that_brings_every_worker_down_is_given_up()
    {
        using var me = new InMemoryStudyStorage();
        long study = me.OpenStudy("s", StudyDirection.Minimize).Id;
        me.Create(study, NewTrial.Waiting());
        for (int attempt = 0; attempt < 3; attempt++)
        {
            InMemoryStudyStorage victim = me.Another();
            victim.Claim(victim.Trials(study)[^1].Id);
            victim.Dispose();
            RecoveredTrial recovered = Assert.Single(new DeadWorkerRecovery(me, study, new() { MaxRetries = 2 }).Recover());
            Assert.Equal(attempt == 2, recovered.Again is null);
        }

        Assert.All(me.Trials(study), trial => Assert.Equal(TrialState.Fail, trial.State));
        Assert.Equal(3, me.Trials(study).Count);
    }

    [Fact]
    public void A_worker_elsewhere_lives_as_long_as_its_beat_changes()
    {
        var clock = new HandClock();
        using var storage = new Elsewhere();
        var recovery = new DeadWorkerRecovery(storage, storage.StudyId, clock: clock);
        for (int beat = 0; beat < 10; beat++)
        {
            storage.Beat = $"{beat}";
            Assert.Empty(recovery.Recover());
            clock.Advance(TimeSpan.FromSeconds(80));
            Assert.Empty(recovery.Recover());
            Assert.Equal(1, recovery.Watched);
        }

        clock.Advance(TimeSpan.FromSeconds(11));
        Assert.Single(recovery.Recover());
        Assert.Equal(0, recovery.Watched);
    }

    [Fact]
    public void A_search_begun_just_now_waits_before_it_judges_however_long_the_other_has_been_silent()
    {
        var clock = new HandClock();
        using var storage = new Elsewhere();
        clock.Advance(TimeSpan.FromDays(3));
        var recovery = new DeadWorkerRecovery(storage, storage.StudyId, clock: clock);

        Assert.Empty(recovery.Recover());
        clock.Advance(TimeSpan.FromSeconds(91));
        Assert.Single(recovery.Recover());
    }

    [Fact]
    public void The_trials_of_other_programs_are_left_alone()
    {
        using TempFolder folder = new();
        string path = folder.Write("study.log", """
            {"op_code":0,"worker_id":"b9a3-1","study_name":"s","directions":[2]}
            {"op_code":4,"worker_id":"b9a3-1","study_id":0,"datetime_start":"2026-11-20T23:55:26.567540+00:00"}

            """u8);
        var clock = new HandClock();
        using IStudyStorage storage = StudyStorage.Open(path);
        var recovery = new DeadWorkerRecovery(storage, 0, clock: clock);

        for (int i = 0; i < 3; i++)
        {
            Assert.Empty(recovery.Recover());
            clock.Advance(TimeSpan.FromDays(1));
        }
    }

    /// <summary>A storage in which one other worker runs a trial, on a host that can't be looked into.</summary>
    private sealed class Elsewhere : IStudyStorage
    {
        private readonly InMemoryStudyStorage _mine = new();

        public Elsewhere()
        {
            StudyId = _mine.OpenStudy("s", StudyDirection.Minimize).Id;
            _mine.Another().Create(StudyId, Trial.Running());
        }

        public long StudyId { get; }

        public string Beat { get; set; } = "";

        public string Location => _mine.Location;

        public string Worker => _mine.Worker;

        public IReadOnlyList<StudyRecord> Studies() => _mine.Studies();

        public StudyRecord OpenStudy(string name, params IReadOnlyList<StudyDirection> directions) => _mine.OpenStudy(name, directions);

        public void SetStudyAttribute(long studyId, AttributeKind kind, string key, Experiments.Search.Studies.PythonJson.PyJson value) => _mine.SetStudyAttribute(studyId, kind, key, value);

        public IReadOnlyList<TrialRecord> Trials(long studyId) => _mine.Trials(studyId);

        public IReadOnlyList<TrialRecord> Create(long studyId, params IReadOnlyList<NewTrial> trials) => _mine.Create(studyId, trials);

        public IReadOnlyList<TrialRecord> Create(long studyId, Func<IReadOnlyList<TrialRecord>, IReadOnlyList<NewTrial>> decide) => _mine.Create(studyId, decide);

        public IReadOnlyList<TrialRecord> Claim(params IReadOnlyList<long> trialIds) => _mine.Claim(trialIds);

        public IReadOnlyList<long> Write(params IReadOnlyList<TrialChange> changes) => _mine.Write(changes);

        public WorkerSign SignOf(TrialRecord trial) => new(WorkerLife.Elsewhere, Beat);

        public TrialRecord? Abandon(TrialRecord trial, bool again) => _mine.Abandon(trial, again);

        public void Dispose() => _mine.Dispose();
    }
}
