using TorchRef.Interop.Checkpoints.Reading;
using TorchRef.Optimization;
using static TorchSharp.torch;

namespace TorchRef.Interop.Checkpoints;

/// <summary>The state of an optimiser as torch.optim has it: <c>{'state': {0: {…}}, 'param_groups': [{…, 'params': [0]}]}</c>.</summary>
internal static class OptimizerTree
{
    private const string State = "state";
    private const string Groups = "param_groups";
    private const string Params = "params";

    public static OrderedDictionary<object, object?> Of(OptimizerStateDict dict)
    {
        var state = new OrderedDictionary<object, object?>();
        foreach (var (number, tensors) in dict.State) state.Add((long)number, Dictionary(tensors.Select(pair => (pair.Key, (object?)pair.Value))));
        var groups = new List<object?>();
        foreach (var group in dict.ParamGroups)
            groups.Add(Dictionary([.. group.Options.Select(pair => (pair.Key, (object?)pair.Value)), (Params, group.Params.Select(number => (object?)(long)number).ToList())]));
        return Dictionary([(State, state), (Groups, groups)]);
    }

    /// <exception cref="InvalidDataException">It isn't the state of an optimiser.</exception>
    public static OptimizerStateDict From(object? root)
    {
        if (root is not OrderedDictionary<object, object?> dict || !dict.TryGetValue(State, out var state) || !dict.TryGetValue(Groups, out var groups) || state is not OrderedDictionary<object, object?> states || groups is not List<object?> list)
            throw Refusal.Of("the state of an optimiser must be a dictionary", "one with state and param_groups", root is OrderedDictionary<object, object?> other ? $"one with {string.Join(", ", other.Keys.Take(5))}" : PickleCalls.Kind(root));
        var memory = new OrderedDictionary<int, IReadOnlyDictionary<string, Tensor>>();
        foreach (var (number, tensors) in states) memory.Add(Number(number), Memory(number, tensors));
        return new OptimizerStateDict(memory, list.ConvertAll(Group));
    }

    private static Dictionary<string, Tensor> Memory(object number, object? tensors)
    {
        if (tensors is not OrderedDictionary<object, object?> dict) throw Refusal.Of($"the state of parameter {number} must be a dictionary", "one", PickleCalls.Kind(tensors));
        var memory = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var (name, value) in dict)
            // PyTorch counts the steps of some optimisers in an int, and keeps None for a velocity that it hasn't got yet.
            if (value is not null) memory.Add(name.ToString()!, value as Tensor ?? (value is long or double ? tensor(Convert.ToDouble(value)) : throw Refusal.Of($"{name} of parameter {number} must be a tensor", "one", PickleCalls.Kind(value))));
        return memory;
    }

    private static ParameterGroupDict Group(object? group)
    {
        if (group is not OrderedDictionary<object, object?> dict || !dict.TryGetValue(Params, out var numbers) || numbers is not List<object?> list)
            throw Refusal.Of("a parameter group must be a dictionary", "one with params", PickleCalls.Kind(group));
        var options = dict.Where(pair => pair.Value is not null && pair.Key is not Params).ToDictionary(pair => pair.Key.ToString()!, pair => pair.Value!);
        return new ParameterGroupDict(options, list.ConvertAll(number => Number(number)));
    }

    private static int Number(object? number) =>
        number is long and >= 0 and <= int.MaxValue ? (int)(long)number : throw Refusal.Of("a parameter must have a number", "one from 0 on", PickleCalls.Kind(number));

    private static OrderedDictionary<object, object?> Dictionary(IEnumerable<(string Key, object? Value)> items)
    {
        var dictionary = new OrderedDictionary<object, object?>();
        foreach (var (key, value) in items) dictionary.Add(key, value);
        return dictionary;
    }
}
