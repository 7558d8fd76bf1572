namespace TorchRef.Interop.Checkpoints;

/// <summary>The formats of checkpoint files.</summary>
public enum CheckpointFormat
{
    /// <summary>What Python's torch.save writes: .pth, .pt, .bin, .ckpt.</summary>
    PyTorch,

    /// <summary>Tensors by name and nothing else: .safetensors.</summary>
    Safetensors,
}
