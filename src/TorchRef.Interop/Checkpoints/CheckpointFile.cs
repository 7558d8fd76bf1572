using TorchRef.Interop.Checkpoints.Reading;
using static TorchSharp.torch;

namespace TorchRef.Interop.Checkpoints;

/// <summary>A checkpoint file whose structure has been read and checked. Tensors are loaded when they are asked for.</summary>
/// <remarks>
/// <para>
/// Files of torch.save (zip archives, and the format before PyTorch 1.6) and safetensors files, told apart by their content. The
/// pickle is not run as Python runs it: what it may hold is tensors, dicts, lists, tuples, numbers, texts, bytes and torch.Size;
/// anything else is refused by its name. A file that lies about its sizes, names something twice, swells or is damaged is
/// refused too. Its structure takes at most 176 MiB of memory.
/// </para>
/// <para>Tensors come to the CPU, wherever they were saved from, without requires_grad.</para>
/// </remarks>
public sealed class CheckpointFile : IDisposable
{
    private readonly FileStream _stream;
    private readonly PthFile? _pth;
    private readonly SafetensorsFile? _safetensors;

    private CheckpointFile(FileStream stream)
    {
        _stream = stream;
        Format = FileFormat.OfContent(stream, stream.Name);
        if (Format == CheckpointFormat.Safetensors)
        {
            _safetensors = SafetensorsFile.Open(stream);
            Entries = [.. _safetensors.Entries.Select(entry => CheckpointEntry.Of(entry.Key, entry)), .. TiedNames.Of(_safetensors).Select(tied => CheckpointEntry.Of(tied.Key, tied.Value))];
        }
        else
        {
            _pth = PthFile.Open(stream);
            Entries = [.. PickledTree.Leaves(_pth.Root).Select(leaf => CheckpointEntry.Of(leaf.Path, leaf.Value))];
        }
    }

    /// <summary>The format of the content.</summary>
    public CheckpointFormat Format { get; }

    /// <summary>The texts of a safetensors file beside its tensors; other files have none.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _safetensors?.Metadata ?? new Dictionary<string, string>();

    /// <summary>Every tensor and every other value, under the keys that lead to it, joined by dots: <c>state.0.exp_avg</c>.</summary>
    public IReadOnlyList<CheckpointEntry> Entries { get; }

    /// <summary>Opens a file and reads its structure.</summary>
    /// <exception cref="InvalidDataException">It isn't a checkpoint, is damaged, or holds what isn't allowed; one line says which file, and what.</exception>
    /// <exception cref="IOException">It can't be opened.</exception>
    public static CheckpointFile Open(string path)
    {
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            return new CheckpointFile(stream);
        }
        catch (InvalidDataException e)
        {
            stream.Dispose();
            throw new InvalidDataException($"{path}: {e.Message}", e);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Loads one tensor.</summary>
    /// <exception cref="ArgumentException">The entry isn't a tensor.</exception>
    /// <exception cref="InvalidDataException">Its bytes are damaged.</exception>
    public Tensor Load(CheckpointEntry entry)
    {
        if (entry.Source is SafetensorsEntry plain) return _safetensors!.Load(plain);
        if (entry.Source is not PickledTensor tensor) throw new ArgumentException($"only a tensor can be loaded: expected a tensor but got {entry.Path}, which is {PickleCalls.Kind(entry.Value)}");
        using var loader = new TensorLoader(_pth!);
        return loader.Load(tensor);
    }

    /// <summary>Loads everything: what torch.save was given, or, of a safetensors file, an <see cref="OrderedDict"/> of tensors.</summary>
    /// <returns>
    /// dict as <see cref="OrderedDictionary{TKey, TValue}"/>, OrderedDict as <see cref="OrderedDict"/>, list as List, tuple as object[], int
    /// as long (BigInteger where that is too small), float as double, str, bytes and bool as such, None as null, torch.Size as
    /// long[], an element type as ScalarType; and tensors, which share memory where they did when they were saved.
    /// </returns>
    /// <exception cref="InvalidDataException">The bytes of a tensor are damaged.</exception>
    public object? LoadAll()
    {
        using var scope = NewDisposeScope();
        if (_pth is not null)
        {
            using var loader = new TensorLoader(_pth);
            var loaded = new List<Tensor>();
            var root = PublicTree.FromPickled(_pth.Root, tensor =>
            {
                loaded.Add(loader.Load(tensor));
                return loaded[^1];
            });
            // Only now that all is well: what was loaded before an error goes with the scope.
            foreach (var tensor in loaded) tensor.MoveToOuterDisposeScope();
            return root;
        }
        var tensors = new Dictionary<object, Tensor>(ReferenceEqualityComparer.Instance);
        var all = new OrderedDict();
        foreach (var entry in Entries)
        {
            if (!tensors.TryGetValue(entry.Source!, out var tensor)) tensors.Add(entry.Source!, tensor = Load(entry));
            else tensor = tensor.view_as(tensor);
            all.Add(entry.Path, tensor);
        }
        foreach (var tensor in all.Values) ((Tensor)tensor!).MoveToOuterDisposeScope();
        return all;
    }

    /// <summary>The metadata without the names of tied tensors, which are the format's own business.</summary>
    internal Dictionary<string, string> OwnMetadata()
    {
        var own = new Dictionary<string, string>(Metadata, StringComparer.Ordinal);
        if (_safetensors is not null)
            foreach (var (name, _) in TiedNames.Of(_safetensors)) own.Remove(name);
        return own;
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();
}
