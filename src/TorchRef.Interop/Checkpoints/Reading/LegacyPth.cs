using System.Buffers.Binary;
using System.Numerics;
using static TorchSharp.torch;

namespace TorchRef.Interop.Checkpoints.Reading;

/// <summary>A file of torch.save before PyTorch 1.6: pickles one after the other, then the storages' elements.</summary>
/// <remarks>
/// The pickles: a number that marks the format, its version, facts on the machine, what was saved, and the storages' names in
/// the order of their elements. Of each storage there are 8 bytes of its count, then its elements, lowest byte first on every
/// machine.
/// </remarks>
internal sealed class LegacyPth : PthFile
{
    private const long Version = 1001;

    private static readonly BigInteger s_magic = BigInteger.Parse("119547037146038801333356");

    private readonly Stream _stream;
    private readonly Dictionary<string, long> _starts;

    private LegacyPth(Stream stream, object? root, Dictionary<string, PickledStorage> storages, Dictionary<string, long> starts)
        : base(root, storages) => (_stream, _starts) = (stream, starts);

    public static new LegacyPth Open(Stream stream)
    {
        stream.Position = 0;
        var budget = new MemoryBudget();
        var buffered = new BufferedStream(stream, 1 << 16);
        var storages = new Dictionary<string, PickledStorage>(StringComparer.Ordinal);
        // A name in the pickles of the head would name storages that nobody reads.
        object? Head() => new Unpickler(buffered, budget, []).Read();
        if (Head() is not BigInteger magic || magic != s_magic) throw Refusal.Of("a pickle must be one of torch.save", "the number that marks it", "another value");
        if (Head() is var version and not Version) throw Refusal.Of("a file of torch.save must be of a known version", Version, PickleCalls.Kind(version));
        if (Head() is not PickledDict machine || !machine.Items.TryGetValue("little_endian", out var little) || little is not true)
            throw Refusal.Of("a file of torch.save must say its byte order", "little_endian: True", "another");
        var root = new Unpickler(buffered, budget, storages).Read();
        if (Head() is not List<object?> keys) throw Refusal.Of("a file of torch.save must list its storages", "a list of names", "another value");
        return new LegacyPth(stream, root, storages, Locate(stream, buffered.Position, keys, storages));
    }

    private protected override void Fill(PickledStorage storage, Tensor elements, ScalarType type)
    {
        _stream.Position = _starts[storage.Key];
        ElementBytes.Fill(elements, type, bigEndian: false, _stream.ReadExactly, $"storage {Refusal.Quote(storage.Key)}");
    }

    private static Dictionary<string, long> Locate(Stream stream, long at, List<object?> keys, Dictionary<string, PickledStorage> storages)
    {
        var starts = new Dictionary<string, long>(StringComparer.Ordinal);
        Span<byte> count = stackalloc byte[8];
        foreach (var key in keys)
        {
            if (key is not string name || !storages.TryGetValue(name, out var storage)) throw Refusal.Of("a storage must be one that a tensor has", "its name", PickleCalls.Kind(key));
            stream.Position = at;
            if (stream.ReadAtLeast(count, 8, throwOnEndOfStream: false) < 8) throw Refusal.Of($"storage {Refusal.Quote(name)} must be complete", "8 bytes of its count", "fewer");
            var stored = BinaryPrimitives.ReadInt64LittleEndian(count);
            if (stored != storage.Count) throw Refusal.Of($"storage {Refusal.Quote(name)} must have as many elements as its tensors say", storage.Count, stored);
            var size = storage.Type is { } type ? TorchNames.SizeOf(type) : 1;
            if (stored > (stream.Length - at - 8) / size) throw Refusal.Of($"storage {Refusal.Quote(name)} must be complete", $"{(UInt128)stored * (UInt128)size} bytes", stream.Length - at - 8);
            if (!starts.TryAdd(name, at + 8)) throw Refusal.Of("a storage must be there once", $"one {Refusal.Quote(name)}", "two");
            at += 8 + stored * size;
        }
        if (storages.Keys.FirstOrDefault(name => !starts.ContainsKey(name)) is { } missing) throw Refusal.Of("each storage must have its elements", Refusal.Quote(missing), "none of that name");
        return at == stream.Length ? starts : throw Refusal.Of("a file of torch.save must end with its last storage", $"{at} bytes", stream.Length);
    }
}
