using System.Diagnostics;
using TorchRef.Experiments.Search.Studies.Journal;
using TorchRef.Experiments.Search.Studies.PythonJson;
using TorchRef.Experiments.Search.Studies.Workers;
using TorchRef.Experiments.Tests.Data;
using TorchRef.Experiments.Tests.Search.Studies.Support;

namespace TorchRef.Experiments.Tests.Search.Studies.Journal;

/// <summary>Optuna's lock: who has it, who waits, and what becomes of a dead holder's.</summary>
public sealed class JournalLockTests
{
    [Fact]
    public void One_at_a_time_holds_it()
    {
        using TempFolder folder = new();
        string journal = Path.Combine(folder.Path, "study.log");
        int inside = 0, most = 0, total = 0;
        Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = 4 }, _ =>
        {
            for (int i = 0; i < 50; i++)
            {
                using JournalLock held = JournalLock.Take(journal, TimeProvider.System, Assert.Null);
                most = Math.Max(most, Interlocked.Increment(ref inside));
                total++;
                Thread.Yield();
                Interlocked.Decrement(ref inside);
            }
        });

        Assert.Equal((1, 200), (most, total));
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void It_is_a_regular_file_of_Optunas_name()
    {
        using TempFolder folder = new();
        string journal = Path.Combine(folder.Path, "study.log");
        using JournalLock held = JournalLock.Take(journal, TimeProvider.System, Assert.Null);

        Assert.Null(new FileInfo($"{journal}.lock").LinkTarget);
        Assert.True(held.IsHeld());
    }

    [Fact]
    public void The_lock_of_a_process_that_is_gone_is_taken_over_at_once()
    {
        using TempFolder folder = new();
        string journal = Path.Combine(folder.Path, "study.log");
        File.WriteAllText($"{journal}.lock", PyJson.DictOf([.. GoneProcess().ToFields(), new("lock", "x")]).ToString());
        var watch = Stopwatch.StartNew();

        using JournalLock held = JournalLock.Take(journal, TimeProvider.System, Assert.Null);

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"{watch.Elapsed}");
        Assert.True(held.IsHeld());
    }

    /// <summary>Nothing tells whose an empty file or a link is: both kinds that Optuna makes.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_lock_of_unknown_holder_is_waited_for_and_taken_over_when_it_has_stood_for_the_grace_period(bool isLink)
    {
        using TempFolder folder = new();
        string journal = folder.Write("study.log", 1), path = $"{journal}.lock";
        if (isLink) File.CreateSymbolicLink(path, "runs/study.log");
        else File.WriteAllText(path, "");
        var clock = new HandClock();
        var notices = new List<string>();
        Task<JournalLock> waiting = Task.Run(() => JournalLock.Take(journal, clock, notices.Add));
        await Task.Delay(100);
        Assert.False(waiting.IsCompleted);
        clock.Advance(JournalLock.GracePeriod - TimeSpan.FromSeconds(1));
        await Task.Delay(300);
        Assert.False(waiting.IsCompleted);
        // The journal changes: that is not a sign of the lock's life, though the link leads to it.
        File.AppendAllText(journal, "x");
        clock.Advance(TimeSpan.FromSeconds(2));

        using JournalLock held = await waiting.WaitAsync(TimeSpan.FromSeconds(20));

        Assert.True(held.IsHeld());
        Assert.Null(new FileInfo(path).LinkTarget);
        Assert.Equal([$"waiting for {path}, which another process holds", $"{path} has stood for 30 s: its holder is taken for dead, and the lock is taken over"], notices);
    }

    [Fact]
    public async Task A_lock_that_changes_hands_is_not_stale_however_long_one_waits()
    {
        using TempFolder folder = new();
        string journal = Path.Combine(folder.Path, "study.log"), path = $"{journal}.lock";
        var clock = new HandClock();
        File.WriteAllText(path, "0");
        Task<JournalLock> waiting = Task.Run(() => JournalLock.Take(journal, clock, _ => { }));
        for (int i = 1; i < 6; i++)
        {
            await Task.Delay(150);
            clock.Advance(JournalLock.GracePeriod - TimeSpan.FromSeconds(1));
            File.WriteAllText(path, $"{i}");
            Assert.False(waiting.IsCompleted);
        }

        File.Delete(path);
        (await waiting.WaitAsync(TimeSpan.FromSeconds(20))).Dispose();
    }

    [Fact]
    public void Who_lost_the_lock_sees_it_and_doesnt_take_the_next_holders()
    {
        using TempFolder folder = new();
        string journal = Path.Combine(folder.Path, "study.log"), path = $"{journal}.lock";
        JournalLock held = JournalLock.Take(journal, TimeProvider.System, Assert.Null);
        File.Delete(path);
        Assert.False(held.IsHeld());
        File.WriteAllText(path, "another's");

        held.Dispose();

        Assert.Equal("another's", File.ReadAllText(path));
    }

    [Fact]
    public void What_cant_be_locked_is_an_error_and_no_endless_wait()
    {
        using TempFolder folder = new();
        Assert.ThrowsAny<IOException>(() => JournalLock.Take(Path.Combine(folder.Path, "no", "study.log"), TimeProvider.System, Assert.Null));
        Directory.CreateDirectory(Path.Combine(folder.Path, "study.log.lock"));
        Assert.ThrowsAny<IOException>(() => JournalLock.Take(Path.Combine(folder.Path, "study.log"), TimeProvider.System, Assert.Null));
    }

    private static WorkerProcess GoneProcess()
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", "--version") { RedirectStandardOutput = true })!;
        process.WaitForExit();
        return WorkerProcess.Current with { Id = process.Id, Start = "1" };
    }
}
