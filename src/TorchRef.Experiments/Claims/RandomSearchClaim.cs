using TorchRef.Experiments.Search;
using TorchRef.Experiments.Search.Importance;
using TorchRef.Experiments.Search.Spaces;
using TorchRef.Experiments.Search.Studies;
using static TorchSharp.torch;

namespace TorchRef.Experiments.Claims;

/// <summary>Measures what the fifth note says of random search, by one: two rounds, the second in the range that the first leaves.</summary>
internal static class RandomSearchClaim
{
    private const string LearningRate = "lr", WeightDecay = "weight_decay";

    /// <summary>The share of the trials that counts as the best.</summary>
    private const double Best = 0.1;

    public static void Measure(ClaimMeasurement m)
    {
        Logarithmic(m);
        SearchResult found = m.Search(new SearchSettings { Trials = m.Quick ? 60 : 200, Epochs = m.Quick ? 40 : 50, Rounds = 2, BestShare = Best });
        List<TrialRecord> first = [.. found.Ranked.Where(trial => SearchResult.RoundOf(trial) == 0)];
        List<TrialRecord> second = [.. found.Ranked.Where(trial => SearchResult.RoundOf(trial) == 1)];
        FindsGoodValues(m, first);
        FewEpochsAreEnough(m, found, first);
        RangesNarrow(m, found, first, second);
        ParameterImportance decay = found.Importance.Single(one => one.Name == WeightDecay);
        m.Limit("of the weight decay the search says nothing: within this range it makes no difference", !decay.Matters,
            $"it explains {Percent(decay.Share)} of the ranks (p = {Number(decay.PValue)}), the learning rate {Percent(found.Importance.Single(one => one.Name == LearningRate).Share)}");
    }

    private static void Logarithmic(ClaimMeasurement m)
    {
        using Generator draws = m.Draws("search");
        double[] exponents = (rand(4000, float64, generator: draws) * 4 - 6).data<double>().ToArray();
        double[] shares = [.. Enumerable.Range(-6, 4).Select(decade => exponents.Count(exponent => exponent >= decade && exponent < decade + 1) / (double)exponents.Length)];
        m.Says("10^U(−6, −2) tries every decade alike", shares.All(share => Math.Abs(share - 0.25) < 0.03), $"shares of the four decades {string.Join(", ", shares.Select(Number))}");
    }

    private static void FindsGoodValues(ClaimMeasurement m, List<TrialRecord> ranked)
    {
        double[] rates = [.. Top(ranked).Select(RateOf)];
        double best = ranked[0].Value!.Value, median = ranked[ranked.Count / 2].Value!.Value;
        m.Says("the best are far better than most, and their learning rates lie close together", best > median + 0.2 && rates.Max() / rates.Min() < 30,
            $"validation {Number(best)} at η = {Number(RateOf(ranked[0]))}, the median of {ranked.Count} trials {Number(median)}; the best tenth have η from {Number(rates.Min())} to {Number(rates.Max())}");
    }

    private static void FewEpochsAreEnough(ClaimMeasurement m, SearchResult found, List<TrialRecord> ranked)
    {
        int early = found.Settings.Epochs / 2;
        List<TrialRecord> leading = [.. Top([.. ranked.OrderByDescending(trial => trial.IntermediateValues.GetValueOrDefault(early))])];
        double best = ranked[0].Value!.Value, median = ranked[ranked.Count / 2].Value!.Value, chosen = leading.Average(trial => trial.Value!.Value);
        m.Says("half of the epochs tell which trials will be good", chosen > (median + best) / 2,
            $"the tenth that leads after {early} of {found.Settings.Epochs} epochs ends at {Number(chosen)} on average; the best trial ends at {Number(best)}, the median one at {Number(median)}");
    }

    private static void RangesNarrow(ClaimMeasurement m, SearchResult found, List<TrialRecord> first, List<TrialRecord> second)
    {
        FloatDistribution before = Range(found.Spaces[0]), after = Range(found.Spaces[1]);
        double medianBefore = first[first.Count / 2].Value!.Value, medianAfter = second[second.Count / 2].Value!.Value;
        double smaller = before.High / before.Low / (after.High / after.Low);
        m.Says("a range made of the best ones is smaller, and better to draw from", smaller > 10 && medianAfter > medianBefore + 0.05,
            $"η from {Number(after.Low)} to {Number(after.High)}, {Number(smaller)} times narrower; the median trial goes from {Number(medianBefore)} to {Number(medianAfter)}");
    }

    private static IEnumerable<TrialRecord> Top(List<TrialRecord> ranked) => ranked.Take(Math.Max(2, (int)(ranked.Count * Best)));

    private static FloatDistribution Range(SearchSpace space) => (FloatDistribution)space.LearningRate.Distribution!;

    private static double RateOf(TrialRecord trial) => trial.Params[LearningRate].Internal;

    private static string Number(double value) => ClaimMeasurement.Number(value);

    private static string Percent(double share) => FormattableString.Invariant($"{100 * share:0} %");
}
