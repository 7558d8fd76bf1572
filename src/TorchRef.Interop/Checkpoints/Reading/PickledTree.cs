namespace TorchRef.Interop.Checkpoints.Reading;

/// <summary>Goes through the containers of a pickle: dicts, lists and tuples.</summary>
/// <remarks>A pickle can put a container into itself, or the same one into another many times over; both end here.</remarks>
internal static class PickledTree
{
    public const int MostNested = 100;

    /// <summary>Visits, not values: a list of ten lists of ten lists … of the same list takes few bytes.</summary>
    private const long MostVisits = 1_000_000;

    /// <summary>What isn't a container, each with the keys that lead to it, joined by dots.</summary>
    /// <exception cref="InvalidDataException">The nesting has no end, or none that could be waited for.</exception>
    public static List<(string Path, object? Value)> Leaves(object? root)
    {
        var leaves = new List<(string, object?)>();
        var visits = 0L;
        void Visit(string path, object? value, int depth)
        {
            if (++visits > MostVisits) throw Refusal.Of("a checkpoint must be of a size that can be gone through", $"at most {MostVisits} values", "more");
            var children = Children(value);
            if (children is null) leaves.Add((path, value));
            else
                foreach (var (key, child) in children) Visit(path.Length == 0 ? key : $"{path}.{key}", child, Deeper(depth));
        }
        Visit("", root, 0);
        return leaves;
    }

    private static IEnumerable<(string Key, object? Value)>? Children(object? value) => value switch
    {
        PickledDict { Count: 0 } => [],
        PickledDict dict => dict.Items.Select(item => (item.Key.ToString()!, item.Value)),
        IList<object?> items and (List<object?> or object?[]) => items.Select((item, place) => ($"{place}", item)),
        _ => null,
    };

    /// <summary>The depth of what is in a container at a depth.</summary>
    public static int Deeper(int depth) =>
        depth < MostNested ? depth + 1 : throw Refusal.Of("containers must be nested within reason, and not in themselves", $"at most {MostNested} deep", "deeper");
}
