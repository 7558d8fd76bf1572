using TorchRef.Experiments.Search.Spaces;
using TorchRef.Experiments.Search.Studies;
using TorchRef.Experiments.Search.Studies.PythonJson;
using TorchRef.Experiments.Training;

namespace TorchRef.Experiments.Search.Running;

/// <summary>Takes trials to train: queued ones first, then new ones.</summary>
internal sealed class TrialSource(SearchSettings settings, IStudyStorage storage, long studyId)
{
    // A block of replicas is this large at most: so many trials a thread keep every thread busy, and a kill costs no more.
    private const int TrialsPerThread = 8;
    private const long Purpose = 0x7121;

    private int Capacity => settings.Chunk ?? TrialsPerThread * (settings.Threads ?? Environment.ProcessorCount);

    /// <summary>All trials but those that foreign programs run.</summary>
    public IReadOnlyList<TrialRecord> Known() => Known(storage.Trials(studyId));

    /// <summary>As many as this process trains at once, running now; none when others run all that is missing.</summary>
    /// <param name="plan">What is missing.</param>
    /// <exception cref="SearchException">A queued trial can't be trained as it was laid down; it is marked as failed, and the others that were taken wait again.</exception>
    public IReadOnlyList<TrialRecord> Take(RoundPlan plan)
    {
        var wanted = Share(plan.Missing);
        if (wanted == 0) return [];
        TrialRecord[] queued = [.. storage.Trials(studyId).Where(trial => trial.State == TrialState.Waiting).Take(wanted)];
        List<TrialRecord> taken = [];
        if (queued.Length > 0)
        {
            taken.AddRange(storage.Claim([.. queued.Select(trial => trial.Id)]));
            RequireTrainable(taken, plan.Space);
            storage.Write([.. taken.SelectMany(trial => Complete(trial, plan))]);
        }
        if (taken.Count < wanted) taken.AddRange(storage.Create(studyId, trials => New(trials, plan, wanted - taken.Count)));
        var ids = taken.Select(trial => trial.Id).ToHashSet();
        return [.. storage.Trials(studyId).Where(trial => ids.Contains(trial.Id) && trial.State == TrialState.Running)];
    }

    private void RequireTrainable(IReadOnlyList<TrialRecord> taken, SearchSpace space)
    {
        (TrialRecord trial, string? fault)[] looked = [.. taken.Select(trial => (trial, LaidDown.Fault(trial, space)))];
        if (looked.FirstOrDefault(entry => entry.fault is not null) is not (trial: { } first, fault: { } fault)) return;
        foreach (var (trial, itsFault) in looked) storage.Abandon(trial, again: itsFault is null);
        throw new SearchException($"a queued trial must fit the search: trial {first.Number} in {storage.Location} is marked as failed, {fault}; the same command goes on without it");
    }

    /// <summary>Chunks of about one size.</summary>
    private int Share(int missing)
    {
        if (missing == 0) return 0;
        var chunks = (missing + Capacity - 1) / Capacity;
        return (missing + chunks - 1) / chunks;
    }

    private IReadOnlyList<TrialRecord> Known(IReadOnlyList<TrialRecord> trials) =>
        [.. trials.Where(trial => trial.State != TrialState.Running || trial.Worker == storage.Worker || storage.SignOf(trial).Life != WorkerLife.Foreign)];

    private IReadOnlyList<NewTrial> New(IReadOnlyList<TrialRecord> trials, RoundPlan plan, int most)
    {
        // Others may have made some since the plan was made. Signs of life aren't looked at in here: running trials of this round were all made by searches.
        var count = Math.Clamp(plan.Missing - (RoundPlan.TakenOf(trials, plan.Round) - plan.Taken), 0, most);
        return [.. Enumerable.Range(trials.Count, count).Select(number => NewTrial.Running(Draw(number, plan)) with { UserAttributes = Attributes(number, plan) })];
    }

    private IEnumerable<KeyValuePair<string, TrialParam>> Draw(int number, RoundPlan plan) =>
        plan.Space.Free.Select(parameter => KeyValuePair.Create(parameter.Name, new TrialParam(parameter.Distribution!, RandomDraw.Draw(parameter.Distribution!, parameter.Name, settings.Seed, number))));

    private KeyValuePair<string, PyJson>[] Attributes(int number, RoundPlan plan) =>
        [new(SearchAttribute.Round, plan.Round), new(SearchAttribute.Seed, (long)Seeds.Derive(settings.Seed, Purpose, number))];

    /// <summary>What a queued trial lacks: parameters that are free are drawn, those laid down are taken over.</summary>
    private IEnumerable<TrialChange> Complete(TrialRecord trial, RoundPlan plan)
    {
        foreach (var parameter in plan.Space.Free)
        {
            if (trial.Params.ContainsKey(parameter.Name)) continue;
            yield return TrialChange.Param(trial.Id, parameter.Name, trial.FixedParams.TryGetValue(parameter.Name, out var laidDown)
                ? TrialParam.Of(parameter.Distribution!, laidDown)
                : new TrialParam(parameter.Distribution!, RandomDraw.Draw(parameter.Distribution!, parameter.Name, settings.Seed, trial.Number)));
        }
        foreach (var (name, value) in Attributes(trial.Number, plan))
            if (name == SearchAttribute.Round || !trial.UserAttributes.ContainsKey(name)) yield return TrialChange.Attribute(trial.Id, AttributeKind.User, name, value);
    }
}
