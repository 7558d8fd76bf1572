using TorchRef.Cli.Tests.Support;

namespace TorchRef.Cli.Tests.Commands;

/// <summary><c>torchref doctor</c>.</summary>
public sealed class DoctorCommandTests
{
    private static readonly Lazy<Outcome> s_outcome = new(() => Shell.Run("doctor"));

    [Fact]
    public void It_succeeds_in_silence_on_the_error_stream()
    {
        Assert.Equal(ExitCode.Agrees, s_outcome.Value.Code);
        Assert.Empty(s_outcome.Value.Errors);
    }

    [Theory]
    [InlineData(@"^TorchRef +\d+\.\d+\.\d+.* on \.NET \d+\.")]
    [InlineData(@"^TorchSharp +\d+\.\d+\.\d+")]
    [InlineData(@"^engine +libtorch \d+\.\d+.* from .+")]
    [InlineData(@"^BLAS +.+, \d+ GFLOP/s in a 1024×1024 float32 product")]
    [InlineData(@"^threads +\d+ within an operator, \d+ between operators, \d+ processors")]
    [InlineData(@"^devices +cpu; (no GPU: .+|\d+ GPUs? .+)")]
    [InlineData(@"^digits +(MNIST in .+|no MNIST nearby .+)")]
    public void It_says_what_the_program_runs_on(string line) => Assert.Matches($"(?m){line}", s_outcome.Value.Output);

    [Fact]
    public void It_names_the_devices_that_there_are()
    {
        var gpu = TorchSharp.torch.cuda.is_available();

        Assert.Equal(!gpu, s_outcome.Value.Output.Contains("no GPU: ", StringComparison.Ordinal));
    }
}
