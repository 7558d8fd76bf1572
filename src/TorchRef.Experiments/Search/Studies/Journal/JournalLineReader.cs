using TorchRef.Experiments.Search.Studies.PythonJson;
using TorchRef.Experiments.Search.Studies.Replay;

namespace TorchRef.Experiments.Search.Studies.Journal;

/// <summary>Reads the lines of a journal.</summary>
internal sealed class JournalLineReader
{
    // A study repeats a few distributions in every trial.
    private readonly Dictionary<string, Distribution> _distributions = new(StringComparer.Ordinal);

    /// <returns>The operation; null for one that changes nothing.</returns>
    /// <exception cref="FormatException">The line is none; the message begins with "expected".</exception>
    public Operation? Read(ReadOnlySpan<byte> line)
    {
        try
        {
            PyJson json = PyJsonReader.Read(line);
            return Read(new JournalFields(json.Dict ?? throw new FormatException($"expected a JSON object but got {Short(json)}")));
        }
        catch (PyJsonException error)
        {
            throw new FormatException(error.Message, error);
        }
    }

    private static string Short(PyJson json) => json.ToString() is { Length: > 40 } text ? $"{text[..40]}…" : json.ToString();

    private Operation? Read(JournalFields fields)
    {
        long code = fields.Integer("op_code");
        string worker = fields.Text("worker_id");
        return (OpCode)code switch
        {
            OpCode.CreateStudy => new CreateStudy(worker, fields.Text("study_name"), [.. fields.Items("directions").Select(item => fields.Enum<StudyDirection>(item, "directions"))]),
            OpCode.DeleteStudy => new DeleteStudy(worker, fields.Integer("study_id")),
            OpCode.SetStudyUserAttr => StudyAttribute(worker, fields, AttributeKind.User, "user_attr"),
            OpCode.SetStudySystemAttr => StudyAttribute(worker, fields, AttributeKind.System, "system_attr"),
            OpCode.CreateTrial => Trial(worker, fields),
            OpCode.SetTrialParam => new SetTrialParam(
                worker,
                fields.Integer("trial_id"),
                fields.Text("param_name"),
                Param(fields.Text("param_name"), fields.Text("distribution"), fields.Number("param_value_internal"))),
            OpCode.SetTrialStateValues => State(worker, fields),
            OpCode.SetTrialIntermediateValue => new SetIntermediateValue(worker, fields.Integer("trial_id"), fields.Integer("step"), fields.Number("intermediate_value")),
            OpCode.SetTrialUserAttr => TrialAttribute(worker, fields, AttributeKind.User, "user_attr"),
            OpCode.SetTrialSystemAttr => TrialAttribute(worker, fields, AttributeKind.System, "system_attr"),
            OpCode.DiscardTrials => null,
            _ => throw new FormatException($"expected an op_code from 0 to 10 but got {code}"),
        };
    }

    private static SetStudyAttribute StudyAttribute(string worker, JournalFields fields, AttributeKind kind, string name)
    {
        (string key, PyJson value) = fields.Single(name);
        return new(worker, fields.Integer("study_id"), kind, key, value);
    }

    private static SetTrialAttribute TrialAttribute(string worker, JournalFields fields, AttributeKind kind, string name)
    {
        (string key, PyJson value) = fields.Single(name);
        return new(worker, fields.Integer("trial_id"), kind, key, value);
    }

    private static SetTrialState State(string worker, JournalFields fields)
    {
        var state = fields.Enum<TrialState>("state");
        fields.Required("values");
        DateTimeOffset? date = state switch
        {
            TrialState.Running => fields.Date("datetime_start"),
            TrialState.Waiting => null,
            _ => fields.Date("datetime_complete"),
        };
        return new(worker, fields.Integer("trial_id"), state, fields.Values("values"), date);
    }

    private CreateTrial Trial(string worker, JournalFields fields) => new(worker, fields.Integer("study_id"))
    {
        State = fields.Has("state") ? fields.Enum<TrialState>("state") : TrialState.Running,
        Start = fields.Required("datetime_start").IsNone ? null : fields.Date("datetime_start"),
        Complete = fields.Has("datetime_complete") ? fields.Date("datetime_complete") : null,
        Params = [.. Params(fields)],
        Values = fields.Has("value") && !fields.Required("value").IsNone ? [fields.Number("value")] : fields.Values("values"),
        IntermediateValues = [.. fields.Entries("intermediate_values").Select(entry => KeyValuePair.Create(Step(entry.Key), fields.Number(entry.Value, "intermediate_values")))],
        UserAttributes = [.. fields.Entries("user_attrs")],
        SystemAttributes = [.. fields.Entries("system_attrs")],
    };

    private IEnumerable<KeyValuePair<string, TrialParam>> Params(JournalFields fields)
    {
        IReadOnlyDictionary<string, PyJson> distributions = fields.Entries("distributions");
        foreach ((string name, PyJson value) in fields.Entries("params"))
        {
            if (!distributions.TryGetValue(name, out PyJson? distribution) || distribution.String is not { } text)
                throw new FormatException($"expected the distribution of {name} as a string but got {distribution?.ToString() ?? "none"}");
            yield return new(name, Param(name, text, fields.Number(value, "params")));
        }
    }

    private TrialParam Param(string name, string distribution, double value)
    {
        if (!_distributions.TryGetValue(distribution, out Distribution? known)) _distributions[distribution] = known = DistributionJson.Read(distribution);
        return known is not CategoricalDistribution categories || categories.Contains(value) ? new(known, value)
            : throw new FormatException($"expected the index of a choice as the value of {name}, 0 to {categories.Choices.Count - 1}, but got {PyFloat.Text(value)}");
    }

    private static long Step(string key) =>
        long.TryParse(key, out long step) ? step : throw new FormatException($"expected steps that are ints in intermediate_values but got {key}");
}
