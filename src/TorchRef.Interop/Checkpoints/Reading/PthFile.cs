using static TorchSharp.torch;

namespace TorchRef.Interop.Checkpoints.Reading;

/// <summary>A file of torch.save's, whose structure has been read; the tensors' elements stay in the file until they are asked for.</summary>
internal abstract class PthFile
{
    private readonly Dictionary<string, PickledStorage> _storages;

    private protected PthFile(object? root, Dictionary<string, PickledStorage> storages) => (Root, _storages) = (root, storages);

    /// <summary>What was saved, as <see cref="Unpickler.Read"/> gives it.</summary>
    public object? Root { get; }

    public IReadOnlyCollection<PickledStorage> Storages => _storages.Values;

    /// <summary>Whether the elements are written with their highest byte first.</summary>
    private protected virtual bool IsBigEndian => false;

    /// <exception cref="InvalidDataException">It is no such file, a damaged one, or one that holds more than tensors and containers.</exception>
    public static PthFile Open(Stream stream)
    {
        Span<byte> start = stackalloc byte[2];
        stream.Position = 0;
        var read = stream.ReadAtLeast(start, 2, throwOnEndOfStream: false);
        if (read == 2 && start.SequenceEqual("PK"u8)) return PthArchive.Open(stream);
        if (read == 2 && start[0] == (byte)Opcode.Proto) return LegacyPth.Open(stream);
        throw Refusal.Of("a checkpoint must be a zip archive or a pickle, as torch.save writes them", "one of those", read < 2 ? $"{read} bytes" : $"a file that starts with {Convert.ToHexStringLower(start)}");
    }

    /// <summary>The elements of a storage as a new vector on the CPU.</summary>
    /// <exception cref="InvalidDataException">They are damaged.</exception>
    public Tensor Load(PickledStorage storage, ScalarType type)
    {
        var count = storage.Type is null ? storage.Count / TorchNames.SizeOf(type) : storage.Count;
        var elements = empty([count], dtype: type, device: CPU);
        try
        {
            Fill(storage, elements, type);
            return elements;
        }
        catch
        {
            elements.Dispose();
            throw;
        }
    }

    private protected abstract void Fill(PickledStorage storage, Tensor elements, ScalarType type);
}
