using System.Reflection;

namespace TorchRef.Notebooks.Execution;

/// <summary>The packages that notebooks may ask for, and the assemblies beside this one that stand for them.</summary>
internal static class BuiltPackages
{
    private const string Own = "TorchRef";

    private static readonly Dictionary<string, string[]> s_all = new(StringComparer.OrdinalIgnoreCase)
    {
        ["TorchRef"] = ["TorchRef", "TorchSharp"],
        ["TorchRef.Xunit"] = ["TorchRef.Xunit", "xunit.assert", "TorchRef", "TorchSharp"],
        ["TorchRef.Interop"] = ["TorchRef.Interop", "Microsoft.ML.DataView", "TorchRef", "TorchSharp"],
        ["TorchRef.Experiments"] = ["TorchRef.Experiments", "TorchRef.Interop", "Microsoft.ML.DataView", "TorchRef", "TorchSharp"],
        ["TorchSharp"] = ["TorchSharp"],
        ["TorchSharp-cpu"] = ["TorchSharp"],
        ["TorchSharp-cuda-linux"] = ["TorchSharp"],
        ["TorchSharp-cuda-windows"] = ["TorchSharp"],
        ["Microsoft.ML.DataView"] = ["Microsoft.ML.DataView"],
    };

    /// <summary>The version of the packages of this house.</summary>
    public static string Version { get; } =
        typeof(BuiltPackages).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>The assemblies of a package.</summary>
    /// <exception cref="CellError">It isn't one of those that this program was built with, or of this house in another version.</exception>
    public static IEnumerable<Assembly> Find(PackageRequest request)
    {
        if (!s_all.TryGetValue(request.Id, out var names))
            throw new CellError(request.Line, $"""a notebook gets the packages that this program was built with: expected {string.Join(", ", s_all.Keys)} but got {request.Id} (#r "path/to/some.dll" takes any assembly)""");
        // TorchSharp comes in whatever version the program was built with; the house's own must be what the notebook was written for.
        if (request.Id.StartsWith(Own, StringComparison.OrdinalIgnoreCase) && request.Version is { Length: > 0 } version && !Fits(version))
            throw new CellError(request.Line, $"{request.Id} must be of the version that this program has: expected {Version} but got {version}");
        return names.Select(name => Assembly.Load(new AssemblyName(name)));
    }

    /// <summary>A version may end in *, as NuGet has it: any from there on.</summary>
    private static bool Fits(string version) => version == Version || (version.IndexOf('*') is var star and >= 0 && Version.StartsWith(version[..star], StringComparison.Ordinal));
}
