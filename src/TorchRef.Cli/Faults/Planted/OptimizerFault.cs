namespace TorchRef.Cli.Faults.Planted;

/// <summary>A mistake that an optimiser can be made to make.</summary>
public enum OptimizerFault
{
    None,

    /// <summary>2λθ is added: the ½ of the penalty forgotten.</summary>
    DoubledDecay,

    /// <summary>λθ is added after the velocity has taken the gradient.</summary>
    DecayAfterMomentum,

    /// <summary>λθ is added before the sign is turned to climb, so that weights grow.</summary>
    DecayTurnedWhenClimbing,

    /// <summary>λθ is added to the parameter's .grad itself.</summary>
    DecayIntoGradient,

    /// <summary>θ decays by what it is after the step.</summary>
    DecayOfUpdatedWeight,

    /// <summary>A parameter that has no gradient decays.</summary>
    DecayWithoutGradient,

    /// <summary>Nesterov's move takes the new velocity for the old one.</summary>
    NesterovWithNewVelocity,

    /// <summary>The first velocity is dampened as the later ones are.</summary>
    DampenedStart,

    /// <summary>λθ passes through the averages where it should shrink θ beside the step.</summary>
    CoupledForDecoupled,

    /// <summary>θ shrinks beside the step where λθ should pass through the averages.</summary>
    DecoupledForCoupled,

    /// <summary>Decoupled decay by λ alone, without the learning rate.</summary>
    DecayWithoutRate,

    /// <summary>The averages that start at 0 aren't made up for.</summary>
    NoBiasCorrection,

    /// <summary>√(v + ε).</summary>
    EpsilonInsideRoot,

    /// <summary>The book's place of ε instead of PyTorch's.</summary>
    EpsilonUncorrected,

    /// <summary>The maximum is taken of the newest square and the average, and forgotten.</summary>
    AmsgradWithoutMemory,
}
