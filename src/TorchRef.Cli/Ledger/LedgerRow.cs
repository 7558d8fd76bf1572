namespace TorchRef.Cli.Ledger;

/// <summary>The answers to one question.</summary>
internal sealed record LedgerRow(string Where, string PyTorch, string Engine, string? TorchRef)
{
    /// <summary>Whether the engine answers otherwise than PyTorch.</summary>
    public bool Departs => Engine != PyTorch;

    /// <summary>Whether TorchRef does what PyTorch does.</summary>
    public bool TorchRefAgrees => TorchRef is null || TorchRef == PyTorch;
}
