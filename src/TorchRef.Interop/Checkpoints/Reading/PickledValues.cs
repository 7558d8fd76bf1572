using static TorchSharp.torch;

namespace TorchRef.Interop.Checkpoints.Reading;

/// <summary>A dict or an OrderedDict of a pickle.</summary>
/// <remarks>Empty ones are many (every tensor has one for its hooks), so that the table comes with the first item.</remarks>
internal sealed class PickledDict(bool isOrdered)
{
    private OrderedDictionary<object, object?>? _items;

    /// <summary>Whether it is a collections.OrderedDict.</summary>
    public bool IsOrdered => isOrdered;

    /// <summary>What the object has besides its items, such as the <c>_metadata</c> of a state dict.</summary>
    public PickledDict? Attributes { get; set; }

    public int Count => _items?.Count ?? 0;

    public OrderedDictionary<object, object?> Items => _items ??= [];
}

/// <summary>The memory of tensors, which a file holds outside of the pickle.</summary>
/// <param name="Key">Its name in the file.</param>
/// <param name="Type">Its element type; null for bytes without one.</param>
/// <param name="Count">Its elements.</param>
internal sealed record PickledStorage(string Key, ScalarType? Type, long Count);

/// <summary>A tensor as a pickle describes it: a view of a storage.</summary>
/// <param name="Storage">Where its elements are.</param>
/// <param name="Type">Its element type.</param>
/// <param name="Offset">The place of its first element, in elements.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Strides">Its strides, in elements.</param>
/// <param name="IsConjugate">Whether the elements are the conjugates of those in the storage.</param>
/// <param name="IsNegative">Whether they are those times −1.</param>
internal sealed record PickledTensor(PickledStorage Storage, ScalarType Type, long Offset, long[] Shape, long[] Strides, bool IsConjugate = false, bool IsNegative = false);

/// <summary>A torch.Size.</summary>
internal sealed record PickledSize(long[] Sizes);

/// <summary>A class of storages.</summary>
internal sealed record StorageClass(ScalarType? Type);
