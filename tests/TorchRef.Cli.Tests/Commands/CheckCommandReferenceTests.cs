using System.Text.Json;
using System.Xml.Linq;
using TorchRef.Cli.Tests.Support;

namespace TorchRef.Cli.Tests.Commands;

/// <summary><c>torchref check --reference</c>: the gradient, and then the comparison with a module that is right.</summary>
public sealed class CheckCommandReferenceTests
{
    [Theory]
    [InlineData("torch.nn.Tanh")]
    [InlineData("TorchRef.Layers.Tanh")]
    [InlineData("Sample.OwnTanh")]
    public void A_module_that_does_the_same_passes_both(string reference)
    {
        var outcome = Samples.Check("--type", "OwnTanh", "--input", "5x3", "--reference", reference);

        Assert.Equal(ExitCode.Agrees, outcome.Code);
        Assert.Equal(["PASS", "PASS"], Verdicts(outcome));
        Assert.Contains($"Checked: OwnTanh() and {reference}(), input 5x3\n", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_right_gradient_of_another_formula_fails_the_comparison()
    {
        var outcome = Samples.Check("--type", "OwnTanh", "--input", "5x3", "--reference", "torch.nn.Sigmoid");

        Assert.Equal(ExitCode.Differs, outcome.Code);
        Assert.Equal(["PASS", "FAIL"], Verdicts(outcome));
    }

    [Fact]
    public void The_reference_takes_the_same_arguments_unless_it_has_its_own()
    {
        Assert.Contains("torch.nn.BatchNorm1d(3), input 5x3", Samples.Check("--type", "RightBatchNorm", "--args", "3", "--input", "5x3", "--reference", "torch.nn.BatchNorm1d").Output, StringComparison.Ordinal);
        Assert.Contains("torch.nn.BatchNorm1d(3, track_running_stats=false), input 5x3", Samples.Check("--type", "RightBatchNorm", "--args", "3", "--input", "5x3", "--reference", "torch.nn.BatchNorm1d", "--reference-args", "3", "track_running_stats=false").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reference_may_come_from_another_assembly()
    {
        var outcome = Samples.Check("--type", "OwnTanh", "--input", "5x3", "--reference", $"{Samples.Path}:OwnTanh");

        Assert.Equal(["PASS", "PASS"], Verdicts(outcome));
    }

    [Fact]
    public void Both_reports_are_written()
    {
        using var folder = new TemporaryFolder();

        Samples.Check("--type", "OwnTanh", "--input", "5x3", "--reference", "torch.nn.Sigmoid", "--report", folder.Path);

        Assert.Equal(
            ["junit-parity.xml", "junit.xml", "parity.html", "parity.json", "parity.txt", "report.html", "report.json", "report.txt"],
            Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(("0", true), (XDocument.Load(folder.At("junit.xml")).Root!.Attribute("failures")!.Value, XDocument.Load(folder.At("junit-parity.xml")).Root!.Attribute("failures")!.Value != "0"));
        using var json = JsonDocument.Parse(File.ReadAllText(folder.At("parity.json")));
        Assert.Equal("Fail", json.RootElement.GetProperty("verdict").GetString());
    }

    private static IEnumerable<string> Verdicts(Outcome outcome) =>
        outcome.Output.Split('\n').Where(line => line.StartsWith("PASS: ", StringComparison.Ordinal) || line.StartsWith("FAIL: ", StringComparison.Ordinal)).Select(line => line[..4]);
}
