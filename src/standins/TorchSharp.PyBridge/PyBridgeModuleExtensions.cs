using TorchRef.Interop.Checkpoints.Reading;

namespace TorchSharp.PyBridge;

/// <summary>A module's state, from and to files of torch.save and safetensors files.</summary>
public static class PyBridgeModuleExtensions
{
    public static torch.nn.Module save_py(this torch.nn.Module module, string location, IList<string>? skip = null)
    {
        using var stream = File.Create(location);
        return module.save_py(stream, skip, leaveOpen: true);
    }

    public static torch.nn.Module save_py(this torch.nn.Module module, Stream stream, IList<string>? skip = null, bool leaveOpen = false)
    {
        PyTorchPickler.PickleStateDict(stream, Kept(module, skip), leaveOpen);
        return module;
    }

    public static torch.nn.Module save_safetensors(this torch.nn.Module module, string location, IList<string>? skip = null)
    {
        using var stream = File.Create(location);
        return module.save_safetensors(stream, skip, leaveOpen: true);
    }

    public static torch.nn.Module save_safetensors(this torch.nn.Module module, Stream stream, IList<string>? skip = null, bool leaveOpen = false)
    {
        Safetensors.SaveStateDict(stream, Kept(module, skip), leaveOpen);
        return module;
    }

    public static torch.nn.Module load_py(
        this torch.nn.Module module, string location, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
    {
        using var stream = File.OpenRead(location);
        return module.load_py(stream, strict, skip, loadedParameters, leaveOpen: true);
    }

    /// <summary>Copies the file's tensors into the module, as <see cref="load_safetensors(torch.nn.Module, Stream, bool, IList{string}?, Dictionary{string, bool}?, bool)"/> does.</summary>
    public static torch.nn.Module load_py(
        this torch.nn.Module module, Stream stream, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null, bool leaveOpen = false)
    {
        try
        {
            var file = PthFile.Open(stream);
            using var loader = new TensorLoader(file);
            if (file.Root is not PickledDict dict) throw Refusal.Of("a state dict must be a dictionary", "one", PickleCalls.Kind(file.Root));
            var tensors = new Dictionary<string, PickledTensor>(StringComparer.Ordinal);
            foreach (var (key, value) in dict.Count == 0 ? [] : dict.Items)
                tensors.Add(key.ToString()!, value as PickledTensor ?? throw Refusal.Of("a state dict must hold tensors alone", $"a tensor for {Refusal.Quote(key.ToString()!)}", PickleCalls.Kind(value)));
            return Load(module, tensors.Keys, own => tensors.Where(pair => own.Contains(pair.Key)).ToDictionary(pair => pair.Key, pair => loader.Load(pair.Value)), strict, skip, loadedParameters);
        }
        finally
        {
            if (!leaveOpen) stream.Dispose();
        }
    }

    public static torch.nn.Module load_safetensors(
        this torch.nn.Module module, string location, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
    {
        using var stream = File.OpenRead(location);
        return module.load_safetensors(stream, strict, skip, loadedParameters, leaveOpen: true);
    }

    /// <summary>
    /// Copies the file's tensors into the module. Strict: the names must be the module's, neither more nor fewer, those
    /// of <paramref name="skip"/> apart. <paramref name="loadedParameters"/> is told of each name whether it was loaded.
    /// </summary>
    public static torch.nn.Module load_safetensors(
        this torch.nn.Module module, Stream stream, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null, bool leaveOpen = false)
    {
        try
        {
            var entries = SafetensorsHeader.Read(stream).Entries;
            return Load(module, entries.Select(entry => entry.Key), own => Safetensors.ReadTensors(stream, entries, own), strict, skip, loadedParameters);
        }
        finally
        {
            if (!leaveOpen) stream.Dispose();
        }
    }

    /// <summary>
    /// Loads a folder's model.safetensors or pytorch_model.bin, or the files that such a file's .index.json lists, as Hugging
    /// Face's save_pretrained writes them.
    /// </summary>
    public static torch.nn.Module load_checkpoint(
        this torch.nn.Module module, string path, string? checkpointName = null, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null, bool useTqdm = true)
    {
        if (!Directory.Exists(path)) throw new DirectoryNotFoundException($"a checkpoint must be in a folder: expected {path} but there is none");
        var main = Path.Combine(path, checkpointName is null ? CheckpointFolder.Find(path) : CheckpointFolder.RequireName(checkpointName));
        if (Path.GetExtension(main) != ".json") return LoadFile(module, main, strict, skip, loadedParameters);

        var files = CheckpointFolder.ReadIndex(main);
        var skipped = (skip ?? []).ToHashSet(StringComparer.Ordinal);
        var own = module.state_dict().Keys.Where(key => !skipped.Contains(key)).ToHashSet(StringComparer.Ordinal);
        var listed = files.Keys.Where(key => !skipped.Contains(key)).ToHashSet(StringComparer.Ordinal);
        if (strict && !listed.SetEquals(own)) throw Different(own, listed);
        foreach (var key in listed.Except(own)) loadedParameters?.TryAdd(key, false);
        foreach (var file in files.Where(pair => own.Contains(pair.Key)).Select(pair => pair.Value).Distinct()) LoadFile(module, Path.Combine(path, file), strict: false, skip, loadedParameters);
        return module;
    }

    private static torch.nn.Module LoadFile(torch.nn.Module module, string file, bool strict, IList<string>? skip, Dictionary<string, bool>? loadedParameters) =>
        Path.GetExtension(file) == ".safetensors" ? module.load_safetensors(file, strict, skip, loadedParameters) : module.load_py(file, strict, skip, loadedParameters);

    private static torch.nn.Module Load(
        torch.nn.Module module, IEnumerable<string> names, Func<HashSet<string>, Dictionary<string, torch.Tensor>> read, bool strict, IList<string>? skip, Dictionary<string, bool>? loadedParameters)
    {
        using var nothingRecorded = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var skipped = (skip ?? []).ToHashSet(StringComparer.Ordinal);
        var own = module.state_dict().Keys.Where(key => !skipped.Contains(key)).ToHashSet(StringComparer.Ordinal);
        var inFile = names.Where(key => !skipped.Contains(key)).ToHashSet(StringComparer.Ordinal);
        if (strict && !inFile.SetEquals(own)) throw Different(own, inFile);
        module.load_state_dict(read(own), strict, skip);
        if (loadedParameters is not null)
            foreach (var key in inFile) loadedParameters[key] = own.Contains(key);
        return module;
    }

    private static Dictionary<string, torch.Tensor> Kept(torch.nn.Module module, IList<string>? skip)
    {
        var state = module.state_dict();
        foreach (var key in skip ?? []) state.Remove(key);
        return state;
    }

    private static InvalidOperationException Different(HashSet<string> own, HashSet<string> inFile) => new(
        "a strict load needs the module's names: expected "
        + $"also [{string.Join(", ", own.Except(inFile))}] but got instead [{string.Join(", ", inFile.Except(own))}]");
}
