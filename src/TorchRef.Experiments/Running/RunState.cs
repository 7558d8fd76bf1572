using System.Security.Cryptography;
using System.Text;

namespace TorchRef.Experiments.Running;

/// <summary>What a run must remember to go on after a kill: which parts are done, their records, and the checkpoint of the one in progress.</summary>
/// <remarks>
/// In the file: a mark, the fingerprint of the run, the parts done, the checkpoint, the records, and the SHA-256 of all that. A file
/// that was cut or changed, or belongs to another run, counts as none.
/// </remarks>
internal sealed class RunState(string fingerprint)
{
    private const string Mark = "TorchRef run 1";

    public string Fingerprint { get; } = fingerprint;

    public HashSet<string> Done { get; } = new(StringComparer.Ordinal);

    public Records Records { get; set; } = new();

    /// <summary>The part that the checkpoint belongs to; null without one.</summary>
    public string? Part { get; set; }

    public byte[]? Checkpoint { get; set; }

    public byte[] ToBytes()
    {
        using var memory = new MemoryStream();
        using (var writer = new BinaryWriter(memory, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Mark);
            writer.Write(Fingerprint);
            writer.Write(Done.Count);
            foreach (string part in Done) writer.Write(part);
            writer.Write(Part ?? "");
            writer.Write(Checkpoint?.Length ?? -1);
            if (Checkpoint is not null) writer.Write(Checkpoint);
            IReadOnlyList<string> names = Records.Names;
            writer.Write(names.Count);
            foreach (string name in names)
            {
                IReadOnlyList<double> values = Records[name];
                writer.Write(name);
                writer.Write(values.Count);
                foreach (double value in values) writer.Write(value);
            }
        }

        memory.Write(SHA256.HashData(memory.GetBuffer().AsSpan(0, (int)memory.Length)));
        return memory.ToArray();
    }

    /// <summary>What was written for this run; null when it is damaged or another's.</summary>
    public static RunState? Read(byte[] bytes, string fingerprint)
    {
        int length = bytes.Length - SHA256.HashSizeInBytes;
        if (length < 0 || !SHA256.HashData(bytes.AsSpan(0, length)).AsSpan().SequenceEqual(bytes.AsSpan(length))) return null;
        using var reader = new BinaryReader(new MemoryStream(bytes, 0, length), Encoding.UTF8);
        if (reader.ReadString() != Mark || reader.ReadString() != fingerprint) return null;
        var state = new RunState(fingerprint);
        for (int left = reader.ReadInt32(); left > 0; left--) state.Done.Add(reader.ReadString());
        if (reader.ReadString() is { Length: > 0 } part) state.Part = part;
        if (reader.ReadInt32() is >= 0 and var size) state.Checkpoint = reader.ReadBytes(size);
        for (int left = reader.ReadInt32(); left > 0; left--)
        {
            string name = reader.ReadString();
            var values = new double[reader.ReadInt32()];
            for (int i = 0; i < values.Length; i++) values[i] = reader.ReadDouble();
            state.Records.Set(name, values);
        }

        return state;
    }
}
