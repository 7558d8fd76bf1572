using System.ComponentModel;
using System.Diagnostics;
using TorchRef.Experiments.Search.Studies.PythonJson;

namespace TorchRef.Experiments.Tests.Search.Studies.Support;

/// <summary>A Python that can import optuna: TORCHREF_PYTHON names one, PYTHONPATH may lead it to a checkout.</summary>
internal static class Optuna
{
    private static readonly Lazy<string?> _program = new(Find);

    public static bool IsThere => _program.Value is not null;

    /// <summary>Skips a test where there is none.</summary>
    public static void Require() => Skip.IfNot(IsThere, "no Python with optuna was found (TORCHREF_PYTHON names one)");

    /// <summary>Runs a script and reads what it prints, JSON.</summary>
    public static PyJson Run(string script, params IReadOnlyList<string> arguments)
    {
        (int code, string output, string errors) = Run(_program.Value!, script, arguments);
        Assert.True(code == 0, errors);
        return PyJsonReader.Read(output);
    }

    private static string? Find()
    {
        string?[] candidates = [Environment.GetEnvironmentVariable("TORCHREF_PYTHON"), "/usr/bin/python3", "python3"];
        return candidates.FirstOrDefault(program => program is { Length: > 0 } && Imports(program));
    }

    private static bool Imports(string program)
    {
        try
        {
            return Run(program, "import optuna", []).Code == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private static (int Code, string Output, string Errors) Run(string program, string script, IReadOnlyList<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, ["-W", "ignore", "-c", script, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }
}
