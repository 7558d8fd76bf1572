namespace TorchSharp.Modules;

/// <summary>A tensor in TorchSharp's own files: its type, number of dimensions and sizes as LEB128, then its elements.</summary>
internal static class TensorRecord
{
    public static void Write(torch.Tensor tensor, BinaryWriter writer)
    {
        using var guard = torch.no_grad();
        using var local = tensor.to(torch.CPU);
        using var packed = local.contiguous();
        writer.Write7BitEncodedInt64((long)packed.dtype);
        writer.Write7BitEncodedInt64(packed.Dimensions);
        foreach (var size in packed.shape) writer.Write7BitEncodedInt64(size);
        writer.Flush();
        packed.WriteBytesToStream(writer.BaseStream);
    }

    /// <summary>Reads a record as a new tensor.</summary>
    public static torch.Tensor Read(BinaryReader reader)
    {
        var type = (torch.ScalarType)reader.Read7BitEncodedInt64();
        var shape = new long[reader.Read7BitEncodedInt64()];
        for (var d = 0; d < shape.Length; d++) shape[d] = reader.Read7BitEncodedInt64();
        var read = Engine.Op.Run("empty.memory_format", shape, type, Engine.Arg.None, torch.CPU);
        read.ReadBytesFromStream(reader.BaseStream);
        return read;
    }

    /// <summary>Reads a record into a tensor of the same type and shape, or past it where that is null.</summary>
    public static void Read(BinaryReader reader, torch.Tensor? target, string key)
    {
        using var read = Read(reader);
        if (target is not null && (target.dtype != read.dtype || !target.shape.AsSpan().SequenceEqual(read.shape)))
            throw new ArgumentException($"a record must fit the tensor it is read into: expected {key} to be {target.dtype} [{string.Join(", ", target.shape)}] but got {read.dtype} [{string.Join(", ", read.shape)}]");
        target?.copy_(read);
    }
}
