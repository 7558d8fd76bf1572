using System.Text.RegularExpressions;

namespace TorchSharp.Engine;

/// <summary>
/// What the shim was compiled against, as native/build.sh wrote it down. libtorch's C++ interface changes with every
/// minor version, and a wrong one crashes rather than fails, so the versions are compared before anything is loaded.
/// </summary>
internal sealed partial record ShimManifest(string Version, string Folder, long EngineBytes)
{
    public static ShimManifest Read(string file)
    {
        if (!File.Exists(file))
            throw new DllNotFoundException($"the binding to libtorch must come with its manifest: expected {file} but there is none (build it: ./torchref doctor)");
        var entries = File.ReadLines(file).Select(line => line.Split('=', 2)).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1]);
        if (!entries.TryGetValue("version", out var version) || !entries.TryGetValue("lib", out var lib)
            || !entries.TryGetValue("engine_bytes", out var bytes) || !long.TryParse(bytes, out var size))
            throw new DllNotFoundException($"the manifest of the binding must name version, lib and engine_bytes: expected them in {file} but got {string.Join(", ", entries.Keys)}");
        return new ShimManifest(version, lib, size);
    }

    /// <exception cref="DllNotFoundException">There is no libtorch in <paramref name="lib"/>, or it isn't the one the shim was compiled against.</exception>
    public void RequireSameLibtorch(string lib)
    {
        var engine = Path.Combine(lib, "libtorch_cpu.so");
        if (!File.Exists(engine))
            throw new DllNotFoundException($"libtorch must be installed: expected {engine} but there is none (on Debian: apt-get install libtorch-dev libopenblas0-openmp; or LIBTORCH names its folder)");
        if (VersionOf(lib) is { } found && found != Version)
            throw new DllNotFoundException($"the binding must run on the libtorch it was compiled against: expected libtorch {Version} but {lib} has {found} (build it again: ./torchref doctor)");
        var target = File.ResolveLinkTarget(engine, returnFinalTarget: true) ?? new FileInfo(engine);
        if (new FileInfo(target.FullName).Length is var bytes && bytes != EngineBytes)
            throw new DllNotFoundException($"the binding must run on the libtorch it was compiled against: expected a libtorch_cpu.so of {EngineBytes} bytes but {target.FullName} has {bytes} (build it again: ./torchref doctor)");
    }

    /// <summary>The version of the libtorch in a folder, from the headers beside it; null where they aren't installed.</summary>
    private static string? VersionOf(string lib)
    {
        for (var folder = new DirectoryInfo(lib); folder is not null; folder = folder.Parent)
        {
            var header = Path.Combine(folder.FullName, "include/torch/csrc/api/include/torch/version.h");
            if (!File.Exists(header)) continue;
            var text = File.ReadAllText(header);
            if (VersionText().Match(text) is { Success: true } match) return match.Groups[1].Value;
            var parts = VersionPart().Matches(text).Select(part => part.Groups[1].Value).ToArray();
            return parts.Length == 3 ? string.Join('.', parts) : null;
        }
        return null;
    }

    [GeneratedRegex("""#define TORCH_VERSION "(.*)"$""", RegexOptions.Multiline)]
    private static partial Regex VersionText();

    [GeneratedRegex("#define TORCH_VERSION_(?:MAJOR|MINOR|PATCH) ([0-9]+)")]
    private static partial Regex VersionPart();
}
