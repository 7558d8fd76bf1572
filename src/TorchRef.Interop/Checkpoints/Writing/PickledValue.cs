using System.Collections;
using System.Numerics;
using System.Runtime.CompilerServices;
using TorchRef.Interop.Checkpoints.Reading;
using static TorchSharp.torch;

namespace TorchRef.Interop.Checkpoints.Writing;

/// <summary>Makes of .NET's values those of a pickle.</summary>
internal static class PickledValue
{
    /// <param name="value">Numbers, texts, tensors, dictionaries, lists, arrays and value tuples as tuples, long[] as torch.Size.</param>
    /// <param name="describe">Says of a dictionary whether it is an OrderedDict, and what attributes it has; null where none is.</param>
    /// <exception cref="NotSupportedException">There is something else in it, or it is nested in itself.</exception>
    public static object? Of(object? value, Func<IDictionary, (bool IsOrdered, IDictionary? Attributes)>? describe = null)
    {
        object? Convert(object? value, int depth)
        {
            if (depth > PickledTree.MostNested) throw new NotSupportedException($"containers must be nested within reason, and not in themselves: expected at most {PickledTree.MostNested} deep but got deeper");
            return value switch
            {
                null or bool or long or double or string or byte[] or BigInteger or ScalarType or Tensor => value,
                sbyte or byte or short or ushort or int or uint => System.Convert.ToInt64(value),
                ulong number => (BigInteger)number,
                float number => (double)number,
                Size size => new PickledSize(size.Shape),
                long[] sizes => new PickledSize(sizes),
                ITuple tuple => Enumerable.Range(0, tuple.Length).Select(place => Convert(tuple[place], depth + 1)).ToArray(),
                object?[] tuple => Array.ConvertAll(tuple, item => Convert(item, depth + 1)),
                IDictionary dict => Dict(dict, depth),
                IList list => list.Cast<object?>().Select(item => Convert(item, depth + 1)).ToList(),
                _ => throw new NotSupportedException($"a checkpoint holds numbers, texts, tensors and containers: expected such but got {value.GetType()}"),
            };
        }

        PickledDict Dict(IDictionary dict, int depth)
        {
            var (isOrdered, attributes) = describe?.Invoke(dict) ?? default;
            var pickled = new PickledDict(isOrdered) { Attributes = attributes is null ? null : Dict(attributes, depth + 1) };
            foreach (DictionaryEntry item in dict)
            {
                var key = Convert(item.Key, depth);
                if (key is not (string or long)) throw new NotSupportedException($"a dictionary of a checkpoint must have names or numbers as keys: expected string or integer but got {item.Key.GetType()}");
                pickled.Items.Add(key, Convert(item.Value, depth + 1));
            }
            return pickled;
        }

        return Convert(value, 0);
    }
}
