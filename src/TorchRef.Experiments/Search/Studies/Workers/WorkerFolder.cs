using TorchRef.Experiments.Search.Studies.PythonJson;

namespace TorchRef.Experiments.Search.Studies.Workers;

/// <summary>The signs of life of a journal's workers, a file for each in a folder beside it.</summary>
internal sealed class WorkerFolder(string path)
{
    private const string Extension = ".json";

    // A file whose worker has nothing to do with any trial any more; should it live, it writes the file anew.
    private static readonly TimeSpan _old = TimeSpan.FromDays(1);

    /// <summary>Writes a worker's file beside, then renames it.</summary>
    public void Write(string worker, string text)
    {
        string file = At(worker), beside = $"{file}.tmp";
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                Directory.CreateDirectory(path);
                File.WriteAllText(beside, text);
                File.Move(beside, file, overwrite: true);
                return;
            }
            catch (DirectoryNotFoundException) when (attempt < 3)
            {
                // The last of the others removed the empty folder in between.
            }
        }
    }

    /// <summary>What the worker's file says of it.</summary>
    public WorkerSign Read(string worker)
    {
        if (Text(At(worker)) is not { } text) return new(WorkerLife.Elsewhere, null);
        if (Fields(text) is not { } fields || WorkerProcess.Of(fields) is not { } process) return new(WorkerLife.Elsewhere, text);
        if (fields.GetValueOrDefault("ended")?.Bool == true) return new(WorkerLife.Dead, null);
        return process.IsAlive() switch
        {
            true => new(WorkerLife.Alive, text),
            false => new(WorkerLife.Dead, null),
            null => new(WorkerLife.Elsewhere, text),
        };
    }

    /// <summary>Removes a worker's file, and the folder with the last one.</summary>
    public void Remove(string worker) => Quietly(() =>
    {
        File.Delete(At(worker));
        File.Delete($"{At(worker)}.tmp");
        if (!Directory.EnumerateFileSystemEntries(path).Any()) Directory.Delete(path);
    });

    /// <summary>Removes the files that workers left behind who are dead, or silent for a day, and have no trials.</summary>
    /// <param name="busy">The workers that have.</param>
    public void Sweep(IReadOnlySet<string> busy) => Quietly(() =>
    {
        if (!Directory.Exists(path)) return;
        foreach (string file in Directory.GetFiles(path, $"*{Extension}"))
        {
            string worker = Path.GetFileNameWithoutExtension(file);
            if (!busy.Contains(worker) && (Read(worker).Life == WorkerLife.Dead || DateTime.UtcNow - File.GetLastWriteTimeUtc(file) > _old)) Remove(worker);
        }
    });

    private static IReadOnlyDictionary<string, PyJson>? Fields(string text)
    {
        try
        {
            return PyJsonReader.Read(text).Dict;
        }
        catch (PyJsonException)
        {
            return null;
        }
    }

    private static string? Text(string file)
    {
        string? text = null;
        Quietly(() => text = File.ReadAllText(file));
        return text;
    }

    // A worker ends while another one looks: what isn't there any more needs no removal, and tells nothing.
    private static void Quietly(Action action)
    {
        try
        {
            action();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
        }
    }

    private string At(string worker) => Path.Combine(path, $"{worker}{Extension}");
}
