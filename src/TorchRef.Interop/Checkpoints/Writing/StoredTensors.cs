using TorchRef.Interop.Checkpoints.Reading;
using static TorchSharp.torch;

namespace TorchRef.Interop.Checkpoints.Writing;

/// <summary>A piece of memory that goes into a file.</summary>
/// <param name="type">Its element type.</param>
/// <param name="count">Its elements.</param>
/// <param name="elements">Gives them as a vector on the CPU.</param>
internal sealed class StoredMemory(ScalarType type, long count, Func<Tensor> elements)
{
    public ScalarType Type => type;

    public long Count => count;

    public long Bytes => count * TorchNames.SizeOf(type);

    public Tensor Elements() => elements();
}

/// <summary>A tensor as a view of stored memory.</summary>
internal sealed record StoredTensor(StoredMemory Memory, long Offset, long[] Shape, long[] Strides);

/// <summary>Decides which memory goes into a file: tensors that share memory share it there, and what none of them reaches stays out.</summary>
/// <remarks>
/// A tensor keeps its strides unless they only skip over memory that no other tensor has: then it is written without gaps.
/// (PyTorch writes the whole of a storage, however small the view of it.) Tensors that aren't on the CPU are copied there one
/// by one, and share only with themselves.
/// </remarks>
internal static class StoredTensors
{
    /// <summary>A tensor's memory on the CPU: where its storage starts, and the elements that it reaches, from First to before End.</summary>
    private sealed record Place(Tensor Tensor, nint Storage, ScalarType Type, long First, long End);

    /// <summary>Each of the tensors with its place in the file's memory.</summary>
    /// <exception cref="NotSupportedException">A tensor's elements aren't ones that a checkpoint holds.</exception>
    /// <exception cref="ArgumentException">Tensors view the same memory as different types.</exception>
    public static Dictionary<Tensor, StoredTensor> Of(IEnumerable<Tensor> tensors)
    {
        var stored = new Dictionary<Tensor, StoredTensor>(ReferenceEqualityComparer.Instance);
        var places = new List<Place>();
        foreach (var tensor in tensors.Distinct<Tensor>(ReferenceEqualityComparer.Instance))
        {
            Require(tensor);
            if (tensor.numel() > 0 && tensor.device_type == TorchSharp.DeviceType.CPU && !tensor.is_conj() && !tensor.is_neg()) places.Add(PlaceOf(tensor));
            else stored.Add(tensor, Alone(tensor));
        }
        foreach (var storage in places.GroupBy(place => place.Storage))
        {
            if (storage.Select(place => place.Type).Distinct().Skip(1).Any())
                throw new ArgumentException($"tensors of a checkpoint must not view the same memory as different types: expected one but got {string.Join(" and ", storage.Select(place => TorchNames.Of(place.Type).Name).Distinct())}");
            foreach (var together in Overlapping(storage))
                foreach (var (tensor, place) in Store(together)) stored.Add(tensor, place);
        }
        return stored;
    }

    private static void Require(Tensor tensor)
    {
        _ = TorchNames.Of(tensor.dtype);
        if (tensor.is_sparse || tensor.is_meta) throw new NotSupportedException($"a checkpoint holds dense tensors: expected one but got a {(tensor.is_sparse ? "sparse" : "meta")} tensor");
    }

    private static Place PlaceOf(Tensor tensor)
    {
        var offset = tensor.storage_offset();
        var end = offset + 1;
        foreach (var (size, stride) in tensor.shape.Zip(tensor.stride())) end += (size - 1) * stride;
        return new Place(tensor, Address(tensor) - (nint)(offset * TorchNames.SizeOf(tensor.dtype)), tensor.dtype, offset, end);
    }

    private static unsafe nint Address(Tensor tensor)
    {
        using var noGraph = no_grad();
        using var first = tensor.as_strided([1], [1], tensor.storage_offset()); // [1]
        fixed (byte* address = first.bytes) return (nint)address;
    }

    /// <summary>Runs of tensors of one storage, each of which begins before an earlier one of its run ends.</summary>
    private static IEnumerable<List<Place>> Overlapping(IEnumerable<Place> places)
    {
        var run = new List<Place>();
        var end = 0L;
        foreach (var place in places.OrderBy(place => place.First))
        {
            if (run.Count > 0 && place.First >= end)
            {
                yield return run;
                run = [];
            }
            end = Math.Max(end, place.End);
            run.Add(place);
        }
        if (run.Count > 0) yield return run;
    }

    private static IEnumerable<(Tensor, StoredTensor)> Store(List<Place> places)
    {
        var (one, first, end) = (places[0].Tensor, places[0].First, places.Max(place => place.End));
        var alike = places.All(place => place.First == first && place.Tensor.shape.SequenceEqual(one.shape) && place.Tensor.stride().SequenceEqual(one.stride()));
        if (alike && one.numel() < end - first)
        {
            var alone = Alone(one);
            return places.Select(place => (place.Tensor, alone));
        }
        var memory = new StoredMemory(one.dtype, end - first, () => one.detach().as_strided([end - first], [1], first));
        return places.Select(place => (place.Tensor, new StoredTensor(memory, place.First - first, place.Tensor.shape, place.Tensor.stride())));
    }

    private static StoredTensor Alone(Tensor tensor)
    {
        var strides = new long[tensor.shape.Length];
        var count = 1L;
        for (var d = strides.Length - 1; d >= 0; d--)
        {
            strides[d] = count;
            count *= Math.Max(1, tensor.shape[d]);
        }
        var memory = new StoredMemory(tensor.dtype, tensor.numel(), () => tensor.detach().cpu().resolve_conj().resolve_neg().contiguous().view(-1));
        return new StoredTensor(memory, 0, tensor.shape, strides);
    }
}
