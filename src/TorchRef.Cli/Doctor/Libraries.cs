using System.Diagnostics;

namespace TorchRef.Cli.Doctor;

/// <summary>The native libraries in this process, by where their files are.</summary>
internal sealed class Libraries(IReadOnlyList<string> paths)
{
    public static Libraries Loaded()
    {
        using var process = Process.GetCurrentProcess();
        return new Libraries([.. process.Modules.Cast<ProcessModule>().Select(module => module.FileName).Where(file => file.Length > 0).Distinct()]);
    }

    /// <summary>The first library whose file name begins with one of the names, up to its ending.</summary>
    public string? PathOf(params string[] names) => paths.FirstOrDefault(path => names.Any(name =>
    {
        var file = Path.GetFileName(path);
        return file.StartsWith(name, StringComparison.OrdinalIgnoreCase) && (file.Length == name.Length || file[name.Length] is '.' or '-');
    }));

    /// <summary>The first library whose path contains a text.</summary>
    public string? Containing(string text) => paths.FirstOrDefault(path => path.Contains(text, StringComparison.OrdinalIgnoreCase));
}
