namespace TorchRef.Checks;

/// <summary>What a diagnosis suspects.</summary>
public enum Cause
{
    /// <summary>Nothing is wrong.</summary>
    None,

    /// <summary>Something is wrong, and it looks like none of the known mistakes.</summary>
    Unknown,

    /// <summary>Every entry is the right one times the same number; <see cref="Diagnosis.Factor"/> has it, the text what it looks like (−1, 2, 1/N, N/(N−1), 1−p …).</summary>
    ConstantFactor,

    /// <summary>Every entry is the right one times a number that depends on the channel, such as a missing γ or 1/√(σ²+ε).</summary>
    ChannelFactor,

    /// <summary>The gradient of a matrix is its transpose.</summary>
    Transposed,

    /// <summary>The gradients of two inputs or parameters of one shape have changed places.</summary>
    Swapped,

    /// <summary>The term by which the mean depends on the input is missing or has a wrong factor.</summary>
    MeanTerm,

    /// <summary>The term by which the variance depends on the input is missing or has a wrong factor.</summary>
    VarianceTerm,

    /// <summary>Mean and variance are treated as constants.</summary>
    DetachedStatistics,

    /// <summary>ε is missing, another one, or on the other side of the root.</summary>
    Epsilon,

    /// <summary>The gradient doesn't depend on the incoming gradient as it must (it is ignored, or used other than linearly).</summary>
    CotangentIgnored,

    /// <summary>Backward uses another random mask than forward did.</summary>
    MaskNotReused,

    /// <summary>One entry, or a few, are wrong, all others right.</summary>
    SingleEntry,

    /// <summary>No gradient arrives (null, or all zero) where there must be one.</summary>
    MissingGradient,

    /// <summary>The gradient of a scale is computed from the output in place of the normalised input.</summary>
    OutputInsteadOfNormalized,

    /// <summary>A sum is taken over some of the dimensions only, or over too many.</summary>
    WrongReduction,

    /// <summary>A second backward adds to the result of the first.</summary>
    Accumulates,

    /// <summary>Somewhere inside, values have only the digits of float32.</summary>
    Precision,

    /// <summary>The first derivative is right but can't be differentiated again: it uses values saved as constants.</summary>
    SavedConstants,

    /// <summary>Forward doesn't give the same again from the same inputs, state and random numbers.</summary>
    NotReplayable,

    /// <summary>Two backward passes from the same incoming gradient differ.</summary>
    BackwardNotDeterministic,

    /// <summary>An input was changed in place.</summary>
    InputChanged,

    /// <summary>Forward or backward changed state other than registered buffers: parameters, training mode.</summary>
    StateChanged,

    /// <summary>Forward gives other values when a gradient is asked for than when none is.</summary>
    GradModeDependent,

    /// <summary>The outputs require no gradient: the graph was cut.</summary>
    NoGradient,

    /// <summary>The inputs aren't in float64 (or complex128): differences can't be taken accurately.</summary>
    LowPrecisionInput,

    /// <summary>Backward ended with an exception.</summary>
    BackwardThrew,

    /// <summary>Values or gradients aren't finite.</summary>
    NotFinite,

    /// <summary>Outputs differ although the gradients follow from them: the forward formula differs.</summary>
    ForwardDiffers,

    /// <summary>A running statistic is updated by another convention of the momentum.</summary>
    MomentumConvention,

    /// <summary>A running variance takes the biased variance for the unbiased one, or the reverse.</summary>
    BiasedVariance,

    /// <summary>Running statistics are updated more often than once a step, or not at all, or in eval mode.</summary>
    StatisticsUpdates,

    /// <summary>num_batches_tracked (or another counter) differs.</summary>
    Counter,

    /// <summary>Eval mode uses the statistics of the batch, or is otherwise as training.</summary>
    EvalMode,

    /// <summary>State dicts differ in names, order, shapes or element types.</summary>
    StateDictKeys,

    /// <summary>Dropout keeps with the probability with which it should drop, or scales wrongly.</summary>
    DropoutScale,

    /// <summary>The random numbers drawn differ in kind, number, shape or seed.</summary>
    RandomNumbers,

    /// <summary>Weight decay acts on parameters that it should leave alone, or spares some that it should act on.</summary>
    DecayedParameters,

    /// <summary>Weight decay of another strength (λ against 2λ, learning rate missing).</summary>
    DecayStrength,

    /// <summary>Weight decay coupled to the gradient in place of decoupled, or the reverse.</summary>
    DecayCoupling,

    /// <summary>Weight decay is added at another place of the update (after momentum, from the updated weight, with a wrong sign).</summary>
    DecayPlace,

    /// <summary>The gradient itself is changed by a step.</summary>
    GradientChanged,

    /// <summary>The size of an optimiser's step differs by a factor.</summary>
    StepSize,

    /// <summary>Momentum, its dampening or Nesterov's look ahead follows another rule.</summary>
    MomentumRule,

    /// <summary>The averages that start at 0 aren't made up for, or otherwise than they should be.</summary>
    BiasCorrection,

    /// <summary>An optimiser forgets between steps what it should keep.</summary>
    StateNotKept,

    /// <summary>It throws where the other one doesn't.</summary>
    Throws,

    /// <summary>A result has another shape, element type or number of values.</summary>
    Shape,
}
