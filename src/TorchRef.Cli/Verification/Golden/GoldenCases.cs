namespace TorchRef.Cli.Verification.Golden;

/// <summary>The hand-written modules against tensors that Python's PyTorch made.</summary>
internal static class GoldenCases
{
    public static void Run(ComparisonRecorder recorder, Candidates candidates)
    {
        GoldenBatchNorm.Run(recorder, candidates);
        GoldenDropout.Run(recorder, candidates);
        GoldenOptimizers.Run(recorder, candidates);
        GoldenNormalization.Run(recorder, candidates);
        GoldenActivations.Run(recorder, candidates);
        GoldenLosses.Run(recorder, candidates);
    }
}
