namespace TorchRef.Cli.Ledger;

/// <summary>All questions of the ledger. A departure that is found is added to the file of its subject.</summary>
internal static class Questions
{
    public static IEnumerable<Probe> All =>
        NormalizationProbes.All.Concat(DropoutProbes.All).Concat(OptimizerProbes.All).Concat(TensorProbes.All).Concat(InitProbes.All);
}
