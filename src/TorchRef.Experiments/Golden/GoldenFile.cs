namespace TorchRef.Experiments.Golden;

/// <summary>A file of golden tensors made by Python's PyTorch (format: <c>tests/golden/README.md</c>).</summary>
/// <param name="Torch">The version of PyTorch that made it.</param>
/// <param name="MadeBy">The script that made it.</param>
/// <param name="Cases">Its cases, in the order of the file.</param>
public sealed record GoldenFile(string Torch, string MadeBy, IReadOnlyList<GoldenCase> Cases)
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="GoldenFormatException">It doesn't keep to the format; the message begins with the file's name.</exception>
    public static GoldenFile Load(string path)
    {
        try
        {
            return GoldenReader.Read(File.ReadAllBytes(path));
        }
        catch (GoldenFormatException error)
        {
            throw new GoldenFormatException(Path.GetFileName(path), error.Message, error);
        }
    }

    /// <summary>Reads the text of a file.</summary>
    /// <exception cref="GoldenFormatException">It doesn't keep to the format.</exception>
    public static GoldenFile Parse(string json) => GoldenReader.Read(System.Text.Encoding.UTF8.GetBytes(json));

    /// <summary>The folder <c>tests/golden</c> of the checkout that a folder lies in, or null outside of one.</summary>
    /// <param name="start">Where to begin to walk up; by default, where the program lies.</param>
    public static string? FindFolder(string? start = null)
    {
        for (var folder = new DirectoryInfo(start ?? AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "tests", "golden");
            if (File.Exists(Path.Combine(candidate, "make_golden.py"))) return candidate;
        }
        return null;
    }

    /// <summary>The case of that name and type.</summary>
    /// <exception cref="KeyNotFoundException">There is none; the message names the closest by their beginning.</exception>
    public GoldenCase Find(string name, string dtype = "float64")
    {
        foreach (var candidate in Cases)
            if (candidate.Name == name && candidate.Dtype == dtype) return candidate;
        var near = Cases.Where(c => c.Name == name || c.Name.StartsWith(name.Split('_')[0], StringComparison.Ordinal)).Take(5).ToList();
        throw new KeyNotFoundException(
            $"no such case: expected one of {Cases.Count}{(near.Count == 0 ? "" : $", such as {string.Join(", ", near)},")} but got {name} ({dtype})");
    }
}
