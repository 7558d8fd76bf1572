using System.Globalization;
using System.Text;
using TorchRef.Experiments.Search.Studies.PythonJson;
using TorchRef.Experiments.Search.Studies.Replay;

namespace TorchRef.Experiments.Search.Studies.Journal;

/// <summary>Writes operations as the lines that Optuna writes: the same fields in the same order, ASCII, no spaces.</summary>
internal static class JournalLineWriter
{
    /// <summary>The lines, each with its end.</summary>
    public static byte[] Write(IEnumerable<Operation> operations)
    {
        var text = new StringBuilder();
        foreach (Operation operation in operations) text.Append(PyJsonWriter.Write(PyJson.DictOf(Fields(operation)), spaced: false)).Append('\n');
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private static IEnumerable<KeyValuePair<string, PyJson>> Fields(Operation operation) => operation switch
    {
        CreateStudy study => Line(OpCode.CreateStudy, study, new("study_name", study.Name), new("directions", PyJson.ListOf(study.Directions.Select(direction => PyJson.Of((long)direction))))),
        DeleteStudy study => Line(OpCode.DeleteStudy, study, new KeyValuePair<string, PyJson>("study_id", study.StudyId)),
        SetStudyAttribute set => Line(
            set.Kind == AttributeKind.User ? OpCode.SetStudyUserAttr : OpCode.SetStudySystemAttr, set, new("study_id", set.StudyId), Attribute(set.Kind, set.Key, set.Value)),
        CreateTrial trial => Line(OpCode.CreateTrial, trial, [.. Trial(trial)]),
        SetTrialParam set => Line(
            OpCode.SetTrialParam,
            set,
            new("trial_id", set.TrialId),
            new("param_name", set.Name),
            new("param_value_internal", Internal(set.Param)),
            new("distribution", DistributionJson.Write(set.Param.Distribution))),
        SetTrialState set => Line(OpCode.SetTrialStateValues, set, [.. State(set)]),
        SetIntermediateValue set => Line(OpCode.SetTrialIntermediateValue, set, new("trial_id", set.TrialId), new("step", set.Step), new("intermediate_value", set.Value)),
        SetTrialAttribute set => Line(
            set.Kind == AttributeKind.User ? OpCode.SetTrialUserAttr : OpCode.SetTrialSystemAttr, set, new("trial_id", set.TrialId), Attribute(set.Kind, set.Key, set.Value)),
        _ => throw new ArgumentException($"Expected an operation that a journal can hold but got {operation.GetType().Name}"),
    };

    private static IEnumerable<KeyValuePair<string, PyJson>> Line(OpCode code, Operation operation, params IEnumerable<KeyValuePair<string, PyJson>> fields) =>
        [new("op_code", (long)code), new("worker_id", operation.Worker), .. fields];

    private static KeyValuePair<string, PyJson> Attribute(AttributeKind kind, string key, PyJson value) =>
        new(kind == AttributeKind.User ? "user_attr" : "system_attr", PyJson.DictOf(new KeyValuePair<string, PyJson>(key, value)));

    private static IEnumerable<KeyValuePair<string, PyJson>> Trial(CreateTrial trial)
    {
        yield return new("study_id", trial.StudyId);
        yield return new("datetime_start", Date(trial.Start));
        yield return new("state", (long)trial.State);
        yield return new("value", trial.Values is [var value] ? value : PyJson.None);
        yield return new("values", trial.Values is { Count: > 1 } values ? Numbers(values) : PyJson.None);
        if (trial.Complete is { } complete) yield return new("datetime_complete", Date(complete));
        yield return new("distributions", PyJson.DictOf(trial.Params.Select(param => KeyValuePair.Create(param.Key, PyJson.Of(DistributionJson.Write(param.Value.Distribution))))));
        yield return new("params", PyJson.DictOf(trial.Params.Select(param => KeyValuePair.Create(param.Key, Internal(param.Value)))));
        yield return new("user_attrs", PyJson.DictOf(trial.UserAttributes));
        yield return new("system_attrs", PyJson.DictOf(trial.SystemAttributes));
        yield return new("intermediate_values", PyJson.DictOf(trial.IntermediateValues.Select(pair => KeyValuePair.Create(pair.Key.ToString(CultureInfo.InvariantCulture), PyJson.Of(pair.Value)))));
    }

    private static IEnumerable<KeyValuePair<string, PyJson>> State(SetTrialState set)
    {
        yield return new("trial_id", set.TrialId);
        yield return new("state", (long)set.State);
        yield return new("values", set.Values is { } values ? Numbers(values) : PyJson.None);
        if (set.State == TrialState.Running) yield return new("datetime_start", Date(set.Date));
        else if (set.State.IsFinished()) yield return new("datetime_complete", Date(set.Date));
    }

    private static PyJson Numbers(IReadOnlyList<double> values) => PyJson.ListOf(values.Select(PyJson.Of));

    private static PyJson Internal(TrialParam param) => param.Distribution is CategoricalDistribution ? PyJson.Of((long)param.Internal) : PyJson.Of(param.Internal);

    // Always with the offset and six decimals: Python before 3.11 reads nothing else.
    private static PyJson Date(DateTimeOffset? date) =>
        date is { } known ? known.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'+00:00'", CultureInfo.InvariantCulture) : PyJson.None;
}
