using TorchRef.Experiments.Search.Studies;
using TorchRef.Experiments.Search.Studies.PythonJson;

namespace TorchRef.Experiments.Search.Spaces;

/// <summary>A hyper-parameter: drawn from a distribution, or fixed.</summary>
/// <param name="Name">As the study calls it.</param>
/// <param name="Distribution">What it is drawn from; null when it is fixed.</param>
/// <param name="Fixed">Its value when it is fixed.</param>
public sealed record SearchParameter(string Name, Distribution? Distribution, double Fixed = 0)
{
    /// <summary>Its value in a trial.</summary>
    /// <exception cref="SearchException">The trial has no number for it.</exception>
    public double Of(TrialRecord trial)
    {
        if (!trial.Params.TryGetValue(Name, out var param)) return Distribution is null ? Fixed : throw new SearchException($"trial {trial.Number} must have {Name}: expected a value but there is none");
        PyJson value = param.External;
        return value.Number ?? throw new SearchException($"{Name} of trial {trial.Number} must be a number: expected one but got {value}");
    }
}
