namespace TorchRef.Interop.Checkpoints.Reading;

/// <summary>What the structure of a file may take of memory while it is read: small files can describe large ones.</summary>
/// <remarks>
/// The bytes are estimates of what .NET takes. The limit is more than any state dict in use needs: 90,000 tensors.
/// The tensors' own bytes don't count; those are bounded by the file's size.
/// </remarks>
internal sealed class MemoryBudget
{
    public const long Limit = 176 << 20;

    private long _left = Limit;

    public void Spend(long bytes)
    {
        if ((_left -= bytes) < 0) throw Refusal.Of("the structure of a file must fit the memory set aside for it", $"at most {Limit >> 20} MiB", "more");
    }
}
