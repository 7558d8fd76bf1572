using System.Diagnostics;
using System.Globalization;
using TorchRef.Experiments.Search.Studies;
using TorchRef.Experiments.Search.Studies.PythonJson;
using TorchRef.Experiments.Tests.Data;
using TorchRef.Experiments.Tests.Search.Studies.Support;
using Xunit.Abstractions;

namespace TorchRef.Experiments.Tests.Search.Studies.Crash;

/// <summary>Four processes on one study, one of them killed with SIGKILL at a random moment. TORCHREF_KILLS says how often, 2 without it.</summary>
public sealed class KilledWorkersTests(ITestOutputHelper output)
{
    private const int Trials = 30;
    private const int Epochs = 5;
    private const string ReadByOptuna = """
        import json, sys, optuna
        optuna.logging.set_verbosity(optuna.logging.ERROR)
        storage = optuna.storages.JournalStorage(optuna.storages.journal.JournalFileBackend(sys.argv[1]))
        trials = optuna.load_study(study_name="s", storage=storage).trials
        print(json.dumps([optuna.__version__, [[t.number, int(t.state), t.value, t.params["lr"], len(t.intermediate_values)] for t in trials]]))
        """;

    private static int Kills => int.TryParse(Environment.GetEnvironmentVariable("TORCHREF_KILLS"), CultureInfo.InvariantCulture, out int kills) ? kills : 2;

    [Fact]
    public void Of_four_processes_one_is_killed_and_every_trial_is_accounted_for_once()
    {
        var random = new Random();
        int repeated = 0;
        for (int round = 0; round < Kills; round++)
        {
            using TempFolder folder = new();
            string path = Path.Combine(folder.Path, "study.log");
            using WorkerCrew workers = new();
            Process[] four = [.. Enumerable.Range(0, 4).Select(_ => workers.Start(path, "s", Trials, Epochs, pause: 2))];
            foreach (Process worker in four) WorkerCrew.WaitUntilAtWork(worker);
            int wait = random.Next(400);
            Thread.Sleep(wait);
            Process victim = four[random.Next(4)];
            victim.Kill();

            workers.WaitForAll(killed: victim);

            using IStudyStorage storage = StudyStorage.Open(path);
            IReadOnlyList<TrialRecord> trials = storage.Trials(storage.OpenStudy("s", StudyDirection.Maximize).Id);
            int failed = Accounts.Check(trials, Trials, Epochs);
            repeated += failed;
            output.WriteLine($"round {round + 1}: killed after {wait} ms, {trials.Count} trials, {failed} repeated{Optuna(path, trials)}");
        }

        output.WriteLine($"{Kills} kills, {repeated} trials repeated");
    }

    private static string Optuna(string path, IReadOnlyList<TrialRecord> trials)
    {
        if (!Support.Optuna.IsThere) return "";
        IReadOnlyList<PyJson> read = Support.Optuna.Run(ReadByOptuna, path).List!;
        Assert.Equal(
            trials.Select(trial => PyJson.ListOf(
                trial.Number, (long)trial.State, trial.Value is { } value ? value : PyJson.None, trial.Params["lr"].Internal, trial.IntermediateValues.Count)),
            read[1].List!);
        return $", the same in Optuna {read[0].String}";
    }
}
