namespace TorchRef.Interop.Checkpoints;

/// <summary>Which format a file is of.</summary>
internal static class FileFormat
{
    private static readonly string[] s_pyTorch = [".pth", ".pt", ".bin", ".ckpt"];

    /// <summary>The format that a name asks for.</summary>
    /// <exception cref="ArgumentException">It names none.</exception>
    public static CheckpointFormat OfName(string path)
    {
        var extension = Path.GetExtension(path);
        if (extension.Equals(".safetensors", StringComparison.OrdinalIgnoreCase)) return CheckpointFormat.Safetensors;
        if (s_pyTorch.Contains(extension, StringComparer.OrdinalIgnoreCase)) return CheckpointFormat.PyTorch;
        throw new ArgumentException($"a checkpoint's name must say its format: expected an extension of {string.Join(", ", s_pyTorch)}, .safetensors but got '{extension}'");
    }

    /// <summary>The format that the bytes are of, whatever the name says; of a file too short to tell, what its name says.</summary>
    /// <remarks>A safetensors file has its header's first brace there; a zip archive the method of its first record, a pickle of torch.save a part of its mark.</remarks>
    public static CheckpointFormat OfContent(Stream stream, string path)
    {
        Span<byte> start = stackalloc byte[9];
        stream.Position = 0;
        var read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (read == start.Length) return start[8] == (byte)'{' ? CheckpointFormat.Safetensors : CheckpointFormat.PyTorch;
        return Path.GetExtension(path).Equals(".safetensors", StringComparison.OrdinalIgnoreCase) ? CheckpointFormat.Safetensors : CheckpointFormat.PyTorch;
    }
}
