using System.ComponentModel;
using System.Diagnostics;

namespace TorchRef.Interop.Tests.Checkpoints.Support;

/// <summary>A Python that can import torch, where there is one.</summary>
internal static class PythonTorch
{
    private static readonly Lazy<string?> s_program = new(() =>
        new[] { Environment.GetEnvironmentVariable("TORCHREF_PYTHON"), "/usr/bin/python3", "python3" }.FirstOrDefault(program => !string.IsNullOrEmpty(program) && Run(program, "-c", "import torch, numpy") is { Code: 0 }));

    public static void Require() => Skip.If(s_program.Value is null, "no Python with torch was found: expected TORCHREF_PYTHON to name one, or apt-get install python3-torch");

    /// <summary>Runs a script of tests/golden/checkpoints and returns what it prints.</summary>
    public static string Script(string script, params string[] arguments)
    {
        var (code, output, errors) = Run(s_program.Value!, ["-B", Golden.PathOf(script), .. arguments])!.Value;
        Assert.True(code == 0, errors);
        return output;
    }

    private static (int Code, string Output, string Errors)? Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output, errors.Result);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
