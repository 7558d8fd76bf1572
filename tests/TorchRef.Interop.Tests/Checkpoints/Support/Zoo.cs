using TorchRef.Interop.Checkpoints;
using static TorchSharp.torch;

namespace TorchRef.Interop.Tests.Checkpoints.Support;

/// <summary>Something to save, and what Python is to do with the file.</summary>
/// <param name="Name">The file's name, without extension.</param>
/// <param name="Value">What is saved, as <see cref="CheckpointFile.LoadAll"/> gives it.</param>
/// <param name="Save">Saves it.</param>
internal sealed record Specimen(string Name, object? Value, Action<string> Save)
{
    /// <summary>A module of torch.nn that takes the state.</summary>
    public string? Module { get; init; }

    /// <summary>An optimiser of torch.optim that takes the state.</summary>
    public string? Optimizer { get; init; }

    /// <summary>Whether there is no Python float in it, which weights_only of PyTorch 1.13 doesn't know.</summary>
    public bool IsSafe { get; init; } = true;

    public static Specimen OfModule(string name, nn.Module module, string? python = null)
    {
        Fill(module);
        return new Specimen(name, State(module.state_dict()), path => Checkpoint.Save(module, path)) { Module = python };
    }

    public static Specimen OfState(string name, params (string Key, Tensor Tensor)[] tensors)
    {
        var state = tensors.ToDictionary(pair => pair.Key, pair => pair.Tensor);
        return new Specimen(name, State(state), path => Checkpoint.SaveStateDict(state, path));
    }

    public static Specimen OfValue(string name, object? value, bool isSafe) => new(name, value, path => Checkpoint.SaveObject(value, path)) { IsSafe = isSafe };

    private static OrderedDict State(Dictionary<string, Tensor> tensors)
    {
        var state = new OrderedDict();
        foreach (var (key, tensor) in tensors) state.Add(key, tensor);
        return state;
    }

    /// <summary>Gives each parameter and buffer numbers of its own.</summary>
    private static void Fill(nn.Module module)
    {
        using var noGraph = no_grad();
        using var scope = NewDisposeScope();
        var place = 0;
        foreach (var tensor in module.state_dict().Values)
            tensor.copy_((arange(tensor.numel(), dtype: ScalarType.Float64).mul(0.7).add(place++)).sin().mul(3).reshape(tensor.shape)); // its shape
    }
}
