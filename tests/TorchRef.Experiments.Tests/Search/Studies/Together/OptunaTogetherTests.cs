using System.Diagnostics;
using TorchRef.Experiments.Search.Studies;
using TorchRef.Experiments.Search.Studies.PythonJson;
using TorchRef.Experiments.Tests.Data;
using TorchRef.Experiments.Tests.Search.Studies.Support;

namespace TorchRef.Experiments.Tests.Search.Studies.Together;

/// <summary>Optuna itself on the same study: it reads what is written here, begins what goes on here, and works at the same time.</summary>
[Collection(PostgresTests.Name)]
public sealed class OptunaTogetherTests(PostgresCluster cluster)
{
    private const string Open = """
        import json, math, sys, optuna
        optuna.logging.set_verbosity(optuna.logging.ERROR)
        where = sys.argv[1]
        storage = optuna.storages.RDBStorage(where) if "://" in where else optuna.storages.JournalStorage(optuna.storages.journal.JournalFileBackend(where))

        """;

    public static TheoryData<bool> Storages => [false, true];

    [SkippableTheory]
    [MemberData(nameof(Storages))]
    public void Optuna_reads_all_that_is_written_here(bool isDatabase)
    {
        using TempFolder folder = new();
        string location = Location(isDatabase, folder);
        using (IStudyStorage storage = StudyStorage.Open(location))
        {
            long study = storage.OpenStudy("검색", StudyDirection.Maximize).Id;
            storage.SetStudyAttribute(study, AttributeKind.User, "seed", 1);
            storage.SetStudyAttribute(study, AttributeKind.System, SystemAttribute.MetricNames, PyJson.ListOf("accuracy"));
            IReadOnlyList<TrialRecord> trials = storage.Create(
                study,
                NewTrial.Running(
                    new("lr", new(Trial.LearningRate, 1e-7 * 12345)),
                    new("hidden", new(new IntDistribution(10, 100, step: 10), 50)),
                    new("form", TrialParam.Of(new CategoricalDistribution("깊은", PyJson.None, 2.5), "깊은"))) with
                { UserAttributes = [new("note", PyJson.ListOf(double.NaN, 1, "é"))] },
                Trial.Running(),
                Trial.Running(),
                Trial.Waiting(2e-3));
            storage.Write(
                TrialChange.Report(trials[0].Id, 0, double.NaN),
                TrialChange.Report(trials[0].Id, 1, double.NegativeInfinity),
                TrialChange.Report(trials[0].Id, 2, 0.1 + 0.2),
                TrialChange.Complete(trials[0].Id, double.PositiveInfinity),
                TrialChange.Prune(trials[1].Id, 0.25),
                TrialChange.Fail(trials[2].Id));
        }

        PyJson read = Optuna.Run(
            $$"""
            {{Open}}study = optuna.load_study(study_name="검색", storage=storage)
            print(json.dumps([study.direction.name, study.user_attrs, study.metric_names, [
                [t.number, t.state.name, t.values, t.params, t.intermediate_values, t.user_attrs, t.system_attrs.get("fixed_params"),
                 t.datetime_start is not None, t.duration is not None and t.duration.total_seconds() >= 0] for t in study.trials]]))
            """,
            ForOptuna(location));

        Assert.Equal(
            PyJsonReader.Read("""
                ["MAXIMIZE", {"seed": 1}, ["accuracy"], [
                [0, "COMPLETE", [Infinity], {"lr": 0.0012345, "hidden": 50, "form": "깊은"}, {"0": NaN, "1": -Infinity, "2": 0.30000000000000004}, {"note": [NaN, 1, "é"]}, null, true, true],
                [1, "PRUNED", [0.25], {"lr": 0.001}, {}, {}, null, true, true],
                [2, "FAIL", null, {"lr": 0.001}, {}, {}, null, true, true],
                [3, "WAITING", null, {}, {}, {}, {"lr": 0.002}, false, false]]]
                """),
            read);
    }

    [SkippableTheory]
    [MemberData(nameof(Storages))]
    public void A_study_that_Optuna_began_goes_on_here(bool isDatabase)
    {
        using TempFolder folder = new();
        string location = Location(isDatabase, folder);
        Optuna.Run(
            $$"""
            {{Open}}study = optuna.create_study(storage=storage, study_name="s", direction="minimize")
            study.enqueue_trial({"lr": 0.003})
            trial = study.ask({"x": optuna.distributions.FloatDistribution(0, 1)})
            study.tell(trial, 0.5)
            study.enqueue_trial({"lr": 0.004})
            print("null")
            """,
            ForOptuna(location));
        using IStudyStorage storage = StudyStorage.Open(location);
        StudyRecord study = storage.OpenStudy("s", StudyDirection.Minimize);
        IReadOnlyList<TrialRecord> trials = storage.Trials(study.Id);

        Assert.Equal([TrialState.Complete, TrialState.Waiting], trials.Select(trial => trial.State));
        Assert.Equal<PyJson>(0.004, trials[1].FixedParams["lr"]);
        Assert.Single(storage.Claim(trials[1].Id));
        Assert.Empty(storage.Write(TrialChange.Param(trials[1].Id, "lr", new(Trial.LearningRate, 0.004)), TrialChange.Complete(trials[1].Id, 0.25)));

        PyJson best = Optuna.Run($$"""{{Open}}best = optuna.load_study(study_name="s", storage=storage).best_trial; print(json.dumps([best.number, best.value, best.params]))""", ForOptuna(location));
        Assert.Equal(PyJsonReader.Read("""[1, 0.25, {"lr": 0.004}]"""), best);
    }

    /// <summary>Two processes of each program on one study; queued trials for all of them to quarrel over.</summary>
    [SkippableTheory]
    [MemberData(nameof(Storages))]
    public void Both_work_on_one_study_at_once(bool isDatabase)
    {
        const int queued = 10, total = 40, epochs = 2;
        using TempFolder folder = new();
        string location = Location(isDatabase, folder);
        using IStudyStorage storage = StudyStorage.Open(location);
        long study = storage.OpenStudy("s", StudyDirection.Maximize).Id;
        storage.Create(study, [.. Enumerable.Range(0, queued).Select(_ => Trial.Waiting())]);
        using WorkerCrew crew = new();
        Process[] workers = [crew.Start(location, "s", total, epochs, pause: 5), crew.Start(location, "s", total, epochs, pause: 5)];

        Parallel.For(0, 2, _ => Optuna.Run(
            $$"""
            {{Open}}study = optuna.load_study(study_name="s", storage=storage, sampler=optuna.samplers.RandomSampler())
            while True:
                if sum(t.state != optuna.trial.TrialState.FAIL for t in study.get_trials(deepcopy=False)) >= {{total}}: break
                trial = study.ask()
                lr = trial.suggest_float("lr", 1e-6, 1e-2, log=True)
                for step in range({{epochs}}): trial.report(lr, step)
                study.tell(trial, math.log10(lr))
            print("null")
            """,
            ForOptuna(location)));
        crew.WaitForAll();

        IReadOnlyList<TrialRecord> trials = storage.Trials(study);
        Assert.Equal(Enumerable.Range(0, trials.Count), trials.Select(trial => trial.Number));
        // Optuna asks and creates in two steps, so that each of its processes may be one over.
        Assert.InRange(trials.Count, total, total + 2);
        Assert.All(trials, trial => Assert.Equal((TrialState.Complete, epochs), (trial.State, trial.IntermediateValues.Count)));
        Assert.All(trials, trial => Assert.Equal(Math.Log10(trial.Params["lr"].Internal), trial.Value!.Value, 1e-12));
        Assert.All(trials.Take(queued), trial => Assert.Equal(1e-3, trial.Params["lr"].Internal));
    }

    private string Location(bool isDatabase, TempFolder folder)
    {
        Optuna.Require();
        if (!isDatabase) return Path.Combine(folder.Path, "study.log");
        cluster.Require();
        return cluster.EmptiedDatabase();
    }

    private static string ForOptuna(string location) => location.Replace("postgresql://", "postgresql+psycopg2://");
}
