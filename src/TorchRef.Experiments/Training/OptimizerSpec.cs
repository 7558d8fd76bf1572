namespace TorchRef.Experiments.Training;

/// <summary>An optimiser and its constants, those of the study notes by default; the learning rate belongs to the replica.</summary>
/// <param name="Kind">The rule.</param>
/// <param name="Momentum">μ of Momentum and Nesterov.</param>
/// <param name="Alpha">α of RMSprop.</param>
/// <param name="Beta1">β₁ of Adam.</param>
/// <param name="Beta2">β₂ of Adam.</param>
/// <param name="Epsilon">ε of AdaGrad, RMSprop and Adam; outside of the root.</param>
public sealed record OptimizerSpec(
    OptimizerKind Kind = OptimizerKind.SGD, double Momentum = 0.9, double Alpha = 0.99, double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-7)
{
    /// <summary>Refuses constants with which the rule means nothing.</summary>
    /// <exception cref="ArgumentException">A share is outside of [0, 1), or ε is negative.</exception>
    public void Check()
    {
        RequireShare(Momentum, nameof(Momentum));
        RequireShare(Alpha, nameof(Alpha));
        RequireShare(Beta1, nameof(Beta1));
        RequireShare(Beta2, nameof(Beta2));
        if (!(Epsilon >= 0)) throw new ArgumentException($"ε must not be negative: expected at least 0 but got {Epsilon}");
    }

    private static void RequireShare(double value, string name)
    {
        if (!(value is >= 0 and < 1)) throw new ArgumentException($"{name} is the share of an average that is kept: expected at least 0 and less than 1 but got {value}");
    }
}
