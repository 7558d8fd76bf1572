using static TorchSharp.torch;

namespace TorchRef.Interop.Checkpoints;

/// <summary>A module that takes over a state dict.</summary>
internal static class ModuleState
{
    /// <exception cref="ArgumentException">Names or shapes differ; nothing has changed then.</exception>
    public static StateDictMatch Load(nn.Module module, OrderedDictionary<string, Tensor> state, bool strict)
    {
        using var noGraph = no_grad();
        var own = module.state_dict();
        // TorchSharp's copy would broadcast a tensor of another shape.
        foreach (var (name, tensor) in state)
            if (own.TryGetValue(name, out var target) && !target.shape.SequenceEqual(tensor.shape))
                throw new ArgumentException($"size mismatch for {name}: expected the module's shape [{string.Join(", ", target.shape)}] but got [{string.Join(", ", tensor.shape)}]");
        try
        {
            // Modules may have their own idea of what fits, so that theirs is asked.
            var (missing, unexpected) = module.load_state_dict(state.ToDictionary(StringComparer.Ordinal), strict);
            return new StateDictMatch([.. missing], [.. unexpected]);
        }
        catch (InvalidOperationException e)
        {
            var (missing, unexpected) = (own.Keys.Where(name => !state.ContainsKey(name)).ToList(), state.Keys.Where(name => !own.ContainsKey(name)).ToList());
            if (!strict || missing.Count + unexpected.Count == 0) throw;
            throw new ArgumentException($"a state dict must have the module's names: expected all of them and no others but got missing [{string.Join(", ", missing)}] and unexpected [{string.Join(", ", unexpected)}]", e);
        }
    }
}
