using TorchRef.Normalization;

namespace TorchRef.Experiments.Networks;

/// <summary>How the hidden layers of a network are normalised.</summary>
/// <remarks>
/// <para>
/// x̂ = (x − μ)/√(σ² + ε), y = γ·x̂ + β, with γ = 1 and β = 0 to begin with. <see cref="NormalizationKind.Batch"/> takes μ
/// and the biased σ² of each unit from the mini-batch and, in evaluation, from the running statistics that
/// <see cref="Convention"/> describes. The other kinds take them from the units of the one example, in training and
/// evaluation alike, and need of the convention only ε.
/// </para>
/// </remarks>
public sealed record NormalizationSpec
{
    /// <summary>Over what to normalise.</summary>
    public NormalizationKind Kind { get; init; } = NormalizationKind.Batch;

    /// <summary>Before or after the activation.</summary>
    public NormalizationPlace Place { get; init; } = NormalizationPlace.BeforeActivation;

    /// <summary>ε and the rule of the running statistics; the study notes' by default.</summary>
    public BatchNormConvention Convention { get; init; } = BatchNormConvention.StudyNotes;

    /// <summary>Into how many groups <see cref="NormalizationKind.Group"/> divides the units of a layer.</summary>
    public int Groups { get; init; } = 10;

    /// <summary>Refuses what can't be trained.</summary>
    /// <param name="width">Units of a hidden layer.</param>
    /// <exception cref="ArgumentException">A convention that the trainers don't follow, or groups that don't divide the layer.</exception>
    public void Check(int width)
    {
        if (Convention.EpsilonPlace != EpsilonPlace.InsideRoot)
            throw new ArgumentException($"networks of the experiments have ε inside the root: expected {EpsilonPlace.InsideRoot} but got {Convention.EpsilonPlace} of {Convention.Name}");
        if (Convention.CorrectsInEvaluation)
            throw new ArgumentException($"networks of the experiments evaluate with the running variance as it is: expected a convention without a correction in evaluation but got {Convention.Name}");
        if (Kind == NormalizationKind.Group && (Groups < 1 || width % Groups != 0))
            throw new ArgumentException($"groups must divide the units of a layer: expected a divisor of {width} but got {Groups}");
    }

    /// <summary>How many groups of units are normalised on their own, where each example is.</summary>
    internal int GroupsOf => Kind == NormalizationKind.Group ? Groups : 1;
}
