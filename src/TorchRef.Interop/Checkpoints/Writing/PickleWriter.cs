using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using TorchRef.Interop.Checkpoints.Reading;

namespace TorchRef.Interop.Checkpoints.Writing;

/// <summary>Writes the instructions of a pickle of protocol 2, which every reader of checkpoints knows.</summary>
internal sealed class PickleWriter
{
    private const int LongestInteger = 255;

    private readonly MemoryStream _bytes = new();
    private readonly Dictionary<string, int> _memo = new(StringComparer.Ordinal);

    public PickleWriter()
    {
        Put(Opcode.Proto);
        _bytes.WriteByte(2);
    }

    public void Put(Opcode code) => _bytes.WriteByte((byte)code);

    public void Bool(bool value) => Put(value ? Opcode.NewTrue : Opcode.NewFalse);

    public void Integer(BigInteger value)
    {
        if (value >= 0 && value <= byte.MaxValue) Put(Opcode.BinInt1, (byte)value);
        else if (value >= 0 && value <= ushort.MaxValue) Put(Opcode.BinInt2, BitConverter.GetBytes((ushort)value));
        else if (value >= int.MinValue && value <= int.MaxValue) Put(Opcode.BinInt, BitConverter.GetBytes((int)value));
        else
        {
            var bytes = value.ToByteArray();
            if (bytes.Length > LongestInteger) throw new NotSupportedException($"an integer must fit the pickle: expected at most {LongestInteger} bytes but got {bytes.Length}");
            Put(Opcode.Long1, [(byte)bytes.Length, .. bytes]);
        }
    }

    public void Float(double value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteDoubleBigEndian(bytes, value);
        Put(Opcode.BinFloat, bytes);
    }

    /// <summary>A text; the second time it is taken from the memo.</summary>
    public void Text(string text) => Memoized(text, () =>
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Put(Opcode.BinUnicode, [.. BitConverter.GetBytes(bytes.Length), .. bytes]);
    });

    /// <summary>A name of Python's, such as collections.OrderedDict.</summary>
    public void Global(string module, string name)
    {
        // No text of a state dict has a line end where a name has it.
        Memoized($"{module}\n{name}\n", () => Put(Opcode.Global, Encoding.ASCII.GetBytes($"{module}\n{name}\n")));
    }

    /// <summary>Items and then the instruction that makes them a tuple.</summary>
    public void Tuple<T>(IReadOnlyList<T> items, Action<T> write)
    {
        if (items.Count > 3) Put(Opcode.Mark);
        foreach (var item in items) write(item);
        Put(items.Count switch { 0 => Opcode.EmptyTuple, 1 => Opcode.Tuple1, 2 => Opcode.Tuple2, 3 => Opcode.Tuple3, _ => Opcode.Tuple });
    }

    /// <summary>The whole pickle.</summary>
    public byte[] Finish()
    {
        Put(Opcode.Stop);
        return _bytes.ToArray();
    }

    private void Memoized(string key, Action write)
    {
        if (_memo.TryGetValue(key, out var place))
        {
            if (place <= byte.MaxValue) Put(Opcode.BinGet, (byte)place);
            else Put(Opcode.LongBinGet, BitConverter.GetBytes(place));
            return;
        }
        write();
        place = _memo.Count;
        _memo.Add(key, place);
        if (place <= byte.MaxValue) Put(Opcode.BinPut, (byte)place);
        else Put(Opcode.LongBinPut, BitConverter.GetBytes(place));
    }

    private void Put(Opcode code, params ReadOnlySpan<byte> argument)
    {
        Put(code);
        _bytes.Write(argument);
    }
}
