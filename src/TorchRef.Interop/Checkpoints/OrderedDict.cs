namespace TorchRef.Interop.Checkpoints;

/// <summary>Python's collections.OrderedDict, the kind of dictionary that a module's state dict is.</summary>
public sealed class OrderedDict : OrderedDictionary<object, object?>
{
    /// <summary>What the object has besides its items, such as the <c>_metadata</c> of a state dict; null for nothing.</summary>
    public OrderedDictionary<object, object?>? Attributes { get; set; }
}
