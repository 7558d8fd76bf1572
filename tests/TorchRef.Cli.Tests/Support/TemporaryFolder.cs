using System.Buffers.Binary;
using System.IO.Compression;

namespace TorchRef.Cli.Tests.Support;

/// <summary>A folder of its own, deleted with all that is in it afterwards.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private static readonly string[] s_images = ["train-images", "t10k-images"];
    private static readonly string[] s_labels = ["train-labels", "t10k-labels"];

    public string Path { get; } = Directory.CreateTempSubdirectory("torchref-cli-").FullName;

    public string At(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);

    /// <summary>Writes the four files of MNIST, with images of whatever bytes.</summary>
    internal void WriteMnist(int count, bool gzip = false)
    {
        var pixels = new byte[count * 784];
        for (var i = 0; i < pixels.Length; i++) pixels[i] = (byte)(i * 7 + i / 251);
        var labels = new byte[count];
        for (var i = 0; i < count; i++) labels[i] = (byte)(i % 10);
        foreach (var stem in s_images) Write($"{stem}-idx3-ubyte", [.. Header(count, 28, 28), .. pixels], gzip);
        foreach (var stem in s_labels) Write($"{stem}-idx1-ubyte", [.. Header(count), .. labels], gzip);
    }

    private static byte[] Header(params int[] sizes)
    {
        var header = new byte[4 + 4 * sizes.Length];
        (header[2], header[3]) = (0x08, (byte)sizes.Length);
        for (var i = 0; i < sizes.Length; i++) BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 + 4 * i), sizes[i]);
        return header;
    }

    private void Write(string name, byte[] bytes, bool gzip)
    {
        using var file = File.Create(At(gzip ? $"{name}.gz" : name));
        using Stream target = gzip ? new GZipStream(file, CompressionLevel.Fastest) : file;
        target.Write(bytes);
    }
}
