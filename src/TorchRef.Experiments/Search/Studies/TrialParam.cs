using TorchRef.Experiments.Search.Studies.PythonJson;

namespace TorchRef.Experiments.Search.Studies;

/// <summary>A parameter of a trial: what it was drawn from, and the internal value (<see cref="Studies.Distribution"/>).</summary>
public sealed record TrialParam(Distribution Distribution, double Internal)
{
    /// <summary>What the training gets.</summary>
    public PyJson External => Distribution.External(Internal);

    /// <summary>From the external value.</summary>
    /// <exception cref="ArgumentException">The value is not of the distribution's kind.</exception>
    public static TrialParam Of(Distribution distribution, PyJson external) => new(distribution, distribution.Internal(external));
}
