using System.Reflection;
using Microsoft.ML;
using TorchSharp;
using TorchSharp.PyBridge;

namespace Standins.Tests.Contract;

/// <summary>A stand-in declares nothing that its package doesn't: else code could compile here and not there.</summary>
public class SurfaceContractTests
{
    [SkippableFact]
    public void The_surface_of_TorchSharp_is_a_subset_of_the_packages() =>
        RequireSubset(typeof(torch).Assembly, "torchsharp-0.106.0.txt");

    [SkippableFact]
    public void The_surface_of_PyBridge_is_a_subset_of_the_packages() =>
        RequireSubset(typeof(Safetensors).Assembly, "torchsharp.pybridge-1.4.3.txt");

    [SkippableFact]
    public void The_surface_of_DataView_is_a_subset_of_the_packages() =>
        RequireSubset(typeof(IDataView).Assembly, "microsoft.ml.dataview-5.0.0.txt");

    private static void RequireSubset(Assembly assembly, string baseline)
    {
        var version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
        Skip.IfNot(baseline.EndsWith($"-{version}.txt", StringComparison.Ordinal), $"{baseline} lists another version than {version}, which is loaded");
        var file = Baseline(baseline);
        Skip.If(file is null, $"the baseline {baseline} isn't here: expected shared/api/{baseline} beside a parent folder, or TORCHREF_API to name its folder");
        var allowed = File.ReadLines(file).ToHashSet(StringComparer.Ordinal);
        var surplus = PublicSurface.Of(assembly).Where(line => !allowed.Contains(line)).ToList();
        Assert.True(surplus.Count == 0, $"{surplus.Count} members that {baseline} doesn't have:\n{string.Join('\n', surplus)}");
    }

    private static string? Baseline(string name)
    {
        if (Environment.GetEnvironmentVariable("TORCHREF_API") is { Length: > 0 } folder) return Path.Combine(folder, name);
        for (var place = new DirectoryInfo(AppContext.BaseDirectory); place is not null; place = place.Parent)
            if (Path.Combine(place.FullName, "shared", "api", name) is var file && File.Exists(file)) return file;
        return null;
    }
}
