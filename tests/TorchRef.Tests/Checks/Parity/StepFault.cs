namespace TorchRef.Tests.Checks.Parity;

/// <summary>A mistake that people make when they write an optimiser.</summary>
public enum StepFault
{
    None,
    DoubledDecay,
    NoDecay,
    DecayAfterMomentum,
    DecayTurned,
    DecayIntoGradient,
    DecayOfUpdatedWeight,
    DecayWithoutGradient,
    DecayWithoutRate,
    CoupledForDecoupled,
    DecoupledForCoupled,
    NesterovWithNewVelocity,
    DampenedStart,
    NoMemory,
    SignTurned,
    HalfStep,
    NoBiasCorrection,
    CorrectionStuck,
    EpsilonInsideRoot,
    EpsilonUncorrected,
    EpsilonMissing,
    MaximumForgotten,
    Throws,
    SinglePrecision,
}
