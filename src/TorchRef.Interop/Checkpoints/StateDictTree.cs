using System.Globalization;
using TorchRef.Interop.Checkpoints.Reading;
using static TorchSharp.torch;

namespace TorchRef.Interop.Checkpoints;

/// <summary>A state dict within what a file holds.</summary>
internal static class StateDictTree
{
    /// <exception cref="InvalidDataException">There is no dictionary of tensors at that place.</exception>
    public static OrderedDictionary<string, Tensor> Of(object? root, string? key)
    {
        var at = key is null ? root : Follow(root, key);
        if (at is not OrderedDictionary<object, object?> dict) throw Refusal.Of("a state dict must be a dictionary", "one of tensors", Kind(at));
        var state = new OrderedDictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var (name, value) in dict)
            state.Add(
                name as string ?? throw Refusal.Of("a state dict must have names", "texts", name),
                value as Tensor ?? throw Refusal.Of("a state dict must hold tensors alone", $"a tensor for {Refusal.Quote((string)name)}", Kind(value) + Hint(dict)));
        return state;
    }

    /// <exception cref="InvalidDataException">The keys lead nowhere.</exception>
    public static object? Follow(object? value, string path)
    {
        foreach (var part in path.Split('.'))
        {
            if (value is not OrderedDictionary<object, object?> dict) throw Refusal.Of($"{Refusal.Quote(part)} must be in a dictionary", "one", Kind(value));
            if (!dict.TryGetValue(part, out value) && !(long.TryParse(part, CultureInfo.InvariantCulture, out var number) && dict.TryGetValue(number, out value)))
                throw Refusal.Of("a key must be there", $"one of {string.Join(", ", dict.Keys.Take(10))}", Refusal.Quote(part));
        }
        return value;
    }

    /// <summary>Where the state dict may be instead.</summary>
    private static string Hint(OrderedDictionary<object, object?> dict)
    {
        var inner = dict.Where(pair => pair is { Key: string, Value: OrderedDictionary<object, object?> { Count: > 0 } nested } && nested.Values.All(value => value is Tensor)).Select(pair => (string)pair.Key).ToList();
        return inner.Count == 0 ? "" : $" (there is a state dict under the key {string.Join(", ", inner.Select(Refusal.Quote))})";
    }

    private static string Kind(object? value) => value switch
    {
        Tensor => "a tensor",
        OrderedDictionary<object, object?> => "a dictionary",
        _ => PickleCalls.Kind(value),
    };
}
