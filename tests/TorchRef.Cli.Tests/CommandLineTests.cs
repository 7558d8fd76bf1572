using TorchRef.Cli.Tests.Support;

namespace TorchRef.Cli.Tests;

/// <summary>Command lines that can't be understood.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("frobnicate", "frobnicate")]
    [InlineData("frobnicate", "frobnicate", "--loudly")]
    [InlineData("--loudly", "verify", "--loudly")]
    [InlineData("extra", "verify", "extra")]
    [InlineData("extra", "doctor", "extra")]
    [InlineData("--filter", "verify", "--filter")]
    [InlineData("--seed", "verify", "--seed")]
    [InlineData("x", "verify", "--seed", "x")]
    [InlineData("-1", "verify", "--seed", "-1")]
    public void What_is_not_understood_is_named_in_one_line_with_a_hint(string named, params string[] arguments)
    {
        var outcome = Shell.Run(arguments);

        Assert.Equal(ExitCode.BadUsage, outcome.Code);
        Assert.Empty(outcome.Output);
        Assert.Contains(named, outcome.ErrorLines[0], StringComparison.Ordinal);
        Assert.Contains("--help", outcome.ErrorLines[^1], StringComparison.Ordinal);
        Assert.Equal(2, outcome.ErrorLines.Count);
        Assert.All(outcome.ErrorLines, line => Assert.StartsWith("torchref: ", line, StringComparison.Ordinal));
    }

    [Fact]
    public void Exit_codes_are_those_that_scripts_rely_on() =>
        Assert.Equal([0, 1, 2, 3, 4, 130], [ExitCode.Agrees, ExitCode.Differs, ExitCode.BadUsage, ExitCode.NotReady, ExitCode.Unexpected, ExitCode.Interrupted]);
}
