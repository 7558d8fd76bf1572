using TorchRef.Interop.Checkpoints.Optimizers;
using TorchRef.Interop.Checkpoints.Reading;
using TorchRef.Interop.Checkpoints.Writing;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchRef.Interop.Checkpoints;

/// <summary>Saves modules and optimisers as PyTorch does, and loads what PyTorch saved.</summary>
/// <remarks>
/// <para>
/// The extension decides the format: .pth, .pt, .bin and .ckpt are torch.save's, .safetensors is that format. A loaded file is
/// known by its content. A file is written beside its place and renamed when it is whole; the same state gives the same bytes.
/// </para>
/// <para>
/// What is written as .pth loads in Python by <c>torch.load(path, weights_only=True)</c>: a module's state in every version that
/// has that switch (1.13 on), an optimiser's, whose settings are Python floats, from 2.0 on. Every element type that TorchSharp
/// has is kept bit for bit, and so is memory that tensors share. What may be read is said at <see cref="CheckpointFile"/>.
/// </para>
/// </remarks>
public static class Checkpoint
{
    /// <summary>Saves a module's parameters and persistent buffers.</summary>
    /// <param name="module">The module.</param>
    /// <param name="path">The file, in a folder that exists.</param>
    /// <param name="metadata">Texts to hold beside the tensors, which only safetensors files can.</param>
    /// <exception cref="ArgumentException">The extension isn't known, or a .pth is to hold metadata.</exception>
    public static void Save(nn.Module module, string path, IReadOnlyDictionary<string, string>? metadata = null) => SaveStateDict(module.state_dict(), path, metadata);

    /// <summary>Saves tensors by name: a .pth has them in an OrderedDict, as a module's state dict is.</summary>
    /// <param name="state">The tensors in their order.</param>
    /// <param name="path">The file, in a folder that exists.</param>
    /// <param name="metadata">Texts to hold beside the tensors, which only safetensors files can.</param>
    /// <exception cref="ArgumentException">The extension isn't known, or a .pth is to hold metadata.</exception>
    /// <exception cref="NotSupportedException">The format hasn't got a tensor's element type: safetensors has no complex128.</exception>
    public static void SaveStateDict(IEnumerable<KeyValuePair<string, Tensor>> state, string path, IReadOnlyDictionary<string, string>? metadata = null)
    {
        if (FileFormat.OfName(path) == CheckpointFormat.Safetensors)
        {
            using var noGraph = no_grad();
            var (kept, tied) = TiedNames.Split(state);
            foreach (var (key, value) in metadata ?? new Dictionary<string, string>()) tied[key] = value;
            WholeFile.Write(path, stream => SafetensorsWriter.Write(stream, kept, metadata is null && tied.Count == 0 ? null : tied));
            return;
        }
        if (metadata is not null) throw new ArgumentException($"only safetensors files hold metadata: expected such a file or none but got {Path.GetFileName(path)}");
        var dict = new PickledDict(isOrdered: true);
        foreach (var (key, tensor) in state) dict.Items.Add(key, tensor);
        WholeFile.Write(path, stream => PthWriter.Write(stream, dict));
    }

    /// <summary>Saves the state of an optimiser, as torch.optim's: <c>{'state': {0: {…}}, 'param_groups': [{…}]}</c>.</summary>
    /// <param name="optimizer">The optimiser.</param>
    /// <param name="path">The file: a .pth, since safetensors files hold nothing but tensors.</param>
    /// <exception cref="ArgumentException">The extension isn't one of torch.save's.</exception>
    public static void Save(Optimization.Optimizer optimizer, string path)
    {
        using var state = optimizer.state_dict();
        SaveObject(OptimizerTree.Of(state), path);
    }

    /// <summary>Saves the state of one of TorchSharp's optimisers, as torch.optim's.</summary>
    /// <param name="optimizer">The optimiser.</param>
    /// <param name="path">The file: a .pth, since safetensors files hold nothing but tensors.</param>
    /// <exception cref="ArgumentException">The extension isn't one of torch.save's.</exception>
    public static void Save(OptimizerHelper optimizer, string path)
    {
        using var scope = NewDisposeScope();
        WritePickled(OptimizerSaver.Save(optimizer), path);
    }

    /// <summary>Saves any value of dictionaries, lists, tuples, numbers, texts and tensors, such as a training's whole state.</summary>
    /// <param name="value">The value; its kinds are those that <see cref="CheckpointFile.LoadAll"/> gives, and .NET's other integers, dictionaries, lists and tuples.</param>
    /// <param name="path">The file: a .pth, since safetensors files hold nothing but tensors.</param>
    /// <exception cref="ArgumentException">The extension isn't one of torch.save's.</exception>
    /// <exception cref="NotSupportedException">There is something else in it.</exception>
    public static void SaveObject(object? value, string path)
    {
        WritePickled(PublicTree.ToPickled(value), path);
    }

    /// <summary>Loads a module's parameters and buffers. Nothing has changed when it throws.</summary>
    /// <param name="module">The module; its element types and devices stay.</param>
    /// <param name="path">The file.</param>
    /// <param name="strict">Whether the file must have the module's names, all of them and no others.</param>
    /// <returns>The names that only one of the two has: with strict none.</returns>
    /// <exception cref="InvalidDataException">The file isn't a state dict, is damaged, or holds what isn't allowed.</exception>
    /// <exception cref="ArgumentException">Names or shapes differ; the text names each.</exception>
    public static StateDictMatch Load(nn.Module module, string path, bool strict = true)
    {
        using var scope = NewDisposeScope();
        return ModuleState.Load(module, LoadStateDict(path), strict);
    }

    /// <summary>Loads the state of an optimiser. Nothing has changed when it throws.</summary>
    /// <exception cref="InvalidDataException">The file isn't the state of an optimiser, is damaged, or holds what isn't allowed.</exception>
    /// <exception cref="ArgumentException">It doesn't fit the optimiser's parameters.</exception>
    public static void Load(Optimization.Optimizer optimizer, string path)
    {
        using var scope = NewDisposeScope();
        optimizer.load_state_dict(OptimizerTree.From(LoadObject(path)));
    }

    /// <summary>Loads the state of one of TorchSharp's optimisers. Nothing has changed when it throws.</summary>
    /// <exception cref="InvalidDataException">The file isn't the state of such an optimiser, is damaged, or holds what isn't allowed.</exception>
    /// <exception cref="ArgumentException">It doesn't fit the optimiser's parameters.</exception>
    public static void Load(OptimizerHelper optimizer, string path)
    {
        using var stream = File.OpenRead(path);
        OptimizerLoader.Load(optimizer, PthFile.Open(stream));
    }

    /// <summary>Loads tensors by name.</summary>
    /// <param name="path">The file.</param>
    /// <param name="key">The keys, joined by dots, that lead to the state dict within what was saved, such as model; null for all of it.</param>
    /// <returns>The tensors in the file's order.</returns>
    /// <exception cref="InvalidDataException">The file isn't a state dict, is damaged, or holds what isn't allowed.</exception>
    public static OrderedDictionary<string, Tensor> LoadStateDict(string path, string? key = null) => StateDictTree.Of(LoadObject(path), key);

    /// <summary>Loads whatever a file holds, in the kinds that <see cref="CheckpointFile.LoadAll"/> gives.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or holds what isn't allowed.</exception>
    public static object? LoadObject(string path)
    {
        using var file = CheckpointFile.Open(path);
        return file.LoadAll();
    }

    private static void WritePickled(object? pickled, string path)
    {
        if (FileFormat.OfName(path) != CheckpointFormat.PyTorch) throw new ArgumentException($"only files of torch.save hold more than tensors by name: expected a .pth but got {Path.GetFileName(path)}");
        WholeFile.Write(path, stream => PthWriter.Write(stream, pickled));
    }
}
