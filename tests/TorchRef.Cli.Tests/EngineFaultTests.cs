using System.Diagnostics;

namespace TorchRef.Cli.Tests;

/// <summary>What a user reads who has no libtorch, another one, or a broken one. Each runs the program itself, in a process of its own.</summary>
public sealed class EngineFaultTests : IDisposable
{
    private const int NotReady = 3;
    private static readonly string s_shimManifest = Path.Combine(AppContext.BaseDirectory, "torchref_shim.txt");
    private readonly string _folder = Directory.CreateTempSubdirectory("torchref-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableFact]
    public void A_folder_without_libtorch_is_named()
    {
        var (code, line) = Doctor();
        Assert.Equal(NotReady, code);
        Assert.Contains($"expected {Path.Combine(_folder, "lib", "libtorch_cpu.so")} but there is none", line);
    }

    [SkippableFact]
    public void A_libtorch_of_another_version_is_refused_before_it_is_loaded()
    {
        WriteLibtorch("9.9.9");
        var (code, line) = Doctor();
        Assert.Equal(NotReady, code);
        Assert.Matches(@"expected libtorch \d+\.\d+\.\d+\S* but \S+ has 9\.9\.9", line);
    }

    [SkippableFact]
    public void A_libtorch_of_the_same_version_but_another_build_is_refused()
    {
        WriteLibtorch(BuiltWith());
        var (code, line) = Doctor();
        Assert.Equal(NotReady, code);
        Assert.Matches(@"expected a libtorch_cpu\.so of \d+ bytes but \S+ has 3", line);
    }

    private static void RequireStandIns() => Skip.IfNot(File.Exists(s_shimManifest), "the packages bring their own libtorch: LIBTORCH has no say");

    private static string BuiltWith()
    {
        RequireStandIns();
        return File.ReadLines(s_shimManifest).First(line => line.StartsWith("version=", StringComparison.Ordinal))["version=".Length..];
    }

    private void WriteLibtorch(string version)
    {
        var include = Directory.CreateDirectory(Path.Combine(_folder, "include/torch/csrc/api/include/torch")).FullName;
        File.WriteAllText(Path.Combine(include, "version.h"), $"#pragma once\n#define TORCH_VERSION \"{version}\"\n");
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, "lib")).FullName, "libtorch_cpu.so"), "elf");
    }

    /// <summary>The exit code and the one line that it prints.</summary>
    private (int code, string line) Doctor()
    {
        RequireStandIns();
        var start = new ProcessStartInfo("dotnet", [typeof(ExitCode).Assembly.Location, "doctor"]) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["LIBTORCH"] = _folder;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEnd().TrimEnd();
        process.WaitForExit();
        Assert.Empty(output.Result);
        Assert.DoesNotContain('\n', errors);
        return (process.ExitCode, errors);
    }
}
