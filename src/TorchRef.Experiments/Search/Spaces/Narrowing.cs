using TorchRef.Experiments.Search.Studies;

namespace TorchRef.Experiments.Search.Spaces;

/// <summary>Narrows each numeric range to where the best share of a round lies, as the study notes do by eye.</summary>
/// <remarks>
/// The new range runs from the smallest to the largest value of the best trials, and 2 % of the old range further at either end, in the
/// logarithm for logarithmic ranges; it stays within the old one. So it contains the best trial, unless that was queued from outside
/// of the range, and never shrinks below a fiftieth or so. Categorical parameters stay as they are.
/// </remarks>
public static class Narrowing
{
    private const double Margin = 0.02;

    /// <summary>The ranges of the next round.</summary>
    /// <param name="space">The ranges of this round.</param>
    /// <param name="trials">Its finished trials.</param>
    /// <param name="share">The share of them that counts as best; at least two do, if there are.</param>
    public static SearchSpace Narrow(SearchSpace space, IReadOnlyList<TrialRecord> trials, double share = 0.2)
    {
        TrialRecord[] complete = [.. trials.Where(trial => trial is { State: TrialState.Complete, Value: { } value } && !double.IsNaN(value)).OrderByDescending(trial => trial.Value).ThenBy(trial => trial.Number)];
        var best = complete[..Math.Min(complete.Length, Math.Max(2, (int)Math.Ceiling(share * complete.Length)))];
        if (best.Length == 0) return space;
        return space.With(space.Free.ToDictionary(parameter => parameter.Name, parameter => Narrow(parameter.Distribution!, [.. best.Where(trial => trial.Params.ContainsKey(parameter.Name)).Select(trial => trial.Params[parameter.Name].Internal)])));
    }

    private static Distribution Narrow(Distribution range, double[] values)
    {
        if (values.Length == 0) return range;
        switch (range)
        {
            case FloatDistribution { Log: true } real:
                var (logLow, logHigh) = Ends(Math.Log(real.Low), Math.Log(real.High), [.. values.Select(value => Math.Log(value))]);
                return new FloatDistribution(Math.Min(Math.Max(real.Low, Math.Exp(logLow)), Within(values.Min(), real)), Math.Max(Math.Min(real.High, Math.Exp(logHigh)), Within(values.Max(), real)), log: true);
            case FloatDistribution real:
                var (low, high) = Ends(real.Low, real.High, values);
                return real.Step is { } step
                    ? new FloatDistribution(real.Low + step * Math.Floor((low - real.Low) / step + 1e-9), real.Low + step * Math.Ceiling((high - real.Low) / step - 1e-9), step: step)
                    : new FloatDistribution(low, high);
            case IntDistribution { Log: true } whole:
                var (intLow, intHigh) = Ends(Math.Log(whole.Low), Math.Log(whole.High), [.. values.Select(value => Math.Log(value))]);
                return new IntDistribution(Math.Max(whole.Low, (long)Math.Floor(Math.Exp(intLow) + 1e-9)), Math.Min(whole.High, (long)Math.Ceiling(Math.Exp(intHigh) - 1e-9)), log: true);
            case IntDistribution whole:
                var (first, last) = Ends(whole.Low, whole.High, values);
                return new IntDistribution(whole.Low + whole.Step * (long)Math.Floor((first - whole.Low) / whole.Step), whole.Low + whole.Step * (long)Math.Ceiling((last - whole.Low) / whole.Step), step: whole.Step);
            default: return range;
        }
    }

    private static double Within(double value, FloatDistribution range) => Math.Clamp(value, range.Low, range.High);

    private static (double low, double high) Ends(double low, double high, double[] values)
    {
        var margin = Margin * (high - low);
        return (Math.Clamp(values.Min() - margin, low, high), Math.Clamp(values.Max() + margin, low, high));
    }
}
