using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>
/// Goes through the fields of an optimiser's options or state. A class lists its fields once and gets saving, loading,
/// copying, moving and comparing for it.
/// </summary>
internal abstract class FieldVisitor
{
    /// <param name="field">A number, a truth value or a tensor.</param>
    /// <param name="optional">Whether a tensor may be null; a file then says which it is.</param>
    public abstract void Field<T>(ref T field, bool optional = false);
}

/// <summary>Lists the values.</summary>
internal sealed class FieldCollector : FieldVisitor
{
    public Queue<object?> Values { get; } = new();

    public override void Field<T>(ref T field, bool optional = false) => Values.Enqueue(field);
}

/// <summary>Puts listed values in the place of what is there; of tensors copies, that no scope disposes.</summary>
internal sealed class FieldAssigner(Queue<object?> values, Device device) : FieldVisitor
{
    public override void Field<T>(ref T field, bool optional = false)
    {
        var value = values.Dequeue();
        if (ReferenceEquals(value, field) && value is not null) return;
        (field as Tensor)?.Dispose();
        field = (T)(value is Tensor tensor ? tensor.to(device, copy: true).DetachFromDisposeScope() : value)!;
    }
}

/// <summary>Puts listed values where there is none.</summary>
internal sealed class FieldFiller(Queue<object?> values) : FieldVisitor
{
    public override void Field<T>(ref T field, bool optional = false)
    {
        var value = values.Dequeue();
        if (field is null) field = (T)value!;
    }
}

/// <summary>Moves tensors to a device.</summary>
internal sealed class FieldMover(Device device) : FieldVisitor
{
    public override void Field<T>(ref T field, bool optional = false)
    {
        if (field is not Tensor tensor || tensor.device == device) return;
        field = (T)(object)tensor.to(device, copy: true).DetachFromDisposeScope();
        tensor.Dispose();
    }
}
