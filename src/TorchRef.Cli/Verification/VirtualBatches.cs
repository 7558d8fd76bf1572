using static TorchSharp.torch;

namespace TorchRef.Cli.Verification;

/// <summary>The parts of a batch that ghost batch normalisation normalises each by itself.</summary>
internal static class VirtualBatches
{
    /// <summary>Parts of a size, the last one smaller; a single value can't be normalised: it joins the part before it.</summary>
    public static IReadOnlyList<Tensor> Of(Tensor input, long size)
    {
        var parts = input.split(size).ToList();                 // (v, C, …) each
        if (parts.Count > 1 && parts[^1].numel() == parts[^1].shape[1])
        {
            parts[^2] = cat([parts[^2], parts[^1]], 0);         // (v + 1, C, …)
            parts.RemoveAt(parts.Count - 1);
        }
        return parts;
    }
}
