using System.Security.Cryptography;
using TorchRef.Experiments.Data;

namespace TorchRef.Experiments.Tests.Data;

/// <summary>Downloads from a server of our own, of two small files.</summary>
public sealed class MnistDownloadTests : IDisposable
{
    private static readonly byte[] s_content = [.. Enumerable.Range(0, 5000).Select(i => (byte)(i * i >> 3))];
    private static readonly byte[] s_packed = TempFolder.Gzip(s_content);
    private static readonly IReadOnlyList<MnistFile> s_files = [new("one.gz", Hash()), new("two.gz", Hash())];

    private readonly TempFolder _folder = new();
    private readonly HttpClient _client = new();

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Files_come_whole_and_checked()
    {
        using var server = new SmallServer((_, _) => new SmallServer.Reply(200, s_packed));
        var seen = new List<DownloadProgress>();

        Assert.Equal(2, await Download(server.Address).RunAsync(_folder.Path, seen.Add));

        Assert.Equal(["one.gz", "two.gz"], Names());
        Assert.Equal(s_packed, File.ReadAllBytes(At("two.gz")));
        Assert.Equal(new DownloadProgress("two.gz", s_packed.Length, s_packed.Length), seen[^1]);
        Assert.Equal(0, await Download(server.Address).RunAsync(_folder.Path));
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_connection_that_breaks_is_gone_on_from_where_it_broke()
    {
        int broken = 0;
        using var server = new SmallServer((_, from) => from > 0
            ? new SmallServer.Reply(206, s_packed[(int)from..])
            : broken++ == 0 ? new SmallServer.Reply(200, s_packed[..100], s_packed.Length) : new SmallServer.Reply(200, s_packed));

        await Assert.ThrowsAsync<IOException>(() => Download(server.Address).RunAsync(_folder.Path));
        Assert.Equal(["one.gz.part"], Names());
        await Download(server.Address).RunAsync(_folder.Path);

        Assert.Equal(["one.gz", "two.gz"], Names());
        Assert.Equal([("one.gz", 0), ("one.gz", 100), ("two.gz", 0)], server.Requests);
        Assert.Equal(s_packed, File.ReadAllBytes(At("one.gz")));
    }

    [Fact]
    public async Task A_start_that_does_not_fit_the_rest_is_fetched_again()
    {
        _folder.Write("one.gz.part", [9, 9, 9, 9, 9]);
        using var server = new SmallServer((_, from) => from > 0 ? new SmallServer.Reply(206, s_packed[(int)from..]) : new SmallServer.Reply(200, s_packed));

        await Download(server.Address).RunAsync(_folder.Path);

        Assert.Equal([("one.gz", 5), ("one.gz", 0), ("two.gz", 0)], server.Requests);
        Assert.Equal(["one.gz", "two.gz"], Names());
    }

    [Fact]
    public async Task A_part_that_is_whole_already_is_taken()
    {
        _folder.Write("one.gz.part", s_packed);
        using var server = new SmallServer((_, from) => from > 0 ? new SmallServer.Reply(416, []) : new SmallServer.Reply(200, s_packed));

        await Download(server.Address).RunAsync(_folder.Path);

        Assert.Equal(["one.gz", "two.gz"], Names());
    }

    [Fact]
    public async Task Where_a_mirror_fails_the_next_one_is_tried()
    {
        using var missing = new SmallServer((_, _) => new SmallServer.Reply(404, []));
        using var wrong = new SmallServer((_, _) => new SmallServer.Reply(200, TempFolder.Gzip([1, 2, 3])));
        using var good = new SmallServer((_, _) => new SmallServer.Reply(200, s_packed));

        Assert.Equal(2, await Download(missing.Address, wrong.Address, good.Address).RunAsync(_folder.Path));
        Assert.Equal(["one.gz", "two.gz"], Names());
    }

    [Fact]
    public async Task When_all_fail_one_line_says_how_each_did()
    {
        using var missing = new SmallServer((_, _) => new SmallServer.Reply(503, []));
        using var wrong = new SmallServer((_, _) => new SmallServer.Reply(200, [1, 2, 3]));

        var error = await Assert.ThrowsAsync<IOException>(() => Download(missing.Address, wrong.Address).RunAsync(_folder.Path));

        Assert.Equal("MNIST is downloaded from a mirror that answers: expected one.gz but got nothing usable (127.0.0.1: HTTP 503; 127.0.0.1 gave a file whose checksum is wrong); without a network put the four files into the folder by hand", error.Message);
        Assert.Empty(Names());
    }

    [Fact]
    public async Task A_file_of_another_content_is_left_alone()
    {
        _folder.Write("one.gz", [1, 2, 3]);
        using var server = new SmallServer((_, _) => new SmallServer.Reply(200, s_packed));

        var error = await Assert.ThrowsAsync<IOException>(() => Download(server.Address).RunAsync(_folder.Path));

        Assert.StartsWith("A file that is there already must be MNIST's: expected ", error.Message, StringComparison.Ordinal);
        Assert.Equal([1, 2, 3], File.ReadAllBytes(At("one.gz")));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public void What_a_file_unpacks_to_is_checked_however_it_is_packed()
    {
        _folder.Write("plain", s_content);
        _folder.Write("packed", s_packed);
        _folder.Write("cut", s_packed[..^20]);

        Assert.Equal((true, true, false, false), (Genuine("plain"), Genuine("packed"), Genuine("cut"), Genuine("missing")));

        bool Genuine(string name) => MnistDownload.IsGenuine(At(name), s_files[0]);
    }

    private static string Hash() => Convert.ToHexStringLower(SHA256.HashData(s_content));

    private MnistDownload Download(params Uri[] mirrors) => new(_client, mirrors, s_files);

    private string At(string name) => Path.Combine(_folder.Path, name);

    private IEnumerable<string> Names() => Directory.GetFiles(_folder.Path).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal);
}
