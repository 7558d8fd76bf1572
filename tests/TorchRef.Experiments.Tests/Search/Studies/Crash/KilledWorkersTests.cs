using System.Diagnostics;
using System.Globalization;
using TorchRef.Experiments.Search.Studies;
using TorchRef.Experiments.Search.Studies.PythonJson;
using TorchRef.Experiments.Tests.Data;
using TorchRef.Experiments.Tests.Search.Studies.Support;
using Xunit.Abstractions;

namespace TorchRef.Experiments.Tests.Search.Studies.Crash;

/// <summary>Processes on one study, one of them killed with SIGKILL at a random moment. TORCHREF_KILLS says how often, once without it.</summary>
[Collection(PostgresTests.Name)]
public sealed class KilledWorkersTests(PostgresCluster cluster, ITestOutputHelper output)
{
    private const int Trials = 30;
    private const int Epochs = 5;
    private const string ReadByOptuna = """
        import json, sys, optuna
        optuna.logging.set_verbosity(optuna.logging.ERROR)
        where = sys.argv[1]
        storage = optuna.storages.RDBStorage(where) if "://" in where else optuna.storages.JournalStorage(optuna.storages.journal.JournalFileBackend(where))
        trials = optuna.load_study(study_name="s", storage=storage).trials
        print(json.dumps([optuna.__version__, [[t.number, int(t.state), t.value, t.params["lr"], len(t.intermediate_values)] for t in trials]]))
        """;

    private static int Kills => int.TryParse(Environment.GetEnvironmentVariable("TORCHREF_KILLS"), CultureInfo.InvariantCulture, out int kills) ? kills : 1;

    [Fact]
    public void Of_four_processes_on_a_file_one_is_killed_and_every_trial_is_accounted_for_once()
    {
        for (int round = 0; round < Kills; round++)
        {
            using TempFolder folder = new();
            string path = Path.Combine(folder.Path, "study.log");
            KillOneOf(4, path, path);
            Assert.Equal([path], Directory.GetFileSystemEntries(folder.Path, "*").Where(entry => !entry.EndsWith(".rename", StringComparison.Ordinal)));
        }
    }

    [SkippableFact]
    public void Of_two_processes_on_a_database_one_is_killed_and_every_trial_is_accounted_for_once()
    {
        cluster.Require();
        for (int round = 0; round < Kills; round++)
        {
            string address = cluster.EmptiedDatabase();
            KillOneOf(2, address, address.Replace("postgresql://", "postgresql+psycopg2://"));
        }
    }

    private void KillOneOf(int count, string location, string locationForOptuna)
    {
        using WorkerCrew crew = new();
        Process[] workers = [.. Enumerable.Range(0, count).Select(_ => crew.Start(location, "s", Trials, Epochs, pause: 2))];
        foreach (Process worker in workers) WorkerCrew.WaitUntilAtWork(worker);
        int wait = Random.Shared.Next(400);
        Thread.Sleep(wait);
        Process victim = workers[Random.Shared.Next(count)];
        victim.Kill();

        crew.WaitForAll(killed: victim);

        using IStudyStorage storage = StudyStorage.Open(location);
        IReadOnlyList<TrialRecord> trials = storage.Trials(storage.OpenStudy("s", StudyDirection.Maximize).Id);
        int repeated = Accounts.Check(trials, Trials, Epochs);
        output.WriteLine($"killed after {wait} ms, {trials.Count} trials, {repeated} repeated{SeenByOptuna(locationForOptuna, trials)}");
    }

    private static string SeenByOptuna(string location, IReadOnlyList<TrialRecord> trials)
    {
        if (!Optuna.IsThere) return "";
        IReadOnlyList<PyJson> read = Optuna.Run(ReadByOptuna, location).List!;
        Assert.Equal(
            trials.Select(trial => PyJson.ListOf(
                trial.Number, (long)trial.State, trial.Value is { } value ? value : PyJson.None, trial.Params["lr"].Internal, trial.IntermediateValues.Count)),
            read[1].List!);
        return $", the same in Optuna {read[0].String}";
    }
}
