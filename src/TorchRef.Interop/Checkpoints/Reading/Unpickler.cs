using System.Numerics;

namespace TorchRef.Interop.Checkpoints.Reading;

/// <summary>Reads a pickle that holds tensors and containers, and refuses any other by the name of what it asks for.</summary>
/// <remarks>
/// A pickle is a program for a stack machine. This machine knows the instructions that build values of protocols 2 to 5, and
/// of the calls only those of <see cref="AllowedGlobals"/>. What it builds takes no more memory than the budget. Source:
/// CPython's Lib/pickletools.py, which describes each instruction.
/// </remarks>
internal sealed class Unpickler
{
    private const int HighestProtocol = 5;

    private static readonly object s_mark = new();

    private readonly PickleBytes _bytes;
    private readonly MemoryBudget _budget;
    private readonly PickleCalls _calls;
    private readonly Stack<object?> _stack = new();
    private readonly PickleMemo _memo;

    /// <param name="stream">The pickle; after it more may follow.</param>
    /// <param name="budget">The memory it may take.</param>
    /// <param name="storages">Takes note of each storage that is named.</param>
    public Unpickler(Stream stream, MemoryBudget budget, Dictionary<string, PickledStorage> storages)
    {
        (_bytes, _budget) = (new PickleBytes(stream, budget), budget);
        (_calls, _memo) = (new PickleCalls(storages, budget), new PickleMemo(budget));
    }

    /// <summary>The value: null, bool, long, <see cref="BigInteger"/>, double, string, byte[], an element type, a tuple as object?[], a List, or one of this folder's.</summary>
    /// <exception cref="InvalidDataException">The pickle is damaged, too large, or asks for what isn't allowed.</exception>
    public object? Read()
    {
        if (_bytes.Byte() != (byte)Opcode.Proto) throw Refusal.Of("a pickle must start with its protocol", $"2 to {HighestProtocol}", "none: protocol 0 or 1, or no pickle");
        if (_bytes.Byte() is var protocol and (< 2 or > HighestProtocol)) throw Refusal.Of("a pickle must be of a known protocol", $"2 to {HighestProtocol}", protocol);
        while (true)
        {
            var code = _bytes.Byte();
            if (code == (byte)Opcode.Stop) break;
            Execute((Opcode)code);
        }
        var result = Pop();
        return _stack.Count == 0 ? result : throw Refusal.Of("a pickle must leave one value", "1", _stack.Count + 1);
    }

    public static InvalidDataException Damaged(string expected, object got) => Refusal.Of("a pickle must be a sequence of instructions that fit each other", expected, got);

    private void Execute(Opcode code)
    {
        switch (code)
        {
            case Opcode.Frame: _bytes.UInt64(); break;
            case Opcode.Mark: Push(s_mark); break;
            case Opcode.Pop: Pop(); break;
            case Opcode.PopMark: ToMark(); break;
            case Opcode.None: Push(null); break;
            case Opcode.NewTrue: Push(true); break;
            case Opcode.NewFalse: Push(false); break;
            case Opcode.BinInt: Make((long)_bytes.Int32(), 24); break;
            case Opcode.BinInt1: Make((long)_bytes.Byte(), 24); break;
            case Opcode.BinInt2: Make((long)_bytes.UInt16(), 24); break;
            case Opcode.Long1: Push(Integer(_bytes.Bytes(_bytes.Byte()))); break;
            case Opcode.BinFloat: Make(_bytes.Double(), 24); break;
            // Python 2 had these for its byte strings; its state dicts have text in them.
            case Opcode.BinString: Push(_bytes.Text(_bytes.UInt32())); break;
            case Opcode.ShortBinString: Push(_bytes.Text(_bytes.Byte())); break;
            case Opcode.BinUnicode: Push(_bytes.Text(_bytes.UInt32())); break;
            case Opcode.ShortBinUnicode: Push(_bytes.Text(_bytes.Byte())); break;
            case Opcode.BinUnicode8: Push(_bytes.Text(_bytes.UInt64())); break;
            case Opcode.BinBytes: Push(_bytes.Bytes(_bytes.UInt32())); break;
            case Opcode.ShortBinBytes: Push(_bytes.Bytes(_bytes.Byte())); break;
            case Opcode.BinBytes8: Push(_bytes.Bytes(_bytes.UInt64())); break;
            case Opcode.EmptyTuple: Push(Array.Empty<object?>()); break;
            case Opcode.Tuple1: MakeTuple(Popped(1)); break;
            case Opcode.Tuple2: MakeTuple(Popped(2)); break;
            case Opcode.Tuple3: MakeTuple(Popped(3)); break;
            case Opcode.Tuple: MakeTuple(ToMark()); break;
            case Opcode.EmptyList: Make(new List<object?>(), 32); break;
            case Opcode.Append: Extend([Pop()]); break;
            case Opcode.Appends: Extend(ToMark()); break;
            case Opcode.EmptyDict: Make(new PickledDict(isOrdered: false), 40); break;
            case Opcode.SetItem: SetItems(Popped(2)); break;
            case Opcode.SetItems: SetItems(ToMark()); break;
            case Opcode.BinGet: Push(_memo.Get(_bytes.Byte())); break;
            case Opcode.LongBinGet: Push(_memo.Get(_bytes.UInt32())); break;
            case Opcode.BinPut: _memo.Put(_bytes.Byte(), Peek()); break;
            case Opcode.LongBinPut: _memo.Put(_bytes.UInt32(), Peek()); break;
            case Opcode.Memoize: _memo.Put((uint)_memo.Count, Peek()); break;
            case Opcode.Global: Push(AllowedGlobals.Find(_bytes.Line(), _bytes.Line())); break;
            case Opcode.StackGlobal: PushStackGlobal(); break;
            case Opcode.BinPersId: Push(_calls.Storage(Pop())); break;
            case Opcode.Reduce: Reduce(); break;
            case Opcode.Build: Build(); break;
            default:
                throw Refusal.Of("a checkpoint may hold tensors and containers only", "instructions that build those", Enum.IsDefined(code) ? $"{code} ({(byte)code:x2})" : $"{(byte)code:x2}");
        }
    }

    private void Push(object? value)
    {
        _budget.Spend(16);
        _stack.Push(value);
    }

    /// <summary>Pushes a value that has just been made.</summary>
    private void Make(object value, int bytes)
    {
        _budget.Spend(bytes);
        Push(value);
    }

    private void MakeTuple(object?[] items) => Make(items, 24 + 8 * items.Length);

    private object? Pop() => _stack.TryPop(out var value) && value != s_mark ? value : throw Damaged("a value", "none");

    private object?[] Popped(int count)
    {
        var items = new object?[count];
        while (count > 0) items[--count] = Pop();
        return items;
    }

    private object? Peek() => _stack.TryPeek(out var value) && value != s_mark ? value : throw Damaged("a value", "none");

    private object?[] ToMark()
    {
        var items = new List<object?>();
        while (true)
        {
            if (!_stack.TryPop(out var value)) throw Damaged("a mark", "none");
            if (value == s_mark) break;
            items.Add(value);
        }
        items.Reverse();
        return [.. items];
    }

    private void Extend(object?[] items)
    {
        if (Peek() is not List<object?> list) throw Damaged("a list to add to", Kind(Peek()));
        _budget.Spend(24L * items.Length);
        list.AddRange(items);
    }

    private void SetItems(object?[] items)
    {
        if (Peek() is not PickledDict dict) throw Damaged("a dict to add to", Kind(Peek()));
        if (items.Length % 2 != 0) throw Damaged("keys and values", "a key without value");
        if (dict.Count == 0 && items.Length > 0) _budget.Spend(250);
        for (var i = 0; i < items.Length; i += 2)
        {
            _budget.Spend(64);
            if (items[i] is not (string or long)) throw Refusal.Of("a dict's keys must be strings or integers", "such", Kind(items[i]));
            if (!dict.Items.TryAdd(items[i]!, items[i + 1])) throw Refusal.Of("a name must be there once", $"one {Refusal.Quote(items[i]!.ToString()!)}", "two");
        }
    }

    private void PushStackGlobal()
    {
        var names = Popped(2);
        if (names is not [string module, string name]) throw Damaged("two names", $"{Kind(names[0])} and {Kind(names[1])}");
        Push(AllowedGlobals.Find(module, name));
    }

    private void Reduce()
    {
        var arguments = Pop();
        var function = Pop();
        if (arguments is not object?[] tuple) throw Damaged("a tuple of arguments", Kind(arguments));
        if (function is not PickleFunction known) throw Refusal.Of("a checkpoint may call what builds tensors and containers", "such a function", Kind(function));
        Push(_calls.Call(known, tuple));
    }

    private void Build()
    {
        var state = Pop();
        if (Peek() is not PickledDict { IsOrdered: true } dict) throw Refusal.Of("only an OrderedDict may have attributes", "such", Kind(Peek()));
        dict.Attributes = state as PickledDict ?? throw Damaged("a dict of attributes", Kind(state));
    }

    private static object Integer(byte[] bytes)
    {
        var value = new BigInteger(bytes);
        return value >= long.MinValue && value <= long.MaxValue ? (object)(long)value : value;
    }

    private static string Kind(object? value) => PickleCalls.Kind(value);
}
