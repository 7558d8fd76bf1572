using System.Numerics;
using System.Text;
using static TorchSharp.torch;

namespace TorchRef.Interop.Checkpoints.Reading;

/// <summary>What the calls of a pickle make: containers, and tensors as descriptions.</summary>
internal sealed class PickleCalls(Dictionary<string, PickledStorage> storages, MemoryBudget budget)
{
    /// <summary>What expanded tensors may come to when they are written out: a file of a few bytes could ask for any size.</summary>
    private const long MostExpanded = 1 << 30;

    private static readonly Encoding s_latin1 = Encoding.GetEncoding("latin1", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);

    private long _expanded;

    public object Call(PickleFunction function, object?[] arguments)
    {
        budget.Spend(100);
        return function switch
        {
            PickleFunction.OrderedDict => Ordered(arguments),
            PickleFunction.Size => new PickledSize(arguments is [object?[] sizes] ? Integers(sizes, "torch.Size") : throw Wrong("torch.Size", "a tuple", arguments)),
            PickleFunction.Bytes => arguments.Length == 0 ? Array.Empty<byte>() : throw Wrong("bytes", "no argument", arguments),
            PickleFunction.Encode => Encode(arguments),
            PickleFunction.RebuildTensor => arguments.Length == 4 ? Tensor(arguments, null, null) : throw Wrong("_rebuild_tensor", "4 arguments", arguments),
            PickleFunction.RebuildTensorV2 => arguments.Length is 6 or 7 ? V2(arguments) : throw Wrong("_rebuild_tensor_v2", "6 or 7 arguments", arguments),
            PickleFunction.RebuildTensorV3 => arguments.Length is 7 or 8 ? V3(arguments) : throw Wrong("_rebuild_tensor_v3", "7 or 8 arguments", arguments),
            PickleFunction.RebuildParameter => Parameter(arguments),
            _ => throw new ArgumentOutOfRangeException(nameof(function)),
        };
    }

    /// <summary>The storage that a persistent id names.</summary>
    public PickledStorage Storage(object? id)
    {
        if (id is not object?[] { Length: 5 or 6 } parts || parts is not ["storage", StorageClass kind, string key, string, long count, ..] || count < 0)
            throw Refusal.Of("a persistent id must be that of a storage", "('storage', class, key, location, count)", id is object?[] tuple ? $"({string.Join(", ", tuple.Select(Kind))})" : Kind(id));
        if (parts.Length == 6 && parts[5] is not null) throw Refusal.Of("a storage must be whole", "no view of another storage", Kind(parts[5]));
        var storage = new PickledStorage(key, kind.Type, count);
        budget.Spend(150);
        if (!storages.TryAdd(key, storage) && storages[key] is var known && known != storage)
            throw Refusal.Of($"storage {Refusal.Quote(key)} must be the same wherever it is named", $"{known.Count} of {Name(known.Type)}", $"{count} of {Name(kind.Type)}");
        return storages[key];
    }

    public static string Kind(object? value) => value switch
    {
        null => "None",
        bool => "a bool",
        long or BigInteger => "an int",
        double => "a float",
        string text => $"the string {Refusal.Quote(text)}",
        byte[] => "bytes",
        object?[] => "a tuple",
        List<object?> => "a list",
        PickledDict dict => dict.IsOrdered ? "an OrderedDict" : "a dict",
        PickledTensor => "a tensor",
        PickledStorage => "a storage",
        PickledSize => "a torch.Size",
        StorageClass kind => $"the class of {Name(kind.Type)} storages",
        ScalarType type => $"torch.{TorchNames.Of(type).Name}",
        PickleFunction function => $"the function {function}",
        _ => value.GetType().Name,
    };

    private PickledTensor V2(object?[] arguments) => Tensor(arguments, null, arguments.Length == 7 ? arguments[6] : null);

    private PickledTensor V3(object?[] arguments) =>
        Tensor(arguments, arguments[6] is ScalarType type ? type : throw Wrong("_rebuild_tensor_v3", "an element type", arguments), arguments.Length == 8 ? arguments[7] : null);

    private PickledTensor Tensor(object?[] arguments, ScalarType? stated, object? metadata)
    {
        if (arguments[0] is not PickledStorage storage || arguments[1] is not long offset) throw Wrong("a tensor", "a storage and an offset", arguments);
        if (arguments.Length > 4 && (arguments[4] is not bool || arguments[5] is not (null or PickledDict { Count: 0 }))) throw Refusal.Of("a tensor in a checkpoint must be data alone", "no backward hooks", Kind(arguments[5]));
        var (shape, strides) = (Integers(arguments[2], "a shape"), Integers(arguments[3], "strides"));
        var type = stated ?? storage.Type ?? throw Refusal.Of("a tensor must have an element type", "one", "none");
        var (conjugate, negative) = Bits(metadata);
        var tensor = TensorView.Checked(new PickledTensor(storage, type, offset, shape, strides, conjugate, negative));
        if (TensorView.CountOf(tensor) is var count && count > storage.Count)
        {
            var bytes = (UInt128)count * (UInt128)TorchNames.SizeOf(type);
            if (bytes > (UInt128)(MostExpanded - _expanded)) throw Refusal.Of("expanded tensors must not come to more than memory should hold", $"at most {MostExpanded} bytes", bytes + (UInt128)_expanded);
            _expanded += (long)bytes;
        }
        return tensor;
    }

    /// <summary>PyTorch 2's lazy conjugation and negation.</summary>
    private static (bool conjugate, bool negative) Bits(object? metadata)
    {
        if (metadata is null) return default;
        if (metadata is not PickledDict dict || dict.Items.Any(pair => pair.Key is not ("conj" or "neg") || pair.Value is not bool))
            throw Refusal.Of("a tensor's metadata must be the bits that are known", "conj and neg", metadata is PickledDict other ? Refusal.Quote(string.Join(", ", other.Items.Keys)) : Kind(metadata));
        return (dict.Items.TryGetValue("conj", out var conj) && conj is true, dict.Items.TryGetValue("neg", out var neg) && neg is true);
    }

    private static PickledTensor Parameter(object?[] arguments) =>
        arguments is [PickledTensor tensor, bool, null or PickledDict { Count: 0 }] ? tensor : throw Wrong("_rebuild_parameter", "a tensor, requires_grad and no hooks", arguments);

    /// <summary>An empty OrderedDict, or one with its items in a list of pairs, as Python 2 wrote it; PyBridge writes an empty tuple.</summary>
    private PickledDict Ordered(object?[] arguments)
    {
        var dict = new PickledDict(isOrdered: true);
        if (arguments.Length == 0) return dict;
        if (arguments is not [List<object?> or object?[]] || arguments[0] is not IReadOnlyList<object?> pairs) throw Wrong("OrderedDict", "a list of pairs", arguments);
        if (pairs.Count > 0) budget.Spend(250);
        foreach (var pair in pairs)
        {
            budget.Spend(64);
            if (pair is not (List<object?> or object?[]) || pair is not IReadOnlyList<object?> { Count: 2 } both || both[0] is not (string or long)) throw Wrong("OrderedDict", "a list of pairs", arguments);
            if (!dict.Items.TryAdd(both[0]!, both[1])) throw Refusal.Of("a name must be there once", $"one {Refusal.Quote(both[0]!.ToString()!)}", "two");
        }
        return dict;
    }

    /// <summary>Bytes, as protocol 2 writes them: as the text whose letters have their values.</summary>
    private byte[] Encode(object?[] arguments)
    {
        if (arguments is not [string text, "latin1"]) throw Wrong("_codecs.encode", "a text and latin1", arguments);
        budget.Spend(text.Length);
        try
        {
            return s_latin1.GetBytes(text);
        }
        catch (EncoderFallbackException)
        {
            throw Refusal.Of("bytes of a pickle must be bytes", "values up to 255", Refusal.Quote(text));
        }
    }

    private static long[] Integers(object? values, string what)
    {
        if (values is PickledSize size) return size.Sizes;
        if (values is not object?[] items || items.Any(item => item is not long)) throw Refusal.Of($"{what} must be integers", "a tuple of those", values is object?[] tuple ? $"({string.Join(", ", tuple.Take(8).Select(Kind))})" : Kind(values));
        return Array.ConvertAll(items, item => (long)item!);
    }

    private static string Name(ScalarType? type) => type is { } known ? TorchNames.Of(known).Name : "untyped bytes";

    private static InvalidDataException Wrong(string what, string expected, object?[] arguments) =>
        Refusal.Of($"{what} must be made of what makes it", expected, $"({string.Join(", ", arguments.Take(8).Select(Kind))}{(arguments.Length > 8 ? ", …" : "")})");
}
