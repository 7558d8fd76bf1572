using System.Globalization;
using System.Numerics;
using System.Text;
using TorchRef.Interop.Checkpoints.Reading;
using static TorchSharp.torch;

namespace TorchRef.Interop.Checkpoints.Writing;

/// <summary>Writes values as torch.save does: a zip archive of a pickle, and a record for each piece of memory.</summary>
internal sealed class PthWriter
{
    private const string Folder = "archive";

    private readonly PickleWriter _pickle = new();
    private readonly Dictionary<Tensor, StoredTensor> _tensors;
    private readonly Dictionary<StoredMemory, int> _memories = [];

    private PthWriter(Dictionary<Tensor, StoredTensor> tensors) => _tensors = tensors;

    /// <param name="stream">Where to; it need not seek.</param>
    /// <param name="value">A value as <see cref="Unpickler.Read"/> gives it, with tensors in the place of their descriptions.</param>
    public static void Write(Stream stream, object? value)
    {
        using var noGraph = no_grad();
        using var scope = NewDisposeScope();
        var writer = new PthWriter(StoredTensors.Of(PickledTree.Leaves(value).Select(leaf => leaf.Value).OfType<Tensor>()));
        writer.Value(value);
        var zip = new ZipWriter(stream);
        zip.Add($"{Folder}/data.pkl", writer._pickle.Finish());
        zip.Add($"{Folder}/byteorder", "little"u8);
        foreach (var (memory, number) in writer._memories)
        {
            using var pieces = NewDisposeScope();
            var elements = memory.Elements();
            zip.Add($"{Folder}/data/{number}", memory.Bytes, MemoryBytes.Crc(elements), target => MemoryBytes.Write(target, elements));
        }
        zip.Add($"{Folder}/version", "3\n"u8);
        zip.Finish();
    }

    private void Value(object? value)
    {
        switch (value)
        {
            case null: _pickle.Put(Opcode.None); break;
            case bool flag: _pickle.Bool(flag); break;
            case long number: _pickle.Integer(number); break;
            case BigInteger number: _pickle.Integer(number); break;
            case double number: _pickle.Float(number); break;
            case string text: _pickle.Text(text); break;
            case byte[] bytes: Bytes(bytes); break;
            case ScalarType type: _pickle.Global("torch", TorchNames.Of(type).Name); break;
            case PickledSize size: Call("torch", "Size", () => _pickle.Tuple([size.Sizes], Integers)); break;
            case Tensor tensor: Tensor(_tensors[tensor]); break;
            case PickledDict dict: Dict(dict); break;
            case object?[] tuple: _pickle.Tuple(tuple, Value); break;
            case List<object?> list: List(list); break;
            default: throw new NotSupportedException($"a checkpoint holds tensors and containers: expected such but got {value.GetType()}");
        }
    }

    private void Call(string module, string name, Action arguments)
    {
        _pickle.Global(module, name);
        arguments();
        _pickle.Put(Opcode.Reduce);
    }

    /// <summary>Protocol 2 has no bytes: they are written as the text whose letters have their values.</summary>
    private void Bytes(byte[] bytes) => Call("_codecs", "encode", () => _pickle.Tuple([Encoding.Latin1.GetString(bytes), "latin1"], _pickle.Text));

    private void Integers(long[] numbers) => _pickle.Tuple(numbers, number => _pickle.Integer(number));

    private void List(List<object?> list)
    {
        _pickle.Put(Opcode.EmptyList);
        if (list.Count == 0) return;
        _pickle.Put(Opcode.Mark);
        foreach (var item in list) Value(item);
        _pickle.Put(Opcode.Appends);
    }

    private void Dict(PickledDict dict)
    {
        if (dict.IsOrdered) EmptyOrderedDict();
        else _pickle.Put(Opcode.EmptyDict);
        if (dict.Count > 0)
        {
            _pickle.Put(Opcode.Mark);
            foreach (var (key, value) in dict.Items)
            {
                Value(key);
                Value(value);
            }
            _pickle.Put(Opcode.SetItems);
        }
        if (dict.Attributes is null) return;
        Dict(dict.Attributes);
        _pickle.Put(Opcode.Build);
    }

    private void EmptyOrderedDict() => Call("collections", "OrderedDict", () => _pickle.Put(Opcode.EmptyTuple));

    /// <summary>As torch.save writes it: its memory by name, offset, shape, strides, requires_grad and no hooks.</summary>
    private void Tensor(StoredTensor tensor) => Call("torch._utils", "_rebuild_tensor_v2", () =>
    {
        _pickle.Put(Opcode.Mark);
        var memory = tensor.Memory;
        if (!_memories.TryGetValue(memory, out var number)) _memories.Add(memory, number = _memories.Count);
        _pickle.Put(Opcode.Mark);
        _pickle.Text("storage");
        _pickle.Global("torch", TorchNames.Of(memory.Type).Storage);
        _pickle.Text(number.ToString(CultureInfo.InvariantCulture));
        _pickle.Text("cpu");
        _pickle.Integer(memory.Count);
        _pickle.Put(Opcode.Tuple);
        _pickle.Put(Opcode.BinPersId);
        _pickle.Integer(tensor.Offset);
        Integers(tensor.Shape);
        Integers(tensor.Strides);
        // As in a state_dict: whether a tensor learns is the module's to say.
        _pickle.Bool(false);
        EmptyOrderedDict();
        _pickle.Put(Opcode.Tuple);
    });
}
