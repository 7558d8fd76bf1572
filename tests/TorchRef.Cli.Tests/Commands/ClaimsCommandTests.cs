using System.Text.Json;
using TorchRef.Cli.Tests.Support;

namespace TorchRef.Cli.Tests.Commands;

/// <summary><c>torchref claims</c> as a user meets it.</summary>
public sealed class ClaimsCommandTests
{
    [Fact]
    public void It_prints_claim_measurement_verdict_and_reason()
    {
        var outcome = Shell.Run("claims", "b5", "E6");

        Assert.Equal(ExitCode.Agrees, outcome.Code);
        Assert.Empty(outcome.Errors);
        Assert.Matches(@"(?m)^B5 +tanh′ lies between 0 and ½: wrong\s*$", outcome.Output);
        Assert.Matches(@"(?m)^ +false: tanh′ stays below ½ \(largest value 1, at 0; .+\)\s*$", outcome.Output);
        Assert.Matches(@"(?m)^ +why: tanh′ = 1 − tanh² is 1 at 0\s*$", outcome.Output);
        Assert.Contains("2 claims: 1 hold, 0 hold with a caveat, 1 wrong, 0 not measured", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void It_writes_json_and_a_page()
    {
        using var folder = new TemporaryFolder();
        var (json, html) = (folder.At("claims.json"), folder.At("claims.html"));

        Assert.Equal(ExitCode.Agrees, Shell.Run("claims", "C3", "--json", json, "--html", html).Code);

        using var document = JsonDocument.Parse(File.ReadAllText(json));
        var claim = Assert.Single(document.RootElement.GetProperty("claims").EnumerateArray());
        Assert.Equal(("C3", "wrong"), (claim.GetProperty("id").GetString(), claim.GetProperty("verdict").GetString()));
        Assert.Contains("1.64750608", claim.GetProperty("evidence")[0].GetProperty("measured").GetString(), StringComparison.Ordinal);
        Assert.Contains("<td>wrong</td>", File.ReadAllText(html), StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetFiles(folder.Path).Length);
    }

    [Theory]
    [InlineData("there must be such a claim: expected A1 to A12, B1 to B12, C1 to C7, D1 to D12, E1 to E13 but got 'Z9'", "Z9")]
    [InlineData("--json must name a file in a folder that exists: expected /no/such but there is none", "B5", "--json", "/no/such/file")]
    [InlineData("--html must name a file: expected a file but got ''", "B5", "--html", "")]
    [InlineData("--device must name a device that commands run on: expected cpu, cuda or cuda:N but got 'tpu'", "B5", "--device", "tpu")]
    public void What_can_not_be_is_one_line(string message, params string[] arguments)
    {
        var outcome = Shell.Run(["claims", .. arguments]);

        Assert.Equal(ExitCode.BadUsage, outcome.Code);
        Assert.Equal($"torchref: {message}", Assert.Single(outcome.ErrorLines));
    }
}
