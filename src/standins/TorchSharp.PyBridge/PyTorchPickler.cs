using System.Collections;
using TorchRef.Interop.Checkpoints.Writing;

namespace TorchSharp.PyBridge;

/// <summary>Dictionaries of tensors as files of torch.save.</summary>
public static class PyTorchPickler
{
    public static void PickleStateDict(string file, IDictionary source)
    {
        using var stream = File.Create(file);
        PickleStateDict(stream, source, leaveOpen: true);
    }

    /// <summary>Writes a dictionary of names or numbers with tensors, numbers, texts, arrays as tuples, lists and dictionaries.</summary>
    public static void PickleStateDict(Stream stream, IDictionary source, bool leaveOpen = false)
    {
        try
        {
            PthWriter.Write(stream, PickledValue.Of(source));
        }
        finally
        {
            if (!leaveOpen) stream.Dispose();
        }
    }
}
