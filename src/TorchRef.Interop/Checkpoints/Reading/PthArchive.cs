using System.Text;
using static TorchSharp.torch;

namespace TorchRef.Interop.Checkpoints.Reading;

/// <summary>A file of torch.save since PyTorch 1.6: a zip archive of a pickle and a record for each storage.</summary>
internal sealed class PthArchive : PthFile
{
    private const long LongestPickle = 32 << 20;

    private readonly Stream _stream;
    private readonly ZipDirectory _directory;
    private readonly string _folder;

    private PthArchive(Stream stream, ZipDirectory directory, string folder, bool bigEndian, object? root, Dictionary<string, PickledStorage> storages)
        : base(root, storages)
    {
        (_stream, _directory, _folder, IsBigEndian) = (stream, directory, folder, bigEndian);
        foreach (var storage in storages.Values) RequireWhole(storage);
    }

    private protected override bool IsBigEndian { get; }

    public static new PthArchive Open(Stream stream)
    {
        var budget = new MemoryBudget();
        var directory = ZipDirectory.Read(stream, budget);
        var pickle = Pickle(directory);
        var folder = pickle.Name[..^"data.pkl".Length];
        var storages = new Dictionary<string, PickledStorage>(StringComparer.Ordinal);
        using var bytes = new MemoryStream(ZipContent.All(stream, pickle));
        var root = new Unpickler(bytes, budget, storages).Read();
        if (bytes.Position != bytes.Length) throw Refusal.Of("a pickle must end with its STOP instruction", $"{bytes.Position} bytes", bytes.Length);
        return new PthArchive(stream, directory, folder, ReadOrder(stream, directory, folder), root, storages);
    }

    private protected override void Fill(PickledStorage storage, Tensor elements, ScalarType type)
    {
        var record = _directory.Find(NameOf(storage))!;
        using var content = new ZipContent(_stream, record);
        ElementBytes.Fill(elements, type, IsBigEndian, content.Fill, $"record {Refusal.Quote(record.Name)}");
        // What is left of untyped bytes that are no whole element, and the checksum of a record without bytes.
        content.Fill(new byte[(int)(record.Length - elements.numel() * TorchNames.SizeOf(type))]);
    }

    private static ZipRecord Pickle(ZipDirectory directory)
    {
        var pickles = directory.Records.Where(record => record.Name.EndsWith("/data.pkl", StringComparison.Ordinal) && record.Name.Count(letter => letter == '/') == 1).ToList();
        if (pickles.Count != 1) throw Refusal.Of("an archive of torch.save must have a folder with a data.pkl", "1", pickles.Count);
        if (directory.Records.Any(record => record.Name == pickles[0].Name[..^"data.pkl".Length] + "constants.pkl")) throw Refusal.Of("a checkpoint may hold tensors and containers only", "no program", "an archive of TorchScript");
        return pickles[0].Length <= LongestPickle ? pickles[0] : throw Refusal.Of("the pickle of a checkpoint must be of a plausible length", $"at most {LongestPickle} bytes", pickles[0].Length);
    }

    private static bool ReadOrder(Stream stream, ZipDirectory directory, string folder)
    {
        if (directory.Find(folder + "byteorder") is not { } record) return false;
        return (record.Length > 10 ? "" : Encoding.ASCII.GetString(ZipContent.All(stream, record))) switch
        {
            "little" => false,
            "big" => true,
            var other => throw Refusal.Of("the byte order of a checkpoint must be one", "little or big", Refusal.Quote(other)),
        };
    }

    private void RequireWhole(PickledStorage storage)
    {
        var size = storage.Type is { } type ? TorchNames.SizeOf(type) : 1;
        if (_directory.Find(NameOf(storage)) is not { } record) throw Refusal.Of("each storage must have a record", Refusal.Quote(NameOf(storage)), "none of that name");
        if (storage.Count > long.MaxValue / size || record.Length != storage.Count * size)
            throw Refusal.Of($"record {Refusal.Quote(record.Name)} must be as long as its storage of {storage.Count} elements of {size} bytes", (UInt128)storage.Count * (UInt128)size, record.Length);
    }

    private string NameOf(PickledStorage storage) => $"{_folder}data/{storage.Key}";
}
