using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace TorchSharp.Engine;

/// <summary>
/// An operator of libtorch, found by its schema name on first use, so that one that an older libtorch lacks fails
/// alone, when it is called.
/// </summary>
internal sealed unsafe class Op
{
    private const int StackBytes = 1024;
    private const int Places = 1024;
    private static readonly ConcurrentDictionary<string, Op> s_known = new(StringComparer.Ordinal);

    // Names are literals, so that the object alone mostly tells which operator is meant: no characters are read.
    private static readonly Op?[] s_latest = new Op?[Places];

    private readonly string _name;
    private readonly IntPtr _handle;

    private Op(string name)
    {
        _name = name;
        var dot = name.IndexOf('.');
        _handle = Shim.Check(Shim.torchref_operator("aten::" + (dot < 0 ? name : name[..dot]), dot < 0 ? "" : name[(dot + 1)..]));
    }

    /// <summary>The operator <c>aten::NAME</c>, where NAME may end in an overload: <c>add.Tensor</c>.</summary>
    public static Op Named(string name)
    {
        ref var place = ref s_latest[RuntimeHelpers.GetHashCode(name) % Places];
        return place is { } latest && ReferenceEquals(latest._name, name) ? latest : place = s_known.GetOrAdd(name, static n => new Op(n));
    }

    /// <summary>Calls the operator with one result.</summary>
    public static torch.Tensor Run(string name, params ReadOnlySpan<Arg> arguments)
    {
        Value result;
        Named(name).Call(arguments, &result, 1);
        return Own(result);
    }

    /// <summary>Calls an operator that changes its first argument and returns it: the same object comes back.</summary>
    public static torch.Tensor RunInPlace(string name, params ReadOnlySpan<Arg> arguments)
    {
        Named(name).Call(arguments, null, 0);
        return (torch.Tensor)arguments[0].Reference!;
    }

    /// <summary>Calls an operator that returns nothing, or whose results don't matter.</summary>
    public static void RunVoid(string name, params ReadOnlySpan<Arg> arguments)
    {
        var results = stackalloc Value[8];
        var count = Named(name).Call(arguments, results, 8);
        for (var i = 0; i < count; i++) Own(results[i])?.Dispose();
    }

    /// <summary>Calls an operator with several results, each a tensor.</summary>
    public static torch.Tensor[] RunMany(string name, params ReadOnlySpan<Arg> arguments)
    {
        var results = stackalloc Value[8];
        var count = Named(name).Call(arguments, results, 8);
        var tensors = new torch.Tensor[count];
        for (var i = 0; i < count; i++) tensors[i] = Own(results[i]);
        return tensors;
    }

    /// <summary>Calls an operator whose one result is a list of tensors.</summary>
    public static torch.Tensor[] RunList(string name, params ReadOnlySpan<Arg> arguments)
    {
        Value result;
        Named(name).Call(arguments, &result, 1);
        if (result.Tag != Tag.Tensors) return [];
        var items = (Value*)result.Pointer;
        var tensors = new torch.Tensor[result.Count];
        for (var i = 0; i < tensors.Length; i++) tensors[i] = Own(items[i]);
        Shim.torchref_free_list(result.Pointer);
        return tensors;
    }

    /// <summary>Calls an operator whose result is a number or a truth value.</summary>
    public static Value RunScalar(string name, params ReadOnlySpan<Arg> arguments)
    {
        Value result;
        Named(name).Call(arguments, &result, 1);
        return result;
    }

    /// <summary>A wrapper for a handle that the caller was given together with its reference.</summary>
    private static torch.Tensor Own(in Value result) => new(result.Pointer, result.Bytes);

    private int Call(ReadOnlySpan<Arg> arguments, Value* results, int capacity)
    {
        var values = stackalloc Value[arguments.Length];
        var bytes = 0;
        for (var i = 0; i < arguments.Length; i++)
        {
            values[i] = arguments[i].Value;
            bytes += SizeOf(arguments[i]);
        }
        // Lists and strings are copied beside the values: nothing needs pinning, and a list may be changed by another
        // thread as soon as the call is made.
        var onStack = stackalloc byte[bytes <= StackBytes ? bytes : 0];
        var buffer = bytes <= StackBytes ? onStack : (byte*)NativeMemory.Alloc((nuint)bytes);
        try
        {
            var free = buffer;
            for (var i = 0; i < arguments.Length; i++)
                if (arguments[i].Reference is { } reference) Fill(ref values[i], reference, ref free);
            return (int)Shim.Check(Shim.torchref_call(_handle, values, arguments.Length, results, capacity));
        }
        finally
        {
            if (buffer != onStack) NativeMemory.Free(buffer);
            // The only use of the arguments after the call: without it the collector might finalise a tensor during it.
            foreach (ref readonly var argument in arguments) GC.KeepAlive(argument.Reference);
        }
    }

    private static int SizeOf(in Arg argument) => argument.Value.Tag switch
    {
        Tag.Ints => ((long[])argument.Reference!).Length * sizeof(long),
        Tag.Doubles => ((double[])argument.Reference!).Length * sizeof(double),
        Tag.Tensors => ((IReadOnlyList<torch.Tensor?>)argument.Reference!).Count * sizeof(IntPtr),
        Tag.Bools => (((bool[])argument.Reference!).Length + 7) & ~7,
        Tag.String => (Encoding.UTF8.GetByteCount((string)argument.Reference!) + 7) & ~7,
        _ => 0,
    };

    private static void Fill(ref Value value, object reference, ref byte* free)
    {
        switch (value.Tag)
        {
            case Tag.Tensor:
                value.Pointer = ((torch.Tensor)reference).Handle;
                break;
            case Tag.Generator:
                value.Pointer = ((torch.Generator)reference).Handle;
                break;
            case Tag.Device:
                var device = (torch.Device)reference;
                value.Count = (int)device.type;
                value.Integer = device.index;
                break;
            case Tag.Ints:
                Copy<long>((long[])reference, ref value, ref free);
                break;
            case Tag.Doubles:
                Copy<double>((double[])reference, ref value, ref free);
                break;
            case Tag.Bools:
                Copy<bool>((bool[])reference, ref value, ref free);
                break;
            case Tag.String:
                value.Pointer = (IntPtr)free;
                value.Count = Encoding.UTF8.GetBytes((string)reference, new Span<byte>(free, int.MaxValue));
                free += (value.Count + 7) & ~7;
                break;
            case Tag.Tensors:
                var tensors = (IReadOnlyList<torch.Tensor?>)reference;
                var handles = (IntPtr*)free;
                for (var i = 0; i < tensors.Count; i++) handles[i] = tensors[i]?.Handle ?? IntPtr.Zero;
                value.Pointer = (IntPtr)free;
                value.Count = tensors.Count;
                free += tensors.Count * sizeof(IntPtr);
                break;
        }
    }

    private static void Copy<T>(ReadOnlySpan<T> items, ref Value value, ref byte* free) where T : unmanaged
    {
        items.CopyTo(new Span<T>(free, items.Length));
        value.Pointer = (IntPtr)free;
        value.Count = items.Length;
        free += (items.Length * sizeof(T) + 7) & ~7;
    }
}
