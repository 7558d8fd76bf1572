namespace TorchRef.Checks.Gradients;

/// <summary>Whether an analytic derivative agrees with a numeric one, given what is known of both errors.</summary>
internal sealed class Judge(NumericJacobian numeric, double[] analyticNoise, GradCheckOptions options)
{
    /// <summary>Differences that never settled aren't trusted to their bar: only what is far outside of it is called wrong.</summary>
    private const double Unsettled = 10;

    /// <summary>What is allowed for round-off where terms cancel, in units of the largest entry of the row or column.</summary>
    private const double Cancellation = 64 * 2.220446049250313e-16;

    /// <summary>The relative error that is as good as none.</summary>
    public double Floor => options.RelativeFloor;

    public Judgement Of(int row, in NumericEntry entry, double analytic, double inputScale)
    {
        if (entry.Kink is not null) return AtKink(analytic, entry);
        var (column, value, bar, settled) = (entry.Column, entry.Value, entry.Bar, entry.Settled);
        // Where nothing of the row passes through this input, nothing of it can cancel either.
        var rowScale = entry.Touched ? numeric.RowScale[row] / inputScale : 0;
        var largest = Math.Max(numeric.ColumnScale[column], rowScale);
        var roundOff = Math.Max(8 * analyticNoise[column] * numeric.ColumnScale[column], Cancellation * largest);
        var allowed = (settled ? bar : Unsettled * bar) + options.RelativeFloor * Math.Max(Math.Abs(analytic), Math.Abs(value)) + roundOff;
        var error = Math.Abs(analytic - value);
        if (!double.IsFinite(bar)) return new Judgement(value, bar, bar, 0, Verdict.Inconclusive);
        if (!double.IsFinite(analytic)) return new Judgement(value, bar, allowed, double.PositiveInfinity, settled ? Verdict.Fail : Verdict.Inconclusive);
        var ratio = allowed > 0 ? error / allowed : error > 0 ? double.PositiveInfinity : 0;
        if (error > allowed)
        {
            return error <= options.AbsoluteTolerance ? new Judgement(value, bar, allowed, ratio, Verdict.Pass, Excused: true)
                : new Judgement(value, bar, allowed, ratio, Verdict.Fail);
        }
        return new Judgement(value, bar, allowed, ratio, allowed <= options.RequiredPower * Measure(row, entry, inputScale) || allowed == 0 ? Verdict.Pass : Verdict.Inconclusive);
    }

    /// <summary>
    /// What an entry's error counts beside: the largest of its column and row, the output's own variation, and on a plateau,
    /// where nothing varies, the output itself.
    /// </summary>
    public double Measure(int row, in NumericEntry entry, double inputScale)
    {
        var rowScale = entry.Touched ? numeric.RowScale[row] / inputScale : 0;
        var measure = Math.Max(Math.Max(numeric.ColumnScale[entry.Column], rowScale), Math.Max(Math.Abs(entry.Value), entry.Variation));
        return measure <= 2 * entry.Bar ? Math.Max(measure, Math.Abs(numeric.Site.Centre[row]) / inputScale) : measure;
    }

    private static Judgement AtKink(double analytic, in NumericEntry entry)
    {
        var kink = entry.Kink!;
        var (low, high) = (Math.Min(kink.Left, kink.Right), Math.Max(kink.Left, kink.Right));
        var slack = kink.Bar + 1e-6 * (high - low);
        var outside = Math.Max(low - analytic, analytic - high);
        var between = outside <= slack;
        return new Judgement(entry.Value, entry.Bar, slack, between ? 0 : outside / slack, between ? Verdict.Kink : Verdict.Fail, Kink: kink);
    }
}

/// <summary>What came of one entry.</summary>
/// <param name="Numeric">The numeric derivative.</param>
/// <param name="Bar">Its error bar.</param>
/// <param name="Allowed">The difference that was allowed.</param>
/// <param name="Ratio">The difference in units of that.</param>
/// <param name="Verdict">Pass, Fail, Kink, or Inconclusive.</param>
/// <param name="Excused">Whether it passes by the absolute tolerance only.</param>
/// <param name="Kink">The kink, where there is one.</param>
internal readonly record struct Judgement(double Numeric, double Bar, double Allowed, double Ratio, Verdict Verdict, bool Excused = false, Kink? Kink = null);
