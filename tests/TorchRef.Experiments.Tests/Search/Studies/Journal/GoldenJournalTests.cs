using System.Globalization;
using TorchRef.Experiments.Golden;
using TorchRef.Experiments.Search.Studies;
using TorchRef.Experiments.Search.Studies.PythonJson;
using TorchRef.Experiments.Tests.Data;

namespace TorchRef.Experiments.Tests.Search.Studies.Journal;

/// <summary>Journals that Optuna wrote, and what it reads from them (tests/golden/studies/make_studies.py).</summary>
public sealed class GoldenJournalTests
{
    [Theory]
    [InlineData("4.9.0")]
    [InlineData("5.0.0rc1")]
    public void A_journal_of_Optuna_loads_as_Optuna_loads_it(string version)
    {
        using TempFolder folder = new();
        byte[] journal = File.ReadAllBytes(Golden(version, "log"));
        string path = folder.Write("study.log", journal);
        IReadOnlyDictionary<string, PyJson> golden = PyJsonReader.Read(File.ReadAllText(Golden(version, "json"))).Dict!;
        using IStudyStorage storage = StudyStorage.Open(path);

        IReadOnlyList<StudyRecord> studies = storage.Studies();

        Assert.Equal(version, golden["optuna"].String);
        Assert.Equal(golden["studies"].List!.Select(study => study.Dict!["name"].String), studies.Select(study => study.Name));
        int trials = 0;
        foreach ((StudyRecord study, IReadOnlyDictionary<string, PyJson> expected) in studies.Zip(golden["studies"].List!.Select(study => study.Dict!)))
        {
            Assert.Equal(expected["id"].Integer, study.Id);
            Assert.Equal(expected["directions"].List!.Select(number => number.Integer), study.Directions.Select(direction => (long?)direction));
            Assert.Equal(expected["user_attrs"], PyJson.DictOf(study.UserAttributes));
            Assert.Equal(expected["system_attrs"], PyJson.DictOf(study.SystemAttributes));
            IReadOnlyList<TrialRecord> all = storage.Trials(study.Id);
            Assert.Equal(expected["trials"].List!, all.Select(trial => Described(trial, isLocal: version.StartsWith('4'))));
            trials += all.Count;
        }

        Assert.Equal(12, trials);
        Assert.Equal(journal, File.ReadAllBytes(path));
    }

    /// <summary>As the script describes it, the same keys with the same kinds of values.</summary>
    private static PyJson Described(TrialRecord trial, bool isLocal) => PyJson.DictOf(
        new("id", trial.Id),
        new("number", trial.Number),
        new("state", (long)trial.State),
        new("datetime_start", Date(trial.Start, isLocal)),
        new("datetime_complete", Date(trial.Complete, isLocal)),
        new("values", trial.Values is { } values ? PyJson.ListOf(values.Select(PyJson.Of)) : PyJson.None),
        new("params", PyJson.DictOf(trial.Params.Select(param => KeyValuePair.Create(param.Key, param.Value.External)))),
        new("internal", PyJson.DictOf(trial.Params.Select(param => KeyValuePair.Create(param.Key, PyJson.Of(param.Value.Internal))))),
        new("distributions", PyJson.DictOf(trial.Params.Select(param => KeyValuePair.Create(param.Key, PyJson.Of(DistributionJson.Write(param.Value.Distribution)))))),
        new("intermediate_values", PyJson.DictOf(trial.IntermediateValues.Select(pair => KeyValuePair.Create(pair.Key.ToString(CultureInfo.InvariantCulture), PyJson.Of(pair.Value))))),
        new("user_attrs", PyJson.DictOf(trial.UserAttributes)),
        new("system_attrs", PyJson.DictOf(trial.SystemAttributes)));

    // Optuna 4.9 wrote the time of its own zone, which is Seoul's in the file, and a reader takes it for its own zone's.
    private static PyJson Date(DateTimeOffset? date, bool isLocal)
    {
        if (date is not { } moment) return PyJson.None;
        DateTime utc = isLocal ? moment.ToLocalTime().DateTime - TimeSpan.FromHours(9) : moment.UtcDateTime;
        return utc.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'+00:00'", CultureInfo.InvariantCulture);
    }

    private static string Golden(string version, string extension) =>
        Path.Combine(GoldenFile.FindFolder() ?? throw new InvalidOperationException("expected tests/golden above the program but got none"), "studies", $"optuna-{version}.{extension}");
}
