using TorchRef.Experiments.Data;
using TorchRef.Experiments.Search.Importance;
using TorchRef.Experiments.Search.Running;
using TorchRef.Experiments.Search.Studies;
using TorchRef.Experiments.Search.Studies.Recovery;
using TorchRef.Experiments.Training;

namespace TorchRef.Experiments.Search;

/// <summary>The study notes' search: draw parameters, train for a few epochs, look at validation accuracy, narrow the ranges, repeat.</summary>
/// <remarks>
/// Several processes may run it on one study at the same time; each takes trials that nobody else has. What a trial gives depends on its
/// parameters and seeds alone, and on the trials beside it within round-off (<see cref="ReplicaTrainer"/>).
/// </remarks>
public static class RandomSearch
{
    private const string DefaultName = "torchref";
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(300);

    /// <summary>Searches in memory.</summary>
    /// <param name="settings">What to search.</param>
    /// <param name="digits">Where the images come from.</param>
    /// <param name="stop">Stops between two updates.</param>
    public static SearchResult Run(SearchSettings settings, DigitData digits, CancellationToken stop = default)
    {
        using var storage = StudyStorage.InMemory();
        return Run(settings, digits, storage, stop: stop);
    }

    /// <summary>Searches until the study has as many finished trials as asked for.</summary>
    /// <param name="settings">What to search.</param>
    /// <param name="digits">Where the images come from.</param>
    /// <param name="storage">Where the study is kept; one that is there goes on.</param>
    /// <param name="name">The study; null for the only one of the storage, or a new one named torchref.</param>
    /// <param name="progress">Told after each piece of work.</param>
    /// <param name="stop">Stops between two updates; trials that aren't finished are marked as failed and queued again.</param>
    /// <exception cref="SearchException">The settings are out of range, or don't go with the study.</exception>
    /// <exception cref="StudyStorageException">The study can't be read or written.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static SearchResult Run(SearchSettings settings, DigitData digits, IStudyStorage storage, string? name = null, Action<SearchProgress>? progress = null, CancellationToken stop = default)
    {
        settings.Check();
        var (train, validation) = ValidationSplit.Of(digits.Train, settings.Images, settings.ValidationShare, settings.Seed);
        var id = storage.OpenStudy(name ?? OnlyName(storage), StudyDirection.Maximize).Id;
        StudyAgreement.Require(storage, Study(storage, id), settings, digits);
        var recovery = new DeadWorkerRecovery(storage, id);
        var source = new TrialSource(settings, storage, id);
        using var data = new TrainingData(new DigitData(train, validation, $"{digits.Source}; {train.Count} to train, {validation.Count} to validate"), device: settings.Device);
        RoundPlan plan;
        for (; ; )
        {
            stop.ThrowIfCancellationRequested();
            var recovered = recovery.Recover().Count;
            var known = source.Known();
            var study = Study(storage, id);
            plan = RoundPlan.Of(settings, study, known);
            if (plan.Round > 0 && study.UserAttributes.GetValueOrDefault(SearchAttribute.Rounds)?.Equals(plan.ToJson()) != true)
                storage.SetStudyAttribute(id, AttributeKind.User, SearchAttribute.Rounds, plan.ToJson());
            progress?.Invoke(new(known.Count(RoundPlan.IsResult), settings.Trials, plan.Round + 1, SearchResult.Rank(known).FirstOrDefault()?.Value, recovered));
            if (plan.IsDone) break;
            Work(source.Take(plan), new TrialTraining(settings, storage, id, data, plan.Space), storage, id, stop);
        }
        var trials = storage.Trials(id);
        var winner = SearchResult.Rank(trials).FirstOrDefault();
        return new(settings, data.Source, trials, plan.Spaces, Importance(settings, trials), winner,
            winner is null ? null : WinnerTest.Of(storage, Study(storage, id), winner, settings, plan.Space, train, digits, stop));
    }

    private static void Work(IReadOnlyList<TrialRecord> taken, TrialTraining training, IStudyStorage storage, long id, CancellationToken stop)
    {
        if (taken.Count == 0)
        {
            // Others run what is missing.
            stop.WaitHandle.WaitOne(s_pause);
            return;
        }
        try
        {
            training.Train(taken, stop);
        }
        catch (OperationCanceledException)
        {
            var ids = taken.Select(trial => trial.Id).ToHashSet();
            foreach (var trial in storage.Trials(id).Where(trial => ids.Contains(trial.Id) && trial.State == TrialState.Running)) storage.Abandon(trial, again: true);
            throw;
        }
    }

    private static IReadOnlyList<ParameterImportance> Importance(SearchSettings settings, IReadOnlyList<TrialRecord> trials)
    {
        TrialRecord[] first = [.. SearchResult.Rank(trials).Where(trial => RoundPlan.RoundOf(trial) == 0).OrderBy(trial => trial.Number)];
        var values = settings.Space.Free.ToDictionary(parameter => parameter.Name, parameter => first.Select(parameter.Of).ToArray());
        return ImportanceTest.Measure(values, [.. first.Select(trial => trial.Value!.Value)]);
    }

    private static StudyRecord Study(IStudyStorage storage, long id) => storage.Studies().Single(study => study.Id == id);

    private static string OnlyName(IStudyStorage storage)
    {
        var studies = storage.Studies();
        if (studies.Count > 1 && studies.All(study => study.Name != DefaultName))
            throw new SearchException($"a study must be named where there are several: expected one of {string.Join(", ", studies.Select(study => study.Name))} in {storage.Location} but got none");
        return studies.Count == 1 ? studies[0].Name : DefaultName;
    }
}
