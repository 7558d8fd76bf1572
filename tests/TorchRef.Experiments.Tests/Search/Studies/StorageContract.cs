using TorchRef.Experiments.Search.Studies;
using TorchRef.Experiments.Search.Studies.PythonJson;
using TorchRef.Experiments.Tests.Search.Studies.Support;

namespace TorchRef.Experiments.Tests.Search.Studies;

/// <summary>What every storage must do, whatever it keeps its studies in.</summary>
public abstract class StorageContract : IDisposable
{
    private readonly List<IStudyStorage> _open = [];

    [SkippableFact]
    public void A_study_is_begun_once_and_found_again()
    {
        IStudyStorage storage = New();
        StudyRecord study = storage.OpenStudy("한글", StudyDirection.Maximize);
        storage.OpenStudy("two", StudyDirection.Minimize, StudyDirection.Maximize);

        Assert.Equal(study.Id, Other().OpenStudy("한글", StudyDirection.Maximize).Id);
        Assert.Equal(["한글", "two"], storage.Studies().Select(each => each.Name));
        Assert.Equal([StudyDirection.Minimize, StudyDirection.Maximize], Other().Studies()[1].Directions);
        Assert.Contains("expected MINIMIZE but got MAXIMIZE", Assert.Throws<StudyStorageException>(() => storage.OpenStudy("한글", StudyDirection.Minimize)).Message);
        Assert.Throws<ArgumentException>(() => storage.OpenStudy("", StudyDirection.Minimize));
        Assert.Throws<ArgumentException>(() => storage.OpenStudy("x", StudyDirection.NotSet));
        Assert.Throws<ArgumentException>(() => storage.OpenStudy("x"));
    }

    [SkippableFact]
    public void A_trial_is_seen_by_others_with_all_that_it_has()
    {
        IStudyStorage storage = New();
        long study = storage.OpenStudy("s", StudyDirection.Maximize).Id;
        var note = PyJsonReader.Read("""{"list": [1, 1.0, NaN, -Infinity], "text": "resume\u0301 \ud83d\ude00", "none": null}""");
        DateTimeOffset before = DateTimeOffset.UtcNow.AddMilliseconds(-1);
        TrialRecord trial = storage.Create(study, NewTrial.Running(
            new("lr", new(Trial.LearningRate, 1e-7)),
            new("hidden", new(new IntDistribution(10, 100, step: 10), 50)),
            new("form", TrialParam.Of(new CategoricalDistribution("a", PyJson.None, double.NaN), double.NaN))) with
        { UserAttributes = [new("seed", 1)] })[0];
        Assert.Equal(TrialState.Running, trial.State);
        Assert.Equal(storage.Worker, trial.Worker);
        Assert.Empty(storage.Write(
            TrialChange.Report(trial.Id, 1, double.NaN),
            TrialChange.Report(trial.Id, 0, double.NegativeInfinity),
            TrialChange.Report(trial.Id, 2, 0.1 + 0.2),
            TrialChange.Report(trial.Id, 2, 1e-7),
            TrialChange.Param(trial.Id, "decay", new(Trial.LearningRate, 1e-5)),
            TrialChange.Attribute(trial.Id, AttributeKind.User, "note", note),
            TrialChange.Attribute(trial.Id, AttributeKind.User, "note", note),
            TrialChange.Attribute(trial.Id, AttributeKind.System, "seen", true),
            TrialChange.Complete(trial.Id, double.PositiveInfinity)));

        TrialRecord seen = Assert.Single(Other().Trials(study));
        Assert.Equal((trial.Id, 0, TrialState.Complete), (seen.Id, seen.Number, seen.State));
        Assert.InRange(seen.Start!.Value, before, seen.Complete!.Value);
        Assert.InRange(seen.Complete!.Value, seen.Start!.Value, DateTimeOffset.UtcNow);
        Assert.Equal(double.PositiveInfinity, seen.Value);
        Assert.Equal(["lr", "hidden", "form", "decay"], seen.Params.Keys);
        Assert.Equal(1e-7, seen.Params["lr"].Internal);
        Assert.Equal(Trial.LearningRate, seen.Params["lr"].Distribution);
        Assert.Equal<PyJson>(50, seen.Params["hidden"].External);
        Assert.Equal<PyJson>(double.NaN, seen.Params["form"].External);
        Assert.Equal([new(0, double.NegativeInfinity), new(1, double.NaN), new(2, 1e-7)], seen.IntermediateValues);
        Assert.Equal(note, seen.UserAttributes["note"]);
        Assert.Equal<PyJson>(1, seen.UserAttributes["seed"]);
        Assert.Equal<PyJson>(true, seen.SystemAttributes["seen"]);
    }

    [SkippableFact]
    public void Finished_trials_stay_as_they_are_and_the_writer_is_told()
    {
        IStudyStorage storage = New();
        long study = storage.OpenStudy("s", StudyDirection.Minimize).Id;
        IReadOnlyList<TrialRecord> trials = storage.Create(study, Trial.Running(), Trial.Running(), Trial.Running());
        Assert.Empty(storage.Write(TrialChange.Prune(trials[0].Id, 0.5), TrialChange.Prune(trials[1].Id, double.NaN), TrialChange.Fail(trials[2].Id)));

        IReadOnlyList<long> lost = Other().Write(TrialChange.Report(trials[0].Id, 0, 1), TrialChange.Complete(trials[0].Id, 1), TrialChange.Fail(trials[2].Id));

        Assert.Equal([trials[0].Id, trials[2].Id], lost);
        IReadOnlyList<TrialRecord> seen = storage.Trials(study);
        Assert.Equal([TrialState.Pruned, TrialState.Pruned, TrialState.Fail], seen.Select(trial => trial.State));
        Assert.Equal([0.5, null, null], seen.Select(trial => trial.Value));
        Assert.Empty(seen[0].IntermediateValues);
    }

    [SkippableFact]
    public void What_readers_would_fall_over_isnt_written()
    {
        IStudyStorage storage = New();
        long study = storage.OpenStudy("s", StudyDirection.Minimize).Id, id = storage.Create(study, Trial.Running())[0].Id;

        Assert.Throws<ArgumentException>(() => storage.Write(TrialChange.Complete(id)));
        Assert.Throws<ArgumentException>(() => storage.Write(TrialChange.Complete(id, 1, 2)));
        Assert.Throws<ArgumentException>(() => storage.Write(TrialChange.Complete(id, double.NaN)));
        Assert.Throws<ArgumentException>(() => storage.Write(TrialChange.Report(id, -1, 0)));
        Assert.Throws<ArgumentException>(() => storage.Write(TrialChange.Param(id, "lr", new(new FloatDistribution(0, 1), 0.5))));
        Assert.Throws<ArgumentException>(() => storage.Create(study, NewTrial.Running(new KeyValuePair<string, TrialParam>("lr", new(new IntDistribution(0, 1), 1)))));
        Assert.Throws<StudyStorageException>(() => storage.Write(TrialChange.Fail(id + 99)));
        Assert.Throws<StudyStorageException>(() => storage.Trials(study + 99));
        Assert.Throws<StudyStorageException>(() => storage.Create(study + 99, Trial.Running()));
        Assert.Equal(TrialState.Running, Assert.Single(storage.Trials(study)).State);
    }

    [SkippableFact]
    public void A_range_may_be_narrowed_and_a_batch_may_not_contradict_itself()
    {
        IStudyStorage storage = New();
        long study = storage.OpenStudy("s", StudyDirection.Minimize).Id;
        IReadOnlyList<TrialRecord> trials = storage.Create(study, NewTrial.Running(), NewTrial.Running());

        Assert.Throws<ArgumentException>(() => storage.Write(
            TrialChange.Param(trials[0].Id, "x", new(new FloatDistribution(0, 1), 0.5)), TrialChange.Param(trials[1].Id, "x", new(new IntDistribution(0, 1), 1))));
        Assert.Empty(storage.Write(
            TrialChange.Param(trials[0].Id, "x", new(new FloatDistribution(0, 1), 0.5)), TrialChange.Param(trials[1].Id, "x", new(new FloatDistribution(0.4, 0.6), 0.5))));
        Assert.Equal(new FloatDistribution(0.4, 0.6), storage.Trials(study)[1].Params["x"].Distribution);
    }

    [SkippableFact]
    public void A_waiting_trial_goes_to_whoever_asks_first()
    {
        IStudyStorage one = New(), two = Other();
        long study = one.OpenStudy("s", StudyDirection.Minimize).Id;
        IReadOnlyList<TrialRecord> queued = one.Create(study, Trial.Waiting(1e-3), Trial.Waiting(1e-4), Trial.Waiting(1e-5));
        Assert.All(queued, trial => Assert.Equal((TrialState.Waiting, null, null), (trial.State, trial.Start, trial.Worker)));
        Assert.Equal<PyJson>(1e-4, two.Trials(study)[1].FixedParams["lr"]);

        IReadOnlyList<TrialRecord> first = two.Claim(queued[1].Id, queued[0].Id), second = one.Claim([.. queued.Select(trial => trial.Id)]);

        Assert.Equal([queued[1].Id, queued[0].Id], first.Select(trial => trial.Id));
        Assert.All(first, trial => Assert.Equal((TrialState.Running, two.Worker), (trial.State, trial.Worker)));
        Assert.NotNull(first[0].Start);
        Assert.Equal([queued[2].Id], second.Select(trial => trial.Id));
        Assert.Empty(two.Claim(queued[2].Id));
    }

    [SkippableFact]
    public void Trials_are_numbered_within_their_study()
    {
        IStudyStorage storage = New();
        long one = storage.OpenStudy("one", StudyDirection.Minimize).Id, two = storage.OpenStudy("two", StudyDirection.Minimize).Id;

        long[] ids = [.. new[] { one, two, two, one }.Select(study => storage.Create(study, Trial.Running())[0].Id)];

        Assert.Equal([0, 1], storage.Trials(one).Select(trial => trial.Number));
        Assert.Equal([0, 1], storage.Trials(two).Select(trial => trial.Number));
        Assert.Equal(4, ids.Distinct().Count());
    }

    [SkippableFact]
    public void Attributes_of_a_study_are_replaced()
    {
        IStudyStorage storage = New();
        long study = storage.OpenStudy("s", StudyDirection.Minimize).Id;
        storage.SetStudyAttribute(study, AttributeKind.User, "range", 1);
        storage.SetStudyAttribute(study, AttributeKind.System, SystemAttribute.MetricNames, PyJson.ListOf("accuracy"));
        storage.SetStudyAttribute(study, AttributeKind.User, "range", PyJson.ListOf(1e-6, 1e-2));

        StudyRecord seen = Other().Studies()[0];
        Assert.Equal(PyJson.ListOf(1e-6, 1e-2), seen.UserAttributes["range"]);
        Assert.Equal(PyJson.ListOf("accuracy"), seen.SystemAttributes["study:metric_names"]);
    }

    [SkippableFact]
    public void Workers_together_make_as_many_trials_as_asked_for()
    {
        New().OpenStudy("s", StudyDirection.Minimize);
        const int total = 40;
        Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = 4 }, _ =>
        {
            IStudyStorage storage = Other();
            long study = storage.OpenStudy("s", StudyDirection.Minimize).Id;
            while (storage.Create(study, trials => trials.Count < total ? [.. Enumerable.Repeat(Trial.Running(), Math.Min(3, total - trials.Count))] : []) is { Count: > 0 } mine)
                Assert.Empty(storage.Write([.. mine.Select(trial => TrialChange.Complete(trial.Id, 1))]));
        });

        IReadOnlyList<TrialRecord> all = Other().Trials(Other().Studies()[0].Id);
        Assert.Equal(Enumerable.Range(0, total), all.Select(trial => trial.Number));
        Assert.All(all, trial => Assert.Equal(TrialState.Complete, trial.State));
    }

    [SkippableFact]
    public void The_trial_of_a_dead_worker_is_failed_and_queued_again_once()
    {
        IStudyStorage dead = New(), one = Other(), two = Other();
        long study = dead.OpenStudy("s", StudyDirection.Minimize).Id;
        TrialRecord trial = dead.Create(study, Trial.Running() with { UserAttributes = [new("seed", 7)] })[0];
        dead.Write(TrialChange.Report(trial.Id, 0, 1));
        trial = one.Trials(study)[0];

        TrialRecord? again = one.Abandon(trial, again: true), twice = two.Abandon(trial, again: true);

        Assert.NotNull(again);
        Assert.Null(twice);
        IReadOnlyList<TrialRecord> all = two.Trials(study);
        Assert.Equal([TrialState.Fail, TrialState.Waiting], all.Select(each => each.State));
        Assert.Null(all[0].Values);
        Assert.Equal(new TrialParam(Trial.LearningRate, 1e-3), all[1].Params["lr"]);
        Assert.Equal<PyJson>(7, all[1].UserAttributes["seed"]);
        Assert.Empty(all[1].IntermediateValues);
        Assert.Equal<PyJson>(0, all[1].SystemAttributes[SystemAttribute.FailedTrial]);
        Assert.Equal(PyJson.ListOf(0L), all[1].SystemAttributes[SystemAttribute.RetryHistory]);
        Assert.Equal([trial.Id], dead.Write(TrialChange.Complete(trial.Id, 1)));

        TrialRecord third = two.Abandon(one.Claim(again.Id)[0], again: true)!;
        Assert.Equal<PyJson>(0, third.SystemAttributes[SystemAttribute.FailedTrial]);
        Assert.Equal(PyJson.ListOf(0L, 1L), third.SystemAttributes[SystemAttribute.RetryHistory]);
    }

    [SkippableFact]
    public void A_trial_that_has_gone_on_isnt_abandoned()
    {
        IStudyStorage one = New(), two = Other();
        long study = one.OpenStudy("s", StudyDirection.Minimize).Id;
        TrialRecord stale = one.Create(study, Trial.Running())[0], failed = one.Create(study, Trial.Running())[0];
        one.Write(TrialChange.Complete(stale.Id, 1));

        Assert.Null(two.Abandon(stale, again: true));
        Assert.Null(two.Abandon(failed, again: false));
        Assert.Equal([TrialState.Complete, TrialState.Fail], two.Trials(study).Select(trial => trial.State));
    }

    [SkippableFact]
    public void A_snapshot_stays_as_it_was_and_what_is_finished_is_read_once()
    {
        IStudyStorage storage = New();
        long study = storage.OpenStudy("s", StudyDirection.Minimize).Id;
        IReadOnlyList<TrialRecord> two = storage.Create(study, Trial.Running(), Trial.Running());
        storage.Write(TrialChange.Complete(two[1].Id, 1));
        IReadOnlyList<TrialRecord> before = storage.Trials(study);
        storage.Write(TrialChange.Report(two[0].Id, 0, 1));
        IReadOnlyList<TrialRecord> after = storage.Trials(study);

        Assert.Empty(before[0].IntermediateValues);
        Assert.Single(after[0].IntermediateValues);
        Assert.Same(before[1], after[1]);
    }

    public void Dispose()
    {
        foreach (IStudyStorage storage in _open) storage.Dispose();
        CleanUp();
        GC.SuppressFinalize(this);
    }

    /// <summary>An empty storage.</summary>
    protected abstract IStudyStorage Begin();

    /// <summary>Another worker on the storage begun last.</summary>
    protected abstract IStudyStorage Join();

    protected virtual void CleanUp()
    {
    }

    private IStudyStorage New() => Kept(Begin());

    private IStudyStorage Other() => Kept(Join());

    private IStudyStorage Kept(IStudyStorage storage)
    {
        lock (_open) _open.Add(storage);
        return storage;
    }
}
