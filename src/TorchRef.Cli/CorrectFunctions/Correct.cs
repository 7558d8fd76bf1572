namespace TorchRef.Cli.CorrectFunctions;

/// <summary>All functions whose gradients are right.</summary>
internal static class Correct
{
    public static IReadOnlyList<CorrectFunction> All { get; } =
    [
        .. ElementwiseFunctions.All,
        .. KinkedFunctions.All,
        .. TensorFunctions.All,
        .. MatrixFunctions.All,
        .. NormFunctions.All,
        .. LayerFunctions.All,
        .. LossFunctions.All,
        .. UnusualInputs.All,
    ];
}
