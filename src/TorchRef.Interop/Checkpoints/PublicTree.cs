using System.Numerics;
using TorchRef.Interop.Checkpoints.Reading;
using TorchRef.Interop.Checkpoints.Writing;
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
    public static object? ToPickled(object? value) => PickledValue.Of(value, dict => dict is OrderedDict ordered ? (true, ordered.Attributes) : (false, null));

    private static OrderedDictionary<object, object?> FromDict(PickledDict dict, Func<object?, object?> from)
    {
        OrderedDictionary<object, object?> items = dict.IsOrdered ? new OrderedDict() : new OrderedDictionary<object, object?>();
        if (dict.Count > 0)
            foreach (var (key, value) in dict.Items) items.Add(key, from(value));
        if (items is OrderedDict ordered && dict.Attributes is { } attributes) ordered.Attributes = (OrderedDictionary<object, object?>?)from(attributes);
        return items;
    }
}
