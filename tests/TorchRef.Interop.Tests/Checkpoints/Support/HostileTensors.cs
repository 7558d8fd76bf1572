using static TorchRef.Interop.Tests.Checkpoints.Support.Craft;

namespace TorchRef.Interop.Tests.Checkpoints.Support;

/// <summary>Tensors that aren't what the file has bytes for.</summary>
internal static class HostileTensors
{
    public static IEnumerable<HostileFile> All()
    {
        yield return Of("a storage larger than its record", "expected 4000 but got 16", Tensor(Storage(count: 1000), shape: [1000]));
        yield return Of("a storage smaller than its record", "expected 12 but got 16", Tensor(Storage(count: 3), shape: [3]));
        yield return Of("a storage of 2^62 elements", "must be as long as its storage", Tensor(Storage(count: 1L << 62), shape: [1]));
        yield return Of("a storage of −1 elements", "must be that of a storage", Tensor(Storage(count: -1)));
        yield return Of("a storage without a record", "expected 'archive/data/1' but got none of that name", Tensor(Storage(key: "1")));
        yield return Of("a storage in another folder", "expected 'archive/data/../version' but got none of that name", Tensor(Storage(key: "../version")));
        yield return Of("a storage that is of two types", "4 of float32 but got 4 of int32", Tuple(Tensor(Storage()), Tensor(Storage("IntStorage"))));
        yield return Of("a storage of unknown type", "'torch.QInt8Storage'", Tensor(Storage("QInt8Storage")));
        yield return Of("a storage that is a view", "no view of another storage", Global("torch._utils", "_rebuild_tensor_v2"), Tuple(Text("storage"), Global("torch", "FloatStorage"), Text("0"), Text("cpu"), Integer(4), Tuple(Text("1"), Integer(0), Integer(2))) + "Q");
        yield return Of("a tensor past its storage", "at most 4 elements but got one that reaches to 5", Tensor(Storage(), offset: 1));
        yield return Of("strides past the storage", "at most 4 elements but got one that reaches to 7", Tensor(Storage(), strides: [2]));
        yield return Of("an offset far away", "at most 4 elements", Tensor(Storage(), offset: long.MaxValue, shape: [], strides: []));
        yield return Of("an offset of an empty tensor far away", "at most 4 elements", Tensor(Storage(), offset: 1000, shape: [0]));
        yield return Of("a negative offset", "must not be negative", Tensor(Storage(), offset: -1));
        yield return Of("a negative size", "must not be negative", Tensor(Storage(), shape: [-4]));
        yield return Of("a negative stride", "must not be negative", Tensor(Storage(), offset: 3, strides: [-1]));
        yield return Of("a size of 2^62 with a stride of 2^62", "memory can hold", Tensor(Storage(), shape: [1L << 62], strides: [1L << 62]));
        yield return Of("a product of sizes beyond 2^64", "memory can hold", Tensor(Storage(), shape: [1L << 40, 1L << 40], strides: [0, 0]));
        yield return Of("nothing times 2^80", "memory can hold", Tensor(Storage(), shape: [0, 1L << 40, 1L << 40], strides: [0, 0, 0]));
        yield return Of("one number expanded to 10^12", "at most 1073741824 bytes", Tensor(Storage(), shape: [1_000_000, 1_000_000], strides: [0, 0]));
        yield return Of("many expanded a little", "at most 1073741824 bytes", Tuple([.. Enumerable.Repeat(Tensor(Storage(), shape: [1_000_000], strides: [0]), 300)]));
        yield return Of("65 dimensions", "64", Tensor(Storage(), shape: [.. Enumerable.Repeat(1L, 65)], strides: [.. Enumerable.Repeat(1L, 65)]));
        yield return Of("more sizes than strides", "a stride for each dimension", Tensor(Storage(), shape: [2, 2]));
        yield return Of("a shape of texts", "a tuple of those but got (the string 'a')", Global("torch._utils", "_rebuild_tensor_v2"), Tuple(Storage(), Integer(0), Tuple(Text("a")), Tuple(Integer(1)), "\x89", "N"), "R");
        yield return Of("a tensor with hooks", "no backward hooks", Tensor(Storage(), hooks: Global("collections", "OrderedDict") + ")RK\x01Ns"));
        yield return Of("a tensor of too few arguments", "6 or 7 arguments", Global("torch._utils", "_rebuild_tensor_v2"), Tuple(Storage()), "R");
        yield return Of("metadata that nobody knows", "conj and neg but got 'fancy'", Global("torch._utils", "_rebuild_tensor_v2"), Tuple(Storage(), Integer(0), Tuple(Integer(4)), Tuple(Integer(1)), "\x89", "N", Dict(Text("fancy"), "\x88")), "R");
        yield return new("a truth value of 2", () => Archive(OneTensor(Tensor(Storage("BoolStorage", count: 16), shape: [16])), ("archive/data/0", [.. new byte[15], 2])), "0 or 1 but got 2");
    }

    private static HostileFile Of(string name, string says, params string[] parts) => new(name, () => Archive(OneTensor(string.Concat(parts))), says);
}
