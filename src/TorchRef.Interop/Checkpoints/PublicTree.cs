using System.Collections;
using System.Numerics;
using System.Runtime.CompilerServices;
using TorchRef.Interop.Checkpoints.Reading;
using static TorchSharp.torch;

namespace TorchRef.Interop.Checkpoints;

/// <summary>Values as .NET has them, and as a pickle has them.</summary>
internal static class PublicTree
{
    /// <summary>The value for a user: dicts as OrderedDictionary or <see cref="OrderedDict"/>, lists as List, tuples as object?[], torch.Size as long[].</summary>
    /// <param name="root">What a pickle gave.</param>
    /// <param name="load">Loads a tensor.</param>
    public static object? FromPickled(object? root, Func<PickledTensor, Tensor> load)
    {
        // What is in the pickle once is once in the result too, however many containers it is in.
        var done = new Dictionary<object, object>(ReferenceEqualityComparer.Instance);
        object? From(object? value, int depth)
        {
            if (value is null or bool or long or double or string or byte[] or BigInteger or ScalarType) return value;
            if (done.TryGetValue(value, out var known)) return known;
            return done[value] = value switch
            {
                PickledTensor tensor => load(tensor),
                PickledSize size => size.Sizes,
                PickledDict dict => FromDict(dict, item => From(item, PickledTree.Deeper(depth))),
                List<object?> list => list.ConvertAll(item => From(item, PickledTree.Deeper(depth))),
                object?[] tuple => Array.ConvertAll(tuple, item => From(item, PickledTree.Deeper(depth))),
                _ => throw Refusal.Of("a checkpoint may hold tensors and containers only", "such", PickleCalls.Kind(value)),
            };
        }
        return From(root, 0);
    }

    /// <summary>The value for a pickle.</summary>
    /// <exception cref="NotSupportedException">There is something else in it than numbers, texts, tensors and containers.</exception>
    public static object? ToPickled(object? value, int depth = 0)
    {
        if (depth > PickledTree.MostNested) throw new NotSupportedException($"containers must be nested within reason, and not in themselves: expected at most {PickledTree.MostNested} deep but got deeper");
        return value switch
        {
            null or bool or long or double or string or byte[] or BigInteger or ScalarType or Tensor => value,
            sbyte or short or ushort or int or uint or byte => Convert.ToInt64(value),
            float number => (double)number,
            Size size => new PickledSize(size.Shape),
            long[] sizes => new PickledSize(sizes),
            ITuple tuple => Enumerable.Range(0, tuple.Length).Select(place => ToPickled(tuple[place], depth + 1)).ToArray(),
            object?[] tuple => Array.ConvertAll(tuple, item => ToPickled(item, depth + 1)),
            OrderedDict dict => Ordered(dict, depth),
            IDictionary dict => Dict(dict, depth),
            IList list => list.Cast<object?>().Select(item => ToPickled(item, depth + 1)).ToList(),
            _ => throw new NotSupportedException($"a checkpoint holds numbers, texts, tensors and containers: expected such but got {value.GetType()}"),
        };
    }

    private static OrderedDictionary<object, object?> FromDict(PickledDict dict, Func<object?, object?> from)
    {
        var items = dict.IsOrdered ? new OrderedDict() : [];
        if (dict.Count > 0)
            foreach (var (key, value) in dict.Items) items.Add(key, from(value));
        if (items is OrderedDict ordered && dict.Attributes is { } attributes) ordered.Attributes = (OrderedDictionary<object, object?>?)from(attributes);
        return items;
    }

    private static PickledDict Ordered(OrderedDict dict, int depth)
    {
        var pickled = new PickledDict(isOrdered: true) { Attributes = dict.Attributes is { } attributes ? Dict(attributes, depth) : null };
        foreach (var (key, value) in dict) pickled.Items.Add(ToPickled(key)!, ToPickled(value, depth + 1));
        return pickled;
    }

    private static PickledDict Dict(IDictionary dict, int depth)
    {
        var pickled = new PickledDict(isOrdered: false);
        foreach (DictionaryEntry item in dict)
        {
            var key = ToPickled(item.Key);
            if (key is not (string or long)) throw new NotSupportedException($"a dictionary of a checkpoint must have names or numbers as keys: expected string or integer but got {item.Key.GetType()}");
            pickled.Items.Add(key, ToPickled(item.Value, depth + 1));
        }
        return pickled;
    }
}
