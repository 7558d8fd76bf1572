namespace TorchRef.Cli.Tests.Support;

/// <summary>The assembly of sample modules, in its own folder, as somebody else's would be.</summary>
internal static class Samples
{
    public static string Path { get; } = Find();

    /// <summary>Checks one of its modules or functions.</summary>
    public static Outcome Check(params string[] arguments) => Shell.Run(["check", Path, .. arguments]);

    /// <summary>The tests' own folder is …/TorchRef.Cli.Tests/CONFIGURATION.</summary>
    private static string Find()
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        return System.IO.Path.Combine(here.Parent!.Parent!.FullName, "SampleModules", here.Name, "SampleModules.dll");
    }
}
