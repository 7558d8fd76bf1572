using System.Collections;
using TorchRef.Interop.Checkpoints.Reading;

namespace TorchSharp.PyBridge;

/// <summary>Files of torch.save as hash tables. Anything but tensors and containers is refused by name.</summary>
public static class PyTorchUnpickler
{
    public static Hashtable UnpickleStateDict(string file) => UnpickleStateDict(File.OpenRead(file));

    /// <summary>
    /// Reads a dictionary: dicts as Hashtable, lists as ArrayList, tuples as object[], integers as int where they fit. With
    /// <paramref name="skipTensorRead"/> descriptions stand in the place of tensors.
    /// </summary>
    /// <exception cref="InvalidDataException">The stream isn't such a file, is damaged, or holds something else.</exception>
    public static Hashtable UnpickleStateDict(Stream stream, bool leaveOpen = false, bool skipTensorRead = false)
    {
        if (skipTensorRead && !leaveOpen) throw new ArgumentException("leaveOpen must be true when skipTensorRead is true");
        try
        {
            using var scope = torch.NewDisposeScope();
            var file = PthFile.Open(stream);
            using var loader = new TensorLoader(file);
            var tensors = new List<torch.Tensor>();
            var tree = Convert(file.Root, 0, tensor =>
            {
                if (skipTensorRead) return tensor;
                tensors.Add(loader.Load(tensor));
                return tensors[^1];
            });
            foreach (var tensor in tensors) tensor.MoveToOuterDisposeScope();
            return tree as Hashtable ?? throw Refusal.Of("a state dict must be a dictionary", "one", PickleCalls.Kind(file.Root));
        }
        finally
        {
            if (!leaveOpen) stream.Dispose();
        }
    }

    private static object? Convert(object? value, int depth, Func<PickledTensor, object> load) => value switch
    {
        PickledTensor tensor => load(tensor),
        PickledSize size => size.Sizes.Select(number => (object?)Integer(number)).ToArray(),
        PickledDict dict => Table(dict, item => Convert(item, PickledTree.Deeper(depth), load)),
        List<object?> list => new ArrayList(list.ConvertAll(item => Convert(item, PickledTree.Deeper(depth), load))),
        object?[] tuple => Array.ConvertAll(tuple, item => Convert(item, PickledTree.Deeper(depth), load)),
        long number => Integer(number),
        _ => value,
    };

    private static Hashtable Table(PickledDict dict, Func<object?, object?> convert)
    {
        var table = new Hashtable();
        if (dict.Count > 0)
            foreach (var (key, value) in dict.Items) table.Add(key is long number ? Integer(number) : key, convert(value));
        return table;
    }

    private static object Integer(long number) => number is >= int.MinValue and <= int.MaxValue ? (int)number : number;
}
