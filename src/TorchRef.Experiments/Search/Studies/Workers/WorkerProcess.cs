using System.Diagnostics;
using TorchRef.Experiments.Search.Studies.PythonJson;

namespace TorchRef.Experiments.Search.Studies.Workers;

/// <summary>A process, known well enough that no other one is ever taken for it, on any host.</summary>
/// <remarks>
/// All three of host, boot and space must be this process's own before an id means anything here: machines may share a name, clones of a
/// virtual machine a boot, containers a machine. Where the kernel isn't Linux, or keeps its names to itself, nothing is known but that
/// this process lives.
/// </remarks>
/// <param name="Host">The host's name.</param>
/// <param name="Boot">What the kernel calls its run since it was booted; empty where that isn't known.</param>
/// <param name="Space">The space that process ids are counted in, of which a container has its own; empty where that isn't known.</param>
/// <param name="Id">The process id.</param>
/// <param name="Start">When the process began, in ticks since the boot: ids are used again.</param>
internal sealed record WorkerProcess(string Host, string Boot, string Space, int Id, string Start)
{
    /// <summary>This process.</summary>
    public static WorkerProcess Current { get; } = new(Environment.MachineName, ReadBoot(), ReadSpace(), Environment.ProcessId, ReadStart(Environment.ProcessId)?.Start ?? "");

    /// <summary>Whether it lives, when that can be seen from here: it runs, or ran, among the same processes as this one.</summary>
    /// <returns>null when it can't be seen.</returns>
    public bool? IsAlive()
    {
        if (this == Current) return true;
        if (Boot.Length == 0 || Space.Length == 0 || (Host, Boot, Space) != (Current.Host, Current.Boot, Current.Space)) return null;
        try
        {
            using var process = Process.GetProcessById(Id);
        }
        catch (ArgumentException)
        {
            return false;
        }

        // A system that hides other users' processes says no more than that there is one of this id.
        return ReadStart(Id) is not { } now || (now.Start == Start && !now.IsGone);
    }

    public IEnumerable<KeyValuePair<string, PyJson>> ToFields() =>
        [new("host", Host), new("boot", Boot), new("space", Space), new("pid", Id), new("start", Start)];

    /// <returns>null when a field is missing.</returns>
    public static WorkerProcess? Of(IReadOnlyDictionary<string, PyJson> fields)
    {
        string? Text(string name) => fields.GetValueOrDefault(name)?.String;
        return Text("host") is { } host && Text("boot") is { } boot && Text("space") is { } space && Text("start") is { } start
            && fields.GetValueOrDefault("pid")?.Integer is >= 0 and <= int.MaxValue and var id
            ? new(host, boot, space, (int)id, start)
            : null;
    }

    private static string ReadBoot() => Quietly(() => File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim()) ?? "";

    private static string ReadSpace() => Quietly(() => new FileInfo("/proc/self/ns/pid").LinkTarget) ?? "";

    /// <summary>When the process began, and whether it has ended and merely waits for its parent to notice; null when the system won't say.</summary>
    private static (string Start, bool IsGone)? ReadStart(int id)
    {
        if (Quietly(() => File.ReadAllText($"/proc/{id}/stat")) is not { } text) return null;
        // Behind the name, which is in brackets and may hold anything: the state is the third field, the start the twenty-second.
        string[] fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        return (fields[19], fields[0] is "Z" or "X" or "x");
    }

    private static string? Quietly(Func<string?> read)
    {
        try
        {
            return OperatingSystem.IsLinux() ? read() : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
