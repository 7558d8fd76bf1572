namespace TorchRef.Cli.Faults.Planted;

/// <summary>A mistake that people make when they write batch normalisation.</summary>
public enum BatchNormFault
{
    None,

    // In the forward.
    EpsilonDropped,
    EpsilonOutsideTheRoot,
    UnbiasedVariance,
    GammaForgotten,
    BetaForgotten,

    // In the statistics.
    BiasedRunningVariance,
    MomentumFlipped,
    UpdatedTwice,
    NotCounted,
    EvaluationUsesTheBatch,
    EvaluationUpdates,

    // In the backward.
    MeanTermMissing,
    VarianceTermMissing,
    StatisticsDetached,
    UnbiasedBackward,
    GammaMissingInBackward,
    WeightGradientFromOutput,
    BiasGradientAveraged,
    GradientsSwapped,
    CotangentIgnored,

    // In the backward of the backward.
    IntermediatesSaved,

    // In the state.
    OtherNames,
}
