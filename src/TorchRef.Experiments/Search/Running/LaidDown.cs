using TorchRef.Experiments.Search.Spaces;
using TorchRef.Experiments.Search.Studies;
using TorchRef.Experiments.Search.Studies.PythonJson;

namespace TorchRef.Experiments.Search.Running;

/// <summary>The values that whoever queued a trial has laid down for it.</summary>
internal static class LaidDown
{
    /// <summary>Why the trial can't be trained as it was queued; null when it can.</summary>
    public static string? Fault(TrialRecord trial, SearchSpace space)
    {
        foreach (var (name, value) in trial.FixedParams)
        {
            if (space.All.FirstOrDefault(parameter => parameter.Name == name) is not { } parameter)
                return $"expected {string.Join(", ", space.All.Select(known => known.Name))} but got {name}";
            if (parameter.Distribution is null)
            {
                if (value.Number != parameter.Fixed) return FormattableString.Invariant($"expected {name} {parameter.Fixed}, which this search doesn't vary, but got {value}");
                continue;
            }
            if (Fault(parameter.Distribution, value) is { } fault) return $"{name}: {fault}";
        }
        return null;
    }

    private static string? Fault(Distribution distribution, PyJson value)
    {
        var least = distribution is IntDistribution ? 1 : 0;
        if (distribution is not CategoricalDistribution && !(value.Number >= least && double.IsFinite(value.Number.Value))) return $"expected a number of at least {least} but got {value}";
        try
        {
            TrialParam.Of(distribution, value);
            return null;
        }
        catch (ArgumentException exception)
        {
            return exception.Message;
        }
    }
}
