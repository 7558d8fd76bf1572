using System.Diagnostics;
using System.Xml.Linq;
using TorchRef.Cli.Tests.Support;
using TorchRef.Cli.Verification;

namespace TorchRef.Cli.Tests.Commands;

/// <summary><c>torchref check</c> on code that doesn't behave, and on command lines that can't be carried out.</summary>
public sealed class CheckCommandFaultTests
{
    [Fact]
    public void An_exception_inside_backward_is_told_with_its_message()
    {
        var outcome = Samples.Check("--type", "ThrowsInBackward", "--input", "2");

        Assert.Equal(ExitCode.Differs, outcome.Code);
        Assert.StartsWith("FAIL: ", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("no gradient today", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_process_that_is_aborted_is_reported_with_its_last_words_and_in_files()
    {
        using var folder = new TemporaryFolder();

        var outcome = Samples.Check("--type", "AbortsInBackward", "--input", "2", "--report", folder.Path);

        Assert.Equal(ExitCode.Differs, outcome.Code);
        Assert.Empty(outcome.Errors);
        Assert.Matches(@"^FAIL: the process was aborted \(exit code \S+( SIGABRT| abort)\) while checking the gradient: likely an\s+exception inside backward", outcome.Output);
        Assert.Contains("the last words", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("Sample.AbortsInBackward", outcome.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("TorchRef.Cli", outcome.Output, StringComparison.Ordinal);
        Assert.Equal("1", XDocument.Load(folder.At("junit.xml")).Root!.Attribute("failures")!.Value);
    }

    [Fact]
    public void An_exception_in_forward_is_told_with_the_place_in_the_checked_code()
    {
        var outcome = Samples.Check("--type", "ThrowsInForward", "--input", "2x2");

        Assert.Equal(ExitCode.Differs, outcome.Code);
        Assert.StartsWith("FAIL: the checked code threw InvalidOperationException while checking the gradient (do --input and\n--args fit it?): expected 3 columns but got 2.\n", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("at Sample.ThrowsInForward.forward(Tensor input)", outcome.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("at TorchRef.", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_check_that_does_not_end_is_stopped_and_proves_nothing()
    {
        var outcome = Samples.Check("--type", "LoopsForEver", "--input", "2", "--timeout", "4");

        Assert.Equal(ExitCode.Differs, outcome.Code);
        Assert.StartsWith("INCONCLUSIVE: the check didn't end within 4 s and was stopped while checking the gradient", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("looping", outcome.Output, StringComparison.Ordinal);
        Assert.Empty(Children());
    }

    [Fact]
    public void Being_stopped_ends_the_checking_process_too()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(2));

        var outcome = Shell.Run(Candidates.Own, ["check", Samples.Path, "--type", "LoopsForEver", "--input", "2"], stop.Token);

        Assert.Equal(ExitCode.Interrupted, outcome.Code);
        Assert.Empty(Children());
    }

    [Fact]
    public void Without_a_name_the_modules_are_listed()
    {
        var line = Refused("--type must name the module to check, or --function a static method: expected one of ", "--input", "2");

        Assert.Contains("Sample.NaiveBatchNorm, ", line, StringComparison.Ordinal);
        Assert.DoesNotContain("Unfinished", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("expected such as Sample.NaiveBatchNorm, ", "--type", "NaivBatchnorm", "--input", "2")]
    [InlineData("expected one of Sample.First.Twin, Sample.Second.Twin but got 'Twin'", "--type", "Twin", "--input", "2")]
    [InlineData("expected one tensor in and one out but got Sample.TwoInputs, whose forward is forward(Tensor left, Tensor right)", "--type", "TwoInputs", "--input", "2")]
    [InlineData("expected a class but Sample.Unfinished is abstract", "--type", "Unfinished", "--input", "2")]
    [InlineData("got Sample.Functions, which is no module", "--type", "Functions", "--input", "2")]
    [InlineData("Sample.RefusesToBeMade refused its arguments: ArgumentException: features must be positive but got -3", "--type", "RefusesToBeMade", "--args", "-3", "--input", "2")]
    [InlineData("expected Scale(double by, ScaleKind kind = Times) or Scale(string text, bool negative) but got (xx)", "--type", "Scale", "--args", "xx", "--input", "2")]
    [InlineData("expected such as Sample.Functions.Softsign", "--function", "Functions.Softsin", "--input", "2")]
    [InlineData("expected 2 for Functions.Both but got 1", "--function", "Functions.Both", "--input", "2")]
    [InlineData("got Int64 Count(Tensor x)", "--function", "Functions.Count", "--input", "2")]
    [InlineData("expected such as My.Functions.Softsign but got 'Softsign'", "--function", "Softsign", "--input", "2")]
    [InlineData("expected one of them but got both", "--type", "Prints", "--function", "Functions.Softsign", "--input", "2")]
    [InlineData("expected such as --input 4x8 but got none", "--type", "Prints")]
    [InlineData("expected 1 but got 2", "--type", "Prints", "--input", "2", "--input", "3")]
    [InlineData("expected such as 4x8, 2x3x5x5 or scalar but got '4x'", "--type", "Prints", "--input", "4x")]
    [InlineData("expected such as 4x8, 2x3x5x5 or scalar but got '0'", "--type", "Prints", "--input", "0")]
    [InlineData("expected such as 4x8:scale=1e3:offset=5 but got '4:scale=big'", "--type", "Prints", "--input", "4:scale=big")]
    [InlineData("must have at most 16777216 values", "--type", "Prints", "--input", "99999x99999")]
    [InlineData("--order must be 1 or 2 but got 3", "--type", "Prints", "--input", "2", "--order", "3")]
    [InlineData("--mode must be full or fast but got 'slow'", "--type", "Prints", "--input", "2", "--mode", "slow")]
    [InlineData("--dtype must be float64 or complex128", "--type", "Prints", "--input", "2", "--dtype", "float32")]
    [InlineData("--timeout must be a positive number of seconds but got 0", "--type", "Prints", "--input", "2", "--timeout", "0")]
    [InlineData("expected cpu, cuda or cuda:N but got 'gpu'", "--type", "Prints", "--input", "2", "--device", "gpu")]
    [InlineData("expected --type but got --function", "--function", "Functions.Softsign", "--input", "2", "--reference", "torch.nn.ReLU")]
    [InlineData("expected such as torch.nn.BatchNorm1d", "--type", "RightBatchNorm", "--args", "3", "--input", "5x3", "--reference", "torch.nn.BatchNom1d")]
    [InlineData("expected both but got only the arguments", "--type", "Prints", "--input", "2", "--reference-args", "3")]
    public void What_cannot_be_carried_out_is_refused_in_one_line(string expected, params string[] arguments) => Assert.Contains(expected, Refused("", arguments), StringComparison.Ordinal);

    [Fact]
    public void What_is_no_assembly_is_refused_in_one_line()
    {
        using var folder = new TemporaryFolder();
        var text = folder.At("text.dll");
        File.WriteAllText(text, "no assembly");

        foreach (var (path, expected) in new[] { (folder.At("missing.dll"), "there is no file"), (folder.Path, "got the folder"), (text, "must be a .NET assembly"), ("My.csproj", "must be built"), ("", "must be named") })
        {
            var outcome = Shell.Run("check", path, "--type", "X", "--input", "2");
            Assert.Equal(ExitCode.BadUsage, outcome.Code);
            Assert.Contains(expected, Assert.Single(outcome.ErrorLines), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_report_folder_that_cannot_be_one_is_refused_before_any_work()
    {
        using var folder = new TemporaryFolder();
        var file = folder.At("a file");
        File.WriteAllText(file, "");

        Refused("--report must name a folder", "--type", "Prints", "--input", "2", "--report", file);
        Refused("--report must name a folder", "--type", "Prints", "--input", "2", "--report", "");
    }

    [Fact]
    public void The_process_that_checks_is_not_for_people() => Assert.DoesNotContain("check-child", Shell.Run("--help").Output, StringComparison.Ordinal);

    private static string Refused(string start, params string[] arguments)
    {
        var outcome = Samples.Check(arguments);

        Assert.Equal(ExitCode.BadUsage, outcome.Code);
        Assert.Empty(outcome.Output);
        var line = Assert.Single(outcome.ErrorLines);
        Assert.StartsWith($"torchref: {start}", line, StringComparison.Ordinal);
        return line;
    }

    /// <summary>Checking processes that are still there, by their command lines.</summary>
    private static IReadOnlyList<string> Children() => OperatingSystem.IsLinux()
        ? [.. Process.GetProcesses().Select(CommandLineOf).Where(line => line.Contains("check-child", StringComparison.Ordinal) && line.Contains(AppContext.BaseDirectory, StringComparison.Ordinal))]
        : [];

    private static string CommandLineOf(Process process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process.Id}/cmdline").Replace('\0', ' ');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
