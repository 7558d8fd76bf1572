using System.Diagnostics;
using TorchRef.Experiments.Search.Studies.PythonJson;
using TorchRef.Experiments.Search.Studies.Workers;

namespace TorchRef.Experiments.Tests.Search.Studies.Workers;

/// <summary>Which processes are known to live, which to be gone, and of which nothing is known.</summary>
public sealed class WorkerProcessTests
{
    [Fact]
    public void This_process_lives_also_as_read_from_a_file()
    {
        PyJson written = PyJson.DictOf(WorkerProcess.Current.ToFields());
        WorkerProcess read = WorkerProcess.Of(PyJsonReader.Read(written.ToString()).Dict!)!;

        Assert.Equal(WorkerProcess.Current, read);
        Assert.True(read.IsAlive());
        Assert.Null(WorkerProcess.Of(PyJsonReader.Read("""{"host": "a", "pid": 1}""").Dict!));
    }

    [SkippableFact]
    public void A_process_of_this_host_is_seen_to_live_to_end_and_to_wait_for_its_parent()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "processes are looked into on Linux alone");
        // The shell's child is ended and not waited for: a zombie, which the kernel still lists.
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", "sleep 0 & echo $!; exec sleep 60"]) { RedirectStandardOutput = true })!;
        int child = int.Parse(shell.StandardOutput.ReadLine()!);
        WorkerProcess alive = Known(shell.Id), zombie = WorkerProcess.Current with { Id = child, Start = Start(child) };
        Assert.True(alive.IsAlive());
        Assert.True(SpinWait.SpinUntil(() => zombie.IsAlive() == false, 5000));
        Assert.True(File.Exists($"/proc/{child}/stat"));

        shell.Kill();
        shell.WaitForExit();

        Assert.False(alive.IsAlive());
    }

    [SkippableFact]
    public void Another_process_of_the_same_id_isnt_taken_for_it()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "processes are looked into on Linux alone");
        Assert.False((WorkerProcess.Current with { Start = "1" }).IsAlive());
    }

    [Fact]
    public void Of_another_host_boot_or_container_nothing_is_known()
    {
        WorkerProcess gone = WorkerProcess.Current with { Id = int.MaxValue };
        Assert.Null((gone with { Host = "elsewhere" }).IsAlive());
        Assert.Null((gone with { Boot = "before" }).IsAlive());
        Assert.Null((gone with { Space = "pid:[1]" }).IsAlive());
        Assert.Null((gone with { Boot = "" }).IsAlive());
    }

    private static WorkerProcess Known(int id) => WorkerProcess.Current with { Id = id, Start = Start(id) };

    private static string Start(int id)
    {
        string text = File.ReadAllText($"/proc/{id}/stat");
        return text[(text.LastIndexOf(')') + 2)..].Split(' ')[19];
    }
}
