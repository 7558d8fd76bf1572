namespace TorchRef.Cli.Faults;

/// <summary>All planted faults.</summary>
internal static class Corpus
{
    public static IReadOnlyList<Fault> All { get; } =
    [
        .. BatchNormFaults.All,
        .. GraphFaults.All,
        .. DropoutFaults.All,
        .. NormalizationFaults.All,
        .. ActivationFaults.All,
        .. LayerFaults.All,
        .. LossFaults.All,
        .. MatrixFaults.All,
        .. IndexingFaults.All,
        .. PrecisionFaults.All,
        .. SecondOrderFaults.All,
        .. ContractFaults.All,
        .. ModuleFaults.All,
        .. OptimizerFaults.All,
    ];
}
