using System.Net;
using System.Net.Sockets;
using TorchRef.Cli.Tests.Support;

namespace TorchRef.Cli.Tests.Commands;

/// <summary><c>torchref data</c> as a user meets it; nothing here needs a network.</summary>
public sealed class DataCommandTests
{
    [Fact]
    public void It_says_where_the_digits_come_from()
    {
        var outcome = Shell.Run("data");

        Assert.Equal(ExitCode.Agrees, outcome.Code);
        Assert.Matches(@"(?m)^(MNIST, .+ \(\d+\+\d+ images, sha256 \w+…\)|no MNIST nearby: .+)\s*$", outcome.Output);
    }

    [Fact]
    public void A_mirror_that_does_not_answer_is_one_line()
    {
        using var folder = new TemporaryFolder();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        var outcome = Shell.Run("data", "--download", folder.At("mnist"), "--mirror", $"http://127.0.0.1:{port}");

        Assert.Equal(ExitCode.BadUsage, outcome.Code);
        Assert.Matches(@"^torchref: MNIST is downloaded from a mirror that answers: expected train-images-idx3-ubyte\.gz but got nothing usable \(127\.0\.0\.1: .+\); without a network put the four files into the folder by hand$", Assert.Single(outcome.ErrorLines));
        Assert.Empty(Directory.GetFiles(folder.At("mnist")));
    }

    [Fact]
    public void Files_that_are_not_mnists_are_not_touched()
    {
        using var folder = new TemporaryFolder();
        folder.WriteMnist(20, gzip: true);
        var before = File.ReadAllBytes(folder.At("train-images-idx3-ubyte.gz"));

        var outcome = Shell.Run("data", "--download", folder.Path);

        Assert.Equal(ExitCode.BadUsage, outcome.Code);
        Assert.StartsWith("torchref: A file that is there already must be MNIST's: expected ", Assert.Single(outcome.ErrorLines), StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(folder.At("train-images-idx3-ubyte.gz")));
    }

    [Theory]
    [InlineData("--mirror says where to download from: expected --download with it but got --mirror alone", "--mirror", "http://localhost/")]
    [InlineData("--mirror must be an address on the web: expected such as https://ossci-datasets.s3.amazonaws.com/mnist/ but got 'nowhere'", "--download", "x", "--mirror", "nowhere")]
    [InlineData("--download must name a folder: expected a folder but got ''", "--download", "")]
    public void What_can_not_be_is_one_line(string message, params string[] arguments)
    {
        var outcome = Shell.Run(["data", .. arguments]);

        Assert.Equal(ExitCode.BadUsage, outcome.Code);
        Assert.Equal($"torchref: {message}", Assert.Single(outcome.ErrorLines));
    }
}
