using System.Security.Cryptography;
using System.Text;
using static TorchSharp.torch;

namespace TorchRef.Experiments.Training;

/// <summary>The state of a training between two measurements, as bytes.</summary>
/// <remarks>
/// <para>
/// It holds every tensor of every replica and the number of the next measurement; no generator's state, for what is drawn
/// follows from seeds and that number. Layout: the mark, a SHA-256 of all that follows, then which training it is (in
/// words), the number, and for each replica its tensors: name, number of bytes, bytes as they lie in memory.
/// </para>
/// </remarks>
internal static class TrainerState
{
    private const string Mark = "TorchRef replicas 1";

    public static void Write(Stream stream, string identity, int epoch, IEnumerable<IReadOnlyList<(string name, Tensor value)>> replicas)
    {
        using var scope = NewDisposeScope();
        using var body = new MemoryStream();
        using (var writer = new BinaryWriter(body, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(identity);
            writer.Write(epoch);
            foreach (var entries in replicas)
            {
                writer.Write(entries.Count);
                foreach (var (name, value) in entries)
                {
                    writer.Write(name);
                    var bytes = value.contiguous().cpu().bytes;
                    writer.Write(bytes.Length);
                    writer.Write(bytes);
                }
            }
        }
        var content = body.GetBuffer().AsSpan(0, (int)body.Length);
        using var head = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        head.Write(Mark);
        head.Write(SHA256.HashData(content));
        head.Write(content);
    }

    /// <summary>Fills the tensors, after everything was looked at.</summary>
    /// <returns>The number of the next measurement.</returns>
    /// <exception cref="InvalidDataException">It isn't such a state, or is damaged, or belongs to another training.</exception>
    public static int Read(Stream stream, string identity, IEnumerable<IReadOnlyList<(string name, Tensor value)>> replicas)
    {
        using var scope = NewDisposeScope();
        using var noGraph = no_grad();
        try
        {
            using var reader = new BinaryReader(Checked(stream), Encoding.UTF8);
            var found = reader.ReadString();
            if (found != identity) throw new InvalidDataException($"a training goes on from its own state only: expected that of {identity} but got that of {found}");
            var epoch = reader.ReadInt32();
            foreach (var entries in replicas) ReadReplica(reader, entries);
            return epoch;
        }
        catch (Exception exception) when (exception is EndOfStreamException or FormatException)
        {
            throw new InvalidDataException("a saved training must be whole: expected more bytes but got the end", exception);
        }
    }

    private static MemoryStream Checked(Stream stream)
    {
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        var mark = reader.ReadString();
        if (mark != Mark) throw new InvalidDataException($"a saved training begins with its mark: expected '{Mark}' but got '{mark}'");
        var hash = reader.ReadBytes(SHA256.HashSizeInBytes);
        var body = new MemoryStream();
        stream.CopyTo(body);
        var actual = SHA256.HashData(body.GetBuffer().AsSpan(0, (int)body.Length));
        if (!actual.AsSpan().SequenceEqual(hash))
            throw new InvalidDataException($"a saved training must be whole: expected SHA-256 {Convert.ToHexStringLower(hash)} but got {Convert.ToHexStringLower(actual)}");
        body.Position = 0;
        return body;
    }

    private static void ReadReplica(BinaryReader reader, IReadOnlyList<(string name, Tensor value)> entries)
    {
        var count = reader.ReadInt32();
        if (count != entries.Count) throw new InvalidDataException($"a replica's state has all its tensors: expected {entries.Count} but got {count}");
        foreach (var (name, value) in entries)
        {
            var found = reader.ReadString();
            if (found != name) throw new InvalidDataException($"a replica's tensors come in order: expected {name} but got {found}");
            var filled = empty(value.shape, value.dtype, CPU);          // the value's shape
            var length = reader.ReadInt32();
            if (length != filled.bytes.Length) throw new InvalidDataException($"a tensor has the size that its network gives it: expected {filled.bytes.Length} bytes but got {length} of {name}");
            reader.ReadBytes(length).CopyTo(filled.bytes);
            value.copy_(filled);
        }
    }
}
