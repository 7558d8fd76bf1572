using TorchRef.Experiments.Search.Studies;
using TorchRef.Experiments.Search.Studies.PythonJson;
using TorchRef.Experiments.Search.Studies.Workers;
using TorchRef.Experiments.Tests.Data;
using TorchRef.Experiments.Tests.Search.Studies.Support;

namespace TorchRef.Experiments.Tests.Search.Studies.Workers;

/// <summary>The signs of life beside a journal.</summary>
public sealed class WorkerFolderTests
{
    [Fact]
    public void A_worker_shows_itself_while_it_runs_trials_and_leaves_nothing()
    {
        using TempFolder folder = new();
        string path = Path.Combine(folder.Path, "study.log");
        using IStudyStorage watcher = StudyStorage.Open(path);
        IStudyStorage worker = StudyStorage.Open(path);
        long study = worker.OpenStudy("s", StudyDirection.Minimize).Id;
        Assert.False(Directory.Exists($"{path}.workers"));
        TrialRecord trial = worker.Create(study, Trial.Running())[0];

        Assert.Equal(WorkerLife.Alive, watcher.SignOf(trial).Life);
        Assert.Equal(WorkerLife.Alive, worker.SignOf(trial).Life);
        Assert.Single(Directory.GetFiles($"{path}.workers"));

        worker.Write(TrialChange.Complete(trial.Id, 1));
        worker.Dispose();
        Assert.Equal([path], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_worker_that_ends_with_trials_left_says_so()
    {
        using TempFolder folder = new();
        string path = Path.Combine(folder.Path, "study.log");
        using IStudyStorage watcher = StudyStorage.Open(path);
        IStudyStorage worker = StudyStorage.Open(path);
        TrialRecord trial = worker.Create(worker.OpenStudy("s", StudyDirection.Minimize).Id, Trial.Running())[0];

        worker.Dispose();

        Assert.Equal(WorkerLife.Dead, watcher.SignOf(trial).Life);
    }

    [Fact]
    public void Of_a_worker_without_a_sign_nothing_is_known_and_of_one_elsewhere_its_beat()
    {
        using TempFolder folder = new();
        var workers = new WorkerFolder(folder.Path);
        Assert.Equal(new WorkerSign(WorkerLife.Elsewhere, null), workers.Read("torchref-1"));
        workers.Write("torchref-1", Sign("elsewhere", 1));
        WorkerSign before = workers.Read("torchref-1");
        workers.Write("torchref-1", Sign("elsewhere", 2));

        Assert.Equal(WorkerLife.Elsewhere, before.Life);
        Assert.NotEqual(before.Beat, workers.Read("torchref-1").Beat);
    }

    [Fact]
    public void The_signs_of_the_dead_are_swept_unless_they_have_trials()
    {
        using TempFolder folder = new();
        var workers = new WorkerFolder(folder.Path);
        workers.Write("gone", Sign(WorkerProcess.Current.Host, 1));
        workers.Write("gone with a trial", Sign(WorkerProcess.Current.Host, 1));
        workers.Write("elsewhere", Sign("elsewhere", 1));
        workers.Write("elsewhere, silent for days", Sign("elsewhere", 1));
        File.SetLastWriteTimeUtc(Path.Combine(folder.Path, "elsewhere, silent for days.json"), DateTime.UtcNow.AddDays(-2));

        workers.Sweep(new HashSet<string> { "gone with a trial" });

        Assert.Equal(["elsewhere", "gone with a trial"], Directory.GetFiles(folder.Path).Select(Path.GetFileNameWithoutExtension).Order());
    }

    [Fact]
    public void The_beat_goes_on_by_itself()
    {
        using TempFolder folder = new();
        string path = Path.Combine(folder.Path, "workers");
        var workers = new WorkerFolder(path);
        using (new WorkerBeacon(workers, "me", TimeSpan.FromMilliseconds(10)))
        {
            string first = workers.Read("me").Beat!;
            Assert.True(SpinWait.SpinUntil(() => workers.Read("me").Beat is { } beat && beat != first, 5000));
            // Whoever removes a living worker's sign has removed it until the next beat.
            Directory.Delete(path, recursive: true);
            Assert.True(SpinWait.SpinUntil(() => workers.Read("me").Beat is not null, 5000));
        }

        Assert.False(Directory.Exists(path));
    }

    private static string Sign(string host, int beat) => PyJson.DictOf(
        [.. (WorkerProcess.Current with { Host = host, Id = int.MaxValue, Start = "1" }).ToFields(), new("beat", beat), new("ended", false)]).ToString();
}
