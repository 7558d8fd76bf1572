using System.Text.Json;
using System.Xml.Linq;
using TorchRef.Cli.Tests.Support;

namespace TorchRef.Cli.Tests.Commands;

/// <summary><c>torchref check</c> as somebody meets it who has a module of his own.</summary>
public sealed class CheckCommandTests
{
    [Fact]
    public void A_right_module_exits_with_0_and_says_what_would_have_been_seen()
    {
        var outcome = Samples.Check("--type", "RightBatchNorm", "--args", "3", "--input", "5x3");

        Assert.Equal(ExitCode.Agrees, outcome.Code);
        Assert.Empty(outcome.Errors);
        Assert.Matches(@"^PASS: all \d+ derivatives agree with differences within their error bars; an error of \S+ of the", outcome.Output);
        Assert.Contains("Checked: RightBatchNorm(3), input 5x3\n", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_module_exits_with_1_and_shows_where()
    {
        var outcome = Samples.Check("--type", "Sample.NaiveBatchNorm", "--args", "3", "--input", "5x3");

        Assert.Equal(ExitCode.Differs, outcome.Code);
        Assert.StartsWith("FAIL: ", outcome.Output, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^  input +\(5, 3\) .* WRONG$", outcome.Output);
        Assert.Matches(@"(?m)^  weight +\(3\) .* right$", outcome.Output);
    }

    [Fact]
    public void The_second_order_is_checked_where_it_is_asked_for()
    {
        var outcome = Samples.Check("--type", "RightBatchNorm", "--args", "3", "--input", "5x3", "--order", "2");

        Assert.Equal(ExitCode.Differs, outcome.Code);
        Assert.Matches(@"(?m)^  gradient of input\[\d, \d\] +input\[\d, \d\] ", outcome.Output);
    }

    [Fact]
    public void The_fast_mode_finds_the_same_fault()
    {
        var outcome = Samples.Check("--type", "NaiveBatchNorm", "--args", "3", "--input", "5x3", "--mode", "fast");

        Assert.Equal(ExitCode.Differs, outcome.Code);
        Assert.Contains(" times, by random projections of the Jacobian, of order 1\n", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void At_a_kink_nothing_is_wrong()
    {
        var outcome = Samples.Check("--function", "Functions.Rectified", "--input", "3:scale=0");

        Assert.Equal(ExitCode.Agrees, outcome.Code);
        Assert.StartsWith("KINK: ", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_function_of_several_tensors_is_checked_by_the_names_of_its_parameters()
    {
        var outcome = Samples.Check("--function", "Functions.Both", "--input", "2x3", "--input", "2x3:scale=1e3:offset=5");

        Assert.Equal(ExitCode.Agrees, outcome.Code);
        Assert.Matches(@"(?m)^  left +\(2, 3\) .* right$", outcome.Output);
        Assert.Matches(@"(?m)^  right +\(2, 3\) .* right$", outcome.Output);
    }

    [Fact]
    public void A_function_of_an_array_takes_as_many_inputs_as_are_given_and_further_arguments()
    {
        var outcome = Samples.Check("--function", "Sample.Functions.All", "--args", "power=3", "--input", "2", "--input", "3", "--input", "scalar");

        Assert.Equal(ExitCode.Agrees, outcome.Code);
        Assert.Matches(@"(?m)^  tensors\[2\] +a scalar ", outcome.Output);
    }

    [Fact]
    public void A_wrong_function_is_wrong_only_by_the_input_that_it_is_wrong_by()
    {
        var outcome = Samples.Check("--function", "Functions.WrongProduct", "--input", "2x3", "--input", "2x3");

        Assert.Equal(ExitCode.Differs, outcome.Code);
        Assert.Matches(@"(?m)^  left +\(2, 3\) .* right$", outcome.Output);
        Assert.Matches(@"(?m)^  right +\(2, 3\) .* WRONG$", outcome.Output);
    }

    [Fact]
    public void Complex_inputs_are_drawn_where_they_are_asked_for()
    {
        var outcome = Samples.Check("--function", "Functions.Both", "--input", "2", "--input", "2", "--dtype", "complex128");

        Assert.Equal(ExitCode.Agrees, outcome.Code);
        Assert.Contains("inputs 2, 2, complex\n", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_seed_draws_the_same_input()
    {
        string Table(string seed) => string.Join('\n', Samples.Check("--type", "NaiveBatchNorm", "--args", "3", "--input", "5x3", "--seed", seed).Output.Split('\n').Where(line => line.StartsWith("  output[", StringComparison.Ordinal)));

        var first = Table("3");

        Assert.NotEmpty(first);
        Assert.Equal(first, Table("3"));
        Assert.NotEqual(first, Table("4"));
    }

    [Fact]
    public void Reports_are_written_whole_in_four_forms()
    {
        using var folder = new TemporaryFolder();
        var reports = folder.At("new/reports");

        var outcome = Samples.Check("--type", "NaiveBatchNorm", "--args", "3", "--input", "5x3", "--report", reports);

        Assert.Equal(["junit.xml", "report.html", "report.json", "report.txt"], Directory.GetFiles(reports).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Contains(File.ReadAllText(Path.Combine(reports, "report.txt")).TrimEnd(), outcome.Output, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(reports, "report.json")));
        Assert.Equal("Fail", json.RootElement.GetProperty("verdict").GetString());
        Assert.Equal("1", XDocument.Load(Path.Combine(reports, "junit.xml")).Root!.Attribute("failures")!.Value);
        Assert.Contains("<svg class=\"map\"", File.ReadAllText(Path.Combine(reports, "report.html")), StringComparison.Ordinal);
        Assert.Contains($"written to {reports}: ", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_checked_code_prints_is_kept_apart_and_not_taken_for_a_result()
    {
        var outcome = Samples.Check("--type", "Prints", "--input", "2");

        Assert.Equal(ExitCode.Agrees, outcome.Code);
        Assert.Matches(@"(?m)^The checked code printed \d+ lines, the first 5 of which are:$", outcome.Output);
        Assert.EndsWith("  {\"Done\":true}\n", outcome.Output, StringComparison.Ordinal);
    }
}
