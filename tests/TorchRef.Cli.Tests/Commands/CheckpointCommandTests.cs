using TorchRef.Cli.Tests.Support;
using TorchRef.Interop.Checkpoints;
using static TorchSharp.torch;

namespace TorchRef.Cli.Tests.Commands;

/// <summary><c>torchref compare</c> and <c>torchref convert</c> as a user meets them.</summary>
public sealed class CheckpointCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public CheckpointCommandTests()
    {
        using var scope = NewDisposeScope();
        Checkpoint.SaveStateDict(new Dictionary<string, Tensor> { ["weight"] = arange(6, dtype: float32).reshape(2, 3), ["bias"] = zeros(2) }, _folder.At("a.pth"));
        Checkpoint.SaveStateDict(new Dictionary<string, Tensor> { ["weight"] = arange(6, dtype: float32).reshape(2, 3).mul(1.001), ["bias"] = zeros(2) }, _folder.At("b.pth"));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_converted_file_is_the_same()
    {
        Assert.Equal(ExitCode.Agrees, Shell.Run("convert", _folder.At("a.pth"), _folder.At("c.safetensors")).Code);
        var outcome = Shell.Run("compare", _folder.At("a.pth"), _folder.At("c.safetensors"));
        Assert.Equal(ExitCode.Agrees, outcome.Code);
        Assert.Contains("2 values, 2 of them tensors in both: all the same, bit for bit", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_difference_is_an_exit_code_and_a_row_of_the_report()
    {
        var outcome = Shell.Run("compare", _folder.At("a.pth"), _folder.At("b.pth"), "--json", _folder.At("report.json"));
        Assert.Equal(ExitCode.Differs, outcome.Code);
        Assert.Contains("2 values, 2 of them tensors in both: 1 differ", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("\"mismatched\": 5", File.ReadAllText(_folder.At("report.json")), StringComparison.Ordinal);
        Assert.Equal(ExitCode.Agrees, Shell.Run("compare", _folder.At("a.pth"), _folder.At("b.pth"), "--tolerance", "0.01").Code);
    }

    [Fact]
    public void What_cannot_be_used_is_one_line()
    {
        File.WriteAllText(_folder.At("text.pth"), "no checkpoint at all");
        Refused($"{_folder.At("text.pth")}: a checkpoint must be a zip archive or a pickle", "compare", _folder.At("a.pth"), _folder.At("text.pth"));
        Refused($"{_folder.At("text.pth")}: a checkpoint must be a zip archive or a pickle", "convert", _folder.At("text.pth"), _folder.At("c.pth"));
        Refused("--tolerance must be a distance", "compare", _folder.At("a.pth"), _folder.At("b.pth"), "--tolerance", "-1");
        Refused("Could not find file", "compare", _folder.At("a.pth"), _folder.At("none.pth"));
        Refused("must say its format", "convert", _folder.At("a.pth"), _folder.At("c.txt"));
        Refused("a key must be there", "convert", _folder.At("a.pth"), _folder.At("c.pth"), "--key", "model");
        Refused("--metadata must be a name and a text", "convert", _folder.At("a.pth"), _folder.At("c.safetensors"), "--metadata", "x");
        Assert.False(File.Exists(_folder.At("c.pth")));
    }

    private static void Refused(string says, params string[] arguments)
    {
        var outcome = Shell.Run(arguments);
        Assert.Equal(ExitCode.BadUsage, outcome.Code);
        Assert.Contains(says, Assert.Single(outcome.ErrorLines), StringComparison.Ordinal);
    }
}
