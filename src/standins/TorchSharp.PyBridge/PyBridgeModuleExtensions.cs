namespace TorchSharp.PyBridge;

/// <summary>A module's state, from and to safetensors files.</summary>
public static class PyBridgeModuleExtensions
{
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
            using var nothingRecorded = torch.no_grad();
            using var scope = torch.NewDisposeScope();
            var skipped = (skip ?? []).ToHashSet(StringComparer.Ordinal);
            var own = module.state_dict().Keys.Where(key => !skipped.Contains(key)).ToHashSet(StringComparer.Ordinal);
            var entries = SafetensorsHeader.Read(stream);
            var inFile = entries.Select(entry => entry.Key).Where(key => !skipped.Contains(key)).ToHashSet(StringComparer.Ordinal);
            if (strict && !inFile.SetEquals(own)) throw Different(own, inFile);
            var loaded = Safetensors.ReadTensors(stream, entries, own);
            module.load_state_dict(loaded, strict, skip);
            if (loadedParameters is not null)
                foreach (var key in inFile) loadedParameters[key] = own.Contains(key);
            return module;
        }
        finally
        {
            if (!leaveOpen) stream.Dispose();
        }
    }

    public static torch.nn.Module save_safetensors(this torch.nn.Module module, string location, IList<string>? skip = null)
    {
        using var stream = File.Create(location);
        return module.save_safetensors(stream, skip, leaveOpen: true);
    }

    public static torch.nn.Module save_safetensors(this torch.nn.Module module, Stream stream, IList<string>? skip = null, bool leaveOpen = false)
    {
        var state = module.state_dict();
        foreach (var key in skip ?? []) state.Remove(key);
        Safetensors.SaveStateDict(stream, state, leaveOpen);
        return module;
    }

    private static InvalidOperationException Different(HashSet<string> own, HashSet<string> inFile) => new(
        "a strict load needs the module's names: expected "
        + $"also [{string.Join(", ", own.Except(inFile))}] but got instead [{string.Join(", ", inFile.Except(own))}]");
}
