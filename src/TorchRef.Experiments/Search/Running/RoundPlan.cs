using TorchRef.Experiments.Search.Spaces;
using TorchRef.Experiments.Search.Studies;
using TorchRef.Experiments.Search.Studies.PythonJson;

namespace TorchRef.Experiments.Search.Running;

/// <summary>Where a study stands: the round that is on, its ranges, and how many trials it lacks.</summary>
/// <remarks>
/// Ranges follow from the finished trials of the round before, which never change once it is over: all processes come to the same
/// ones. They are written into the study, so that a later, larger goal adds trials to the last round instead of moving the rounds.
/// </remarks>
/// <param name="Spaces">The ranges of each round so far, this one's last.</param>
/// <param name="Missing">Trials that nobody has finished or runs.</param>
/// <param name="Taken">Trials of the round that searches have finished or run.</param>
/// <param name="IsDone">Whether the study has reached its goal.</param>
internal sealed record RoundPlan(IReadOnlyList<SearchSpace> Spaces, int Missing, int Taken, bool IsDone)
{
    public int Round => Spaces.Count - 1;

    public SearchSpace Space => Spaces[^1];

    /// <param name="settings">The goal.</param>
    /// <param name="study">With the rounds that were written down.</param>
    /// <param name="trials">Running ones of foreign programs left out: nothing says whether they'll ever end.</param>
    public static RoundPlan Of(SearchSettings settings, StudyRecord study, IReadOnlyList<TrialRecord> trials)
    {
        List<SearchSpace> spaces = [settings.Space, .. Written(settings, study)];
        var before = trials.Count(trial => RoundOf(trial) < spaces.Count - 1 && IsResult(trial));
        for (; ; )
        {
            var round = spaces.Count - 1;
            TrialRecord[] own = [.. trials.Where(trial => RoundOf(trial) >= round)];
            int finished = own.Count(IsResult), running = own.Count(trial => trial.State == TrialState.Running);
            var isLast = round == settings.Rounds - 1;
            var target = isLast ? settings.Trials - before : Math.Max(1, (int)((long)settings.Trials * (round + 1) / settings.Rounds) - before);
            if (isLast || finished < target || running > 0) return new(spaces, Math.Max(0, target - finished - running), TakenOf(trials, round), isLast && finished >= target);
            spaces.Add(Narrowing.Narrow(spaces[^1], [.. own.Where(IsResult)], settings.BestShare));
            before += finished;
        }
    }

    /// <summary>The ranges of all rounds but the first, for the study.</summary>
    public PyJson ToJson() => PyJson.ListOf(Spaces.Skip(1).Select(space => PyJson.DictOf(space.Free.Select(parameter => KeyValuePair.Create(parameter.Name, PyJson.Of(DistributionJson.Write(parameter.Distribution!)))))));

    /// <summary>Trials of a round that searches have finished or run.</summary>
    public static int TakenOf(IReadOnlyList<TrialRecord> trials, int round) =>
        trials.Count(trial => trial.UserAttributes.ContainsKey(SearchAttribute.Round) && RoundOf(trial) == round && (IsResult(trial) || trial.State == TrialState.Running));

    public static bool IsResult(TrialRecord trial) => trial.State is TrialState.Complete or TrialState.Pruned;

    public static int RoundOf(TrialRecord trial) => trial.UserAttributes.TryGetValue(SearchAttribute.Round, out var round) ? (int)(round.Integer ?? 0) : 0;

    private static IEnumerable<SearchSpace> Written(SearchSettings settings, StudyRecord study)
    {
        if (!study.UserAttributes.TryGetValue(SearchAttribute.Rounds, out var rounds)) yield break;
        foreach (var round in rounds.List ?? throw Broken(rounds))
            yield return settings.Space.With((round.Dict ?? throw Broken(round)).ToDictionary(entry => entry.Key, entry => DistributionJson.Read(entry.Value.String ?? throw Broken(entry.Value))));
    }

    private static SearchException Broken(PyJson value) => new($"the rounds of a study are lists of ranges: expected a distribution for each parameter but got {value}");
}
