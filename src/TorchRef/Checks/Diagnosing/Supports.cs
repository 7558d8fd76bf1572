using TorchRef.Checks.Reporting;

namespace TorchRef.Checks.Diagnosing;

/// <summary>Hypotheses about where a gradient is 0 and mustn't be, or isn't and must.</summary>
internal static class Supports
{
    public static Diagnosis? Missing(Block block)
    {
        if (block.HasNonFinite) return null;
        if (block.Slot.IsComplex && MissingPart(block) is { } part)
            return new Diagnosis(Cause.MissingGradient, $"no gradient reaches the {part} part of {block.Slot.Name}: it is all zero, while the outputs change with it", block.Slot.Name);
        if (block.LargestAnalytic > 0) return null;
        return new Diagnosis(Cause.MissingGradient, $"no gradient reaches {block.Slot.Name}: it is all zero, while the outputs change with it (null or zeros returned, or the graph is cut)", block.Slot.Name);
    }

    private static string? MissingPart(Block block)
    {
        for (var part = 0; part < 2; part++)
        {
            var parity = part;
            var dead = block.All((r, k) => k % 2 != parity || block.Analytic[r][k] == 0);
            if (dead && block.LargestAnalytic > 0 && block.Any((r, k) => k % 2 == parity && block.Wrong[r][k])) return block.Slot.PartOf(part);
        }
        return null;
    }

    public static Diagnosis? NotFinite(Block block)
    {
        if (!block.HasNonFinite) return null;
        return new Diagnosis(Cause.NotFinite, $"the gradient of {block.Slot.Name} is NaN or infinite where the function has a finite slope", block.Slot.Name);
    }

    /// <summary>Entries are 0 or one number in both, but elsewhere.</summary>
    public static Diagnosis? Mask(Block block)
    {
        if (!block.Function.State.DrawsRandomNumbers || Factors.KeptSlope(block) is not { } slope) return null;
        double? other = null;
        bool lost = false, gained = false;
        for (var r = 0; r < block.Rows.Length; r++)
            for (var k = 0; k < block.Slot.Count; k++)
            {
                var (a, n) = (block.Analytic[r][k], block.Numeric[r][k]);
                if (block.IsZero(a, r, k))
                {
                    lost |= !block.IsZero(n, r, k);
                    continue;
                }
                other ??= a;
                if (!block.Close(a, other.Value, r, k)) return null;
                gained |= block.IsZero(n, r, k);
            }
        if (other is null || !(lost || gained) || block.Slot.Count < 3 || !block.IsPointwise) return null;
        return new Diagnosis(Cause.MaskNotReused, $"backward drops other elements of {block.Slot.Name} than forward did: its mask isn't forward's (forward's slopes are 0 and {ReportNumber.Of(slope)}; backward has them in other places)", block.Slot.Name);
    }

    /// <summary>The gradient goes through the element's own example only, where the right one goes through the others too.</summary>
    public static Diagnosis? Detached(Block block)
    {
        if (block.Slot.Shape.Length == 0 || block.IsParameter) return null;
        var others = false;
        int own = 0, wrong = 0;
        for (var r = 0; r < block.Rows.Length; r++)
            for (var k = 0; k < block.Slot.Count; k++)
            {
                var index = block.OutputOf(r).index;
                if (index.Length == 0) return null;
                var same = index[0] == block.Slot.IndexOf(k)[0];
                if (!same && !block.IsZero(block.Analytic[r][k], r, k)) return null;
                if (same && !block.IsZero(block.Analytic[r][k], r, k))
                {
                    own++;
                    wrong += block.Wrong[r][k] ? 1 : 0;
                    if (block.IsZero(block.Numeric[r][k], r, k)) return null;
                }
                others |= !same && !block.IsZero(block.Numeric[r][k], r, k);
            }
        if (!others || 2 * wrong <= own) return null;
        return new Diagnosis(Cause.DetachedStatistics, $"the gradient of {block.Slot.Name} reaches each example through its own output only, although the others depend on it too: statistics over the batch are treated as constants", block.Slot.Name);
    }

    /// <summary>Entries are right, or 0 where they mustn't be (summed over too few), or not 0 where they must be (over too many).</summary>
    public static Diagnosis? Reduction(Block block)
    {
        if (block.IsPointwise || block.IsPointwiseInAnalytic) return null;
        int missing = 0, extra = 0, right = 0, changed = 0;
        for (var r = 0; r < block.Rows.Length; r++)
            for (var k = 0; k < block.Slot.Count; k++)
            {
                var (a, n) = (block.Analytic[r][k], block.Numeric[r][k]);
                var (noA, noN) = (block.IsZero(a, r, k), block.IsZero(n, r, k));
                if (noA && noN) continue;
                if (noA) missing++;
                else if (noN) extra++;
                else if (block.Close(a, n, r, k)) right++;
                else changed++;
            }
        if (missing > 0 && extra == 0 && right > 0 && changed == 0)
            return new Diagnosis(Cause.WrongReduction, $"the gradient of {block.Slot.Name} is right where it isn't 0, but it is 0 in {missing} of {missing + right} entries: a sum over too few outputs", block.Slot.Name);
        if (missing > 0 && extra == 0 && changed > 0 && block.Slot.Shape.Length > 2)
            return new Diagnosis(Cause.WrongReduction, $"the gradient of {block.Slot.Name} is 0 in {missing} entries where it mustn't be: sums are taken over too few of the dimensions", block.Slot.Name);
        if (extra > 0 && missing == 0 && (right > 0 || changed > 0) && block.Slot.Count <= block.Rows.Length)
            return new Diagnosis(Cause.WrongReduction, $"the gradient of {block.Slot.Name} has {extra} entries where it must be 0: a sum or mean over too many elements, or over a wrong dimension", block.Slot.Name);
        return null;
    }

    /// <summary>∂L/∂γ = Σ g·y in place of Σ g·x̂.</summary>
    public static Diagnosis? OutputForNormalized(Block block)
    {
        if (block.Slot.Count >= block.Rows.Length) return null;
        var centre = block.Site.Centre;
        var any = false;
        for (var r = 0; r < block.Rows.Length; r++)
            for (var k = 0; k < block.Slot.Count; k++)
            {
                if (block.IsZero(block.Numeric[r][k], r, k) && block.IsZero(block.Analytic[r][k], r, k)) continue;
                if (!block.Close(block.Analytic[r][k], centre[block.Rows[r]], r, k)) return null;
                any |= !block.Close(block.Analytic[r][k], block.Numeric[r][k], r, k);
            }
        return any ? new Diagnosis(Cause.OutputInsteadOfNormalized, $"the gradient of {block.Slot.Name} is made with the output, where the normalised input belongs (Σ g·y in place of Σ g·x̂)", block.Slot.Name) : null;
    }

    /// <summary>Values that a shorter type holds exactly, and off by what it rounds.</summary>
    public static Diagnosis? Shortened(Block block)
    {
        foreach (var (type, digits, holds) in ((string, double, Func<double, bool>)[])
            [("float16", 1e-2, value => (double)(Half)value == value), ("bfloat16", 3e-2, value => (BitConverter.SingleToInt32Bits((float)value) & 0xffff) == 0 && (float)value == value), ("float32", 1e-4, value => (float)value == value)])
        {
            var worst = WorstError(block);
            // 0, 1 and the like are held by any type: the right values must not be.
            if (worst is < 1e-11 || worst > digits || !block.All((r, k) => holds(block.Analytic[r][k]))) continue;
            if (block.All((r, k) => block.IsZero(block.Numeric[r][k], r, k) || holds(Math.Round(block.Numeric[r][k] * 1024) / 1024) && Math.Abs(block.Numeric[r][k] * 1024 - Math.Round(block.Numeric[r][k] * 1024)) < 1e-9)) continue;
            return Precision(block, type, worst);
        }
        return null;
    }

    /// <summary>Errors everywhere, of the size of what float32 rounds, by no other rule.</summary>
    public static Diagnosis? RoundOff(Block block)
    {
        var worst = WorstError(block);
        return worst is > 1e-10 and < 3e-6 && block.WrongCount > 2 ? Precision(block, "float32", worst) : null;
    }

    private static Diagnosis Precision(Block block, string type, double worst) =>
        new(Cause.Precision, $"the gradient of {block.Slot.Name} has only the digits of {type} (off by {ReportNumber.Of(worst)} of the largest): backward converts somewhere", block.Slot.Name);

    private static double WorstError(Block block)
    {
        var worst = 0.0;
        for (var r = 0; r < block.Rows.Length; r++)
            for (var k = 0; k < block.Slot.Count; k++)
                worst = Math.Max(worst, Math.Abs(block.Analytic[r][k] - block.Numeric[r][k]) / block.Largest);
        return worst;
    }
}
