using TorchRef.Notebooks.Documents;

namespace TorchRef.Cli.Notebooks;

/// <summary>Notebooks that a command line names.</summary>
internal static class NotebookFiles
{
    private const string Extension = ".ipynb";

    /// <exception cref="UsageException">The file isn't there, or isn't a notebook.</exception>
    public static Notebook Load(string file)
    {
        if (Directory.Exists(file)) throw new UsageException($"a notebook is a file: expected {Extension} but {file} is a folder ('torchref notebook list {file}' lists what is in it)");
        if (!File.Exists(file)) throw new UsageException($"a notebook must be there: expected a file but there is no {file}");
        try
        {
            return Notebook.Load(file);
        }
        catch (NotebookFormatException error)
        {
            throw new UsageException(error.Message);
        }
    }

    /// <summary>The notebooks in a folder, by name.</summary>
    public static IReadOnlyList<string> In(string folder) => [.. Directory.GetFiles(folder, $"*{Extension}").Order(StringComparer.Ordinal)];

    /// <summary>The folder <c>notebooks</c> here or above; null where there is none.</summary>
    public static string? FindFolder()
    {
        for (var folder = new DirectoryInfo(Directory.GetCurrentDirectory()); folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, "notebooks") is var found && Directory.Exists(found) && In(found).Count > 0)
                return Path.GetRelativePath(Directory.GetCurrentDirectory(), found);
        return null;
    }
}
