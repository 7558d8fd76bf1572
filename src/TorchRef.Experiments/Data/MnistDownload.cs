using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace TorchRef.Experiments.Data;

/// <summary>Downloads the files of MNIST, and checks them.</summary>
/// <remarks>
/// A file appears under its name when it is whole and its checksum is right; until then it ends in <c>.part</c>, and another try
/// goes on from there. Files that are there already and right are left alone. Where a mirror fails the next one is tried.
/// </remarks>
public sealed class MnistDownload
{
    private const int BufferSize = 1 << 16;

    private readonly HttpClient _client;
    private readonly IReadOnlyList<Uri> _mirrors;
    private readonly IReadOnlyList<MnistFile> _files;

    /// <summary>Prepares a download.</summary>
    /// <param name="client">What fetches; the caller keeps it.</param>
    /// <param name="mirrors">Folders on the web, each ending in a slash; null for <see cref="MnistFile.Mirrors"/>.</param>
    public MnistDownload(HttpClient client, IReadOnlyList<Uri>? mirrors = null)
        : this(client, mirrors ?? MnistFile.Mirrors, MnistFile.All)
    {
    }

    internal MnistDownload(HttpClient client, IReadOnlyList<Uri> mirrors, IReadOnlyList<MnistFile> files) =>
        (_client, _mirrors, _files) = (client, mirrors, files);

    /// <summary>How long a mirror may say nothing before it counts as failed; 30 seconds by default.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether a file unpacks to what the original does; false for one that isn't there or can't be unpacked.</summary>
    public static bool IsGenuine(string path, MnistFile file)
    {
        if (!File.Exists(path)) return false;
        try
        {
            using FileStream packed = File.OpenRead(path);
            int first = packed.ReadByte(), second = packed.ReadByte();
            packed.Position = 0;
            using Stream content = first == 0x1F && second == 0x8B ? new GZipStream(packed, CompressionMode.Decompress) : packed;
            return Convert.ToHexStringLower(SHA256.HashData(content)) == file.Sha256;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    /// <summary>Downloads what is missing.</summary>
    /// <param name="folder">Where to; made when it isn't there.</param>
    /// <param name="progress">Told how far each file is; null for nobody.</param>
    /// <param name="stop">Stops; what came by then is kept for the next try.</param>
    /// <returns>How many files were downloaded; those that were there already are not counted.</returns>
    /// <exception cref="IOException">No mirror gave a right file, or the folder can't be written to; the message is one line.</exception>
    public async Task<int> RunAsync(string folder, Action<DownloadProgress>? progress = null, CancellationToken stop = default)
    {
        Directory.CreateDirectory(folder);
        int count = 0;
        foreach (MnistFile file in _files)
        {
            string path = Path.Combine(folder, file.Name);
            if (File.Exists(path))
            {
                if (IsGenuine(path, file)) continue;
                throw new IOException($"A file that is there already must be MNIST's: expected content with SHA-256 {file.Sha256[..16]}… but got something else in {path}; move it away, or choose another folder");
            }

            await FetchAsync(file, path, progress, stop);
            count++;
        }

        return count;
    }

    private async Task FetchAsync(MnistFile file, string path, Action<DownloadProgress>? progress, CancellationToken stop)
    {
        string part = path + ".part";
        var failures = new List<string>();
        foreach (Uri mirror in _mirrors)
        {
            try
            {
                bool resumed = await ReceiveAsync(new Uri(mirror, file.Name), part, file.Name, progress, stop);
                // The rest of one packing doesn't fit the start of another: then all of it again.
                if (resumed && !IsGenuine(part, file))
                {
                    File.Delete(part);
                    await ReceiveAsync(new Uri(mirror, file.Name), part, file.Name, progress, stop);
                }

                if (IsGenuine(part, file))
                {
                    File.Move(part, path);
                    return;
                }

                File.Delete(part);
                failures.Add($"{mirror.Host} gave a file whose checksum is wrong");
            }
            catch (Exception error) when (error is HttpRequestException or HttpIOException or TimeoutException || (error is OperationCanceledException && !stop.IsCancellationRequested))
            {
                failures.Add($"{mirror.Host}: {Cause(error)}");
            }
        }

        throw new IOException($"MNIST is downloaded from a mirror that answers: expected {file.Name} but got nothing usable ({string.Join("; ", failures)}); without a network put the four files into the folder by hand");
    }

    /// <summary>Receives a file or the rest of it; true when it went on from what was there.</summary>
    private async Task<bool> ReceiveAsync(Uri address, string part, string name, Action<DownloadProgress>? progress, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        long there = File.Exists(part) ? new FileInfo(part).Length : 0;
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (there > 0) request.Headers.Range = new RangeHeaderValue(there, null);
        using HttpResponseMessage response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
        // All of it is there already, or more than all: the checksum will tell.
        if (there > 0 && response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable) return true;
        response.EnsureSuccessStatusCode();
        bool resumed = response.StatusCode == HttpStatusCode.PartialContent;
        long received = resumed ? there : 0;
        long? total = response.Content.Headers.ContentLength is { } rest ? received + rest : null;
        await using Stream content = await response.Content.ReadAsStreamAsync(patience.Token);
        await using var target = new FileStream(part, resumed ? FileMode.Append : FileMode.Create, FileAccess.Write);
        var buffer = new byte[BufferSize];
        while (true)
        {
            patience.CancelAfter(Patience);
            int got = await content.ReadAsync(buffer, patience.Token);
            if (got == 0) break;
            await target.WriteAsync(buffer.AsMemory(0, got), stop);
            received += got;
            progress?.Invoke(new DownloadProgress(name, received, total));
        }

        if (total is { } whole && received < whole) throw new HttpRequestException($"the connection ended after {received} of {whole} bytes");
        return resumed;
    }

    private string Cause(Exception error) => error switch
    {
        HttpRequestException { StatusCode: { } status } => $"HTTP {(int)status}",
        OperationCanceledException or TimeoutException => $"no answer within {Patience.TotalSeconds:0} s",
        _ => (error.InnerException ?? error).Message.ReplaceLineEndings(" "),
    };
}
