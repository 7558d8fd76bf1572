using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Writes fields one after another, as TorchSharp's files have them.</summary>
internal sealed class FieldSaver(BinaryWriter writer) : FieldVisitor
{
    public override void Field<T>(ref T field, bool optional = false)
    {
        if (optional) writer.Write(field is not null);
        switch (field)
        {
            case Tensor tensor:
                TensorRecord.Write(tensor, writer);
                break;
            case double number:
                writer.Write(number);
                break;
            case long number:
                writer.Write(number);
                break;
            case bool truth:
                writer.Write(truth);
                break;
            case null when !optional:
                throw new InvalidOperationException($"a field must have a value to be saved: expected a {typeof(T).Name} but got none");
        }
    }
}

/// <summary>Reads what <see cref="FieldSaver"/> wrote; tensors to a device, where no scope disposes them.</summary>
internal sealed class FieldLoader(BinaryReader reader, Device device) : FieldVisitor
{
    public override void Field<T>(ref T field, bool optional = false)
    {
        (field as Tensor)?.Dispose();
        var isThere = !optional || reader.ReadBoolean();
        field = isThere ? (T)Read(typeof(T)) : default!;
    }

    private object Read(Type type)
    {
        if (type == typeof(double) || type == typeof(double?)) return reader.ReadDouble();
        if (type == typeof(bool) || type == typeof(bool?)) return reader.ReadBoolean();
        if (type == typeof(long)) return reader.ReadInt64();
        using var tensor = TensorRecord.Read(reader);
        return tensor.to(device, copy: true).DetachFromDisposeScope();
    }
}
