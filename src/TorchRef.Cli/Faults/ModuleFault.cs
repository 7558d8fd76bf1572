using TorchRef.Checks;
using static TorchSharp.torch;

namespace TorchRef.Cli.Faults;

/// <summary>A mistake that <see cref="ModuleParity"/> should find: a module that doesn't do what another one does.</summary>
internal sealed record ModuleFault(
    string Name, string Family, Func<nn.Module<Tensor, Tensor>> Candidate, Func<nn.Module<Tensor, Tensor>> Reference, Func<Tensor[]> Batches, IReadOnlyList<Cause> Expected)
    : Fault(Name, Family, Expected)
{
    public override Tool Tool => Tool.ModuleParity;

    /// <summary>2 where outputs and first derivatives agree.</summary>
    public int Order { get; init; } = 1;

    public override CheckReport Check(long seed, CancellationToken stop = default)
    {
        stop.ThrowIfCancellationRequested();
        return Compare(Candidate, seed);
    }

    /// <summary>The same comparison of the reference with another of its kind, which must agree.</summary>
    public CheckReport CheckReference(long seed) => Compare(Reference, seed);

    private ModuleParityReport Compare(Func<nn.Module<Tensor, Tensor>> make, long seed)
    {
        using var scope = NewDisposeScope();
        manual_seed(seed);
        using var candidate = make();
        using var reference = Reference();
        return ModuleParity.Compare(candidate, reference, Batches(), new ModuleParityOptions { Seed = seed, Order = Order, Subject = ToString() });
    }
}
