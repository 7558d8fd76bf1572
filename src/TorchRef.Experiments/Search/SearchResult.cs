using TorchRef.Experiments.Search.Importance;
using TorchRef.Experiments.Search.Running;
using TorchRef.Experiments.Search.Spaces;
using TorchRef.Experiments.Search.Studies;

namespace TorchRef.Experiments.Search;

/// <summary>What a search found.</summary>
/// <param name="Settings">What was asked for.</param>
/// <param name="Source">Which data, in one line.</param>
/// <param name="Trials">All trials of the study by number.</param>
/// <param name="Spaces">The ranges of each round.</param>
/// <param name="Importance">How much each parameter mattered in the first round, the most important first; later rounds saw narrowed ranges.</param>
/// <param name="Winner">The trial with the best validation accuracy, the first of equals; null when none is complete.</param>
/// <param name="Test">What the test set says of it.</param>
public sealed record SearchResult(
    SearchSettings Settings, string Source, IReadOnlyList<TrialRecord> Trials, IReadOnlyList<SearchSpace> Spaces, IReadOnlyList<ParameterImportance> Importance, TrialRecord? Winner, TestLook? Test)
{
    /// <summary>Complete trials, the best first.</summary>
    public IReadOnlyList<TrialRecord> Ranked { get; } = Rank(Trials);

    /// <summary>The round of a trial, from 0.</summary>
    public static int RoundOf(TrialRecord trial) => RoundPlan.RoundOf(trial);

    /// <summary>Training accuracies of a trial, one an epoch; empty for a trial of another program.</summary>
    public static IReadOnlyList<double> TrainingCurve(TrialRecord trial) =>
        [.. (trial.UserAttributes.GetValueOrDefault(SearchAttribute.TrainAccuracy)?.List ?? []).Select(value => value.Number ?? double.NaN)];

    internal static IReadOnlyList<TrialRecord> Rank(IEnumerable<TrialRecord> trials) =>
        [.. trials.Where(trial => trial is { State: TrialState.Complete, Value: not null }).OrderByDescending(trial => trial.Value).ThenBy(trial => trial.Number)];
}
