namespace TorchRef.Checks;

/// <summary>What a check found.</summary>
public enum Verdict
{
    /// <summary>Everything compared agrees, and an error of the stated size would have been seen.</summary>
    Pass,

    /// <summary>Something is wrong: a value outside its error bar, or a broken contract (state changed, forward not replayable).</summary>
    Fail,

    /// <summary>The function has no derivative here (ReLU at 0); the gradient lies between the slopes on either side, as it must. Nothing else is wrong.</summary>
    Kink,

    /// <summary>Nothing wrong was seen, but the check couldn't have seen it: error bars too wide, all gradients zero, values not finite.</summary>
    Inconclusive,
}
