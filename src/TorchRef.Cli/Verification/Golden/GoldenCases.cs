namespace TorchRef.Cli.Verification.Golden;

/// <summary>The hand-written modules against tensors that Python's PyTorch made.</summary>
internal static class GoldenCases
{
    public static void Run(ComparisonRecorder recorder, Candidates candidates)
    {
        GoldenBatchNorm.Run(recorder, candidates);
        GoldenBatchNormKin.Run(recorder, candidates);
        GoldenBatchNormVariants.Run(recorder, candidates);
        GoldenFolding.Run(recorder, candidates);
        GoldenRecurrent.Run(recorder, candidates);
        GoldenLstm.Run(recorder, candidates);
        GoldenDropout.Run(recorder, candidates);
        GoldenClassicDropout.Run(recorder, candidates);
        GoldenMonteCarlo.Run(recorder, candidates);
        GoldenOptimizers.Run(recorder, candidates);
        GoldenVelocities.Run(recorder, candidates);
        GoldenWeightDecay.Run(recorder, candidates);
        GoldenNormalization.Run(recorder, candidates);
        GoldenLayers.Run(recorder, candidates);
        GoldenInitializers.Run(recorder, candidates);
        GoldenActivations.Run(recorder, candidates);
        GoldenLosses.Run(recorder, candidates);
    }
}
