using TorchSharp.Modules;

namespace TorchSharp;

using static torch;

// Tensors in files of TorchSharp's own format.
public static partial class TensorExtensionMethods
{
    public static void Save(this Tensor tensor, BinaryWriter writer) => TensorRecord.Write(tensor, writer);

    /// <summary>Writes the tensor and closes the stream.</summary>
    public static void Save(this Tensor tensor, Stream stream)
    {
        using var writer = new BinaryWriter(stream);
        tensor.Save(writer);
    }

    public static void Save(this Tensor tensor, string location) => tensor.Save(File.Create(location));

    /// <summary>Reads a tensor; with <paramref name="skip"/>, only its type and shape, and gives zeros.</summary>
    public static Tensor Load(BinaryReader reader, bool skip = false)
    {
        Tensor? tensor = null;
        Load(ref tensor, reader, skip);
        return tensor!;
    }

    /// <summary>Reads into a tensor of the same type and shape; with <paramref name="skip"/>, past the record.</summary>
    public static void Load(this Tensor tensor, BinaryReader reader, bool skip = false)
    {
        using var guard = no_grad();
        TensorRecord.Read(reader, skip ? null : tensor, nameof(tensor));
    }

    /// <summary>Reads into a tensor, or, where that is null, makes it.</summary>
    public static void Load(ref Tensor? tensor, BinaryReader reader, bool skip = false)
    {
        if (tensor is not null)
        {
            tensor.Load(reader, skip);
            return;
        }
        tensor = TensorRecord.Read(reader);
        if (skip) Engine.Op.RunInPlace("zero_", tensor);
    }
}
