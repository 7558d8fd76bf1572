using TorchRef.Experiments.Data;
using TorchRef.Experiments.Search.Spaces;
using TorchRef.Experiments.Search.Studies;
using TorchRef.Experiments.Search.Studies.PythonJson;

namespace TorchRef.Experiments.Search.Running;

/// <summary>A study goes on as it was begun: what its trials depend on is written into it, and everybody who joins is compared with that.</summary>
internal static class StudyAgreement
{
    /// <exception cref="SearchException">The study was begun otherwise.</exception>
    public static void Require(IStudyStorage storage, StudyRecord study, SearchSettings settings, DigitData digits)
    {
        foreach (var trial in storage.Trials(study.Id)) RequireSpace(trial, settings.Space, storage.Location);
        var mine = Describe(settings, digits);
        if (!study.UserAttributes.TryGetValue(SearchAttribute.Settings, out var theirs))
        {
            storage.SetStudyAttribute(study.Id, AttributeKind.User, SearchAttribute.Settings, mine);
            return;
        }
        foreach (var (name, value) in mine.Dict!)
            if (theirs.Dict is null || !theirs.Dict.TryGetValue(name, out var begun) || !begun.Equals(value))
                throw new SearchException($"a study goes on as it was begun: expected {name} {theirs.Dict?.GetValueOrDefault(name)?.ToString() ?? "none"} of {study.Name} in {storage.Location} but got {value}");
    }

    private static PyJson Describe(SearchSettings settings, DigitData digits) => PyJson.DictOf(
    [
        new("epochs", settings.Epochs), new("images", settings.Images), new("validation share", settings.ValidationShare),
        new("seed", settings.Seed), new("rounds", settings.Rounds), new("pruner", settings.Pruner), new("data", digits.Train.Slice(0, Math.Min(settings.Images, digits.Train.Count)).Checksum[..16]),
        .. settings.Space.All.Select(parameter => KeyValuePair.Create(parameter.Name, parameter.Distribution is { } range ? PyJson.Of(DistributionJson.Write(range)) : PyJson.Of(parameter.Fixed))),
    ]);

    private static void RequireSpace(TrialRecord trial, SearchSpace space, string location)
    {
        foreach (var (name, param) in trial.Params)
        {
            var parameter = space.All.FirstOrDefault(parameter => parameter.Name == name)
                ?? throw new SearchException($"a search knows all parameters of its study: expected {string.Join(", ", space.All.Select(parameter => parameter.Name))} but trial {trial.Number} in {location} has {name}");
            if (parameter.Distribution is { } range && !range.IsCompatibleWith(param.Distribution))
                throw new SearchException($"a parameter keeps its kind, its scale and its choices throughout a study: expected {DistributionJson.Write(param.Distribution)} for {name} in {location} but got {DistributionJson.Write(range)}");
        }
    }
}
