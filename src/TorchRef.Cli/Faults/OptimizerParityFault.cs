using TorchRef.Checks;
using static TorchSharp.torch;

namespace TorchRef.Cli.Faults;

/// <summary>A mistake that <see cref="OptimizerParity"/> should find: an optimiser that doesn't do what another one does.</summary>
internal sealed record OptimizerParityFault(string Name, string Family, Func<nn.Module, ParityOptimizer> Candidate, Func<nn.Module, ParityOptimizer> Reference, IReadOnlyList<Cause> Expected)
    : Fault(Name, Family, Expected)
{
    public override Tool Tool => Tool.OptimizerParity;

    public override CheckReport Check(long seed, CancellationToken stop = default)
    {
        stop.ThrowIfCancellationRequested();
        return Compare(Candidate, seed);
    }

    /// <summary>The same comparison of the reference with another of its kind, which must agree.</summary>
    public CheckReport CheckReference(long seed) => Compare(Reference, seed);

    private OptimizerParityReport Compare(Func<nn.Module, ParityOptimizer> make, long seed)
    {
        using var scope = NewDisposeScope();
        return OptimizerParity.Compare(make, Reference, options: new OptimizerParityOptions { Seed = seed, Subject = ToString() });
    }
}
