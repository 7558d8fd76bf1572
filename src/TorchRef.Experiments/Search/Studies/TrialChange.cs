using TorchRef.Experiments.Search.Studies.PythonJson;

namespace TorchRef.Experiments.Search.Studies;

/// <summary>A change of an unfinished trial; many of them, of many trials, are written in one step (<see cref="IStudyStorage.Write"/>).</summary>
public abstract record TrialChange
{
    private TrialChange(long trialId) => TrialId = trialId;

    /// <summary>The trial's <see cref="TrialRecord.Id"/>.</summary>
    public long TrialId { get; }

    /// <summary>Says what a parameter is; said again, the new value counts.</summary>
    public static TrialChange Param(long trialId, string name, TrialParam param) => new SetParam(trialId, name, param);

    /// <summary>Reports a value before the end, NaN and the infinities included.</summary>
    /// <param name="trialId">The trial.</param>
    /// <param name="step">0 or more, such as the epoch.</param>
    /// <param name="value">The value; a second one for a step replaces the first.</param>
    public static TrialChange Report(long trialId, long step, double value) => new ReportValue(trialId, step, value);

    /// <summary>Sets an attribute; the last one set counts.</summary>
    public static TrialChange Attribute(long trialId, AttributeKind kind, string key, PyJson value) => new SetAttribute(trialId, kind, key, value);

    /// <summary>Ends the trial with its result.</summary>
    /// <param name="trialId">The trial.</param>
    /// <param name="values">One for each direction of the study, none of them NaN.</param>
    public static TrialChange Complete(long trialId, params IReadOnlyList<double> values) => new Finish(trialId, TrialState.Complete, [.. values]);

    /// <summary>Ends the trial early.</summary>
    /// <param name="trialId">The trial.</param>
    /// <param name="value">The last value reported; none (null) and NaN leave the trial without a value, as Optuna's <c>tell</c> does.</param>
    public static TrialChange Prune(long trialId, double? value) =>
        new Finish(trialId, TrialState.Pruned, value is { } last && !double.IsNaN(last) ? [last] : null);

    /// <summary>Ends the trial without a result.</summary>
    public static TrialChange Fail(long trialId) => new Finish(trialId, TrialState.Fail, null);

    internal sealed record SetParam(long TrialId, string Name, TrialParam Value) : TrialChange(TrialId);

    internal sealed record ReportValue(long TrialId, long Step, double Value) : TrialChange(TrialId);

    internal sealed record SetAttribute(long TrialId, AttributeKind Kind, string Key, PyJson Value) : TrialChange(TrialId);

    internal sealed record Finish(long TrialId, TrialState State, IReadOnlyList<double>? Values) : TrialChange(TrialId);
}
