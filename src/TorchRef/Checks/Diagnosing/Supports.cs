namespace TorchRef.Checks.Diagnosing;

/// <summary>Hypotheses about where a gradient is 0 and mustn't be, or isn't and must.</summary>
internal static class Supports
{
    public static Diagnosis? Missing(Block block)
    {
        if (block.LargestAnalytic > 0 || block.HasNonFinite) return null;
        return new Diagnosis(Cause.MissingGradient, $"no gradient reaches {block.Slot.Name}: it is all zero, while the outputs change with it (null or zeros returned, or the graph is cut)", block.Slot.Name);
    }

    public static Diagnosis? NotFinite(Block block)
    {
        if (!block.HasNonFinite) return null;
        return new Diagnosis(Cause.NotFinite, $"the gradient of {block.Slot.Name} is NaN or infinite where the function has a finite slope", block.Slot.Name);
    }

    /// <summary>Entries are 0 or one number in both, but elsewhere.</summary>
    public static Diagnosis? Mask(Block block)
    {
        if (Factors.KeptSlope(block) is not { } slope) return null;
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
        if (other is null || !lost || !gained || block.Slot.Count < 3) return null;
        if (!Pointwise(block)) return null;
        return new Diagnosis(Cause.MaskNotReused, $"backward drops other elements of {block.Slot.Name} than forward did: its mask isn't forward's (slopes 0 and {slope:G4} in both, in different places)", block.Slot.Name);
    }

    /// <summary>Each output goes with one element only, the one in its own place.</summary>
    private static bool Pointwise(Block block) => block.Rows.Length == block.Slot.Count && block.All((r, k) => r == k || block.IsZero(block.Numeric[r][k], r, k) && block.IsZero(block.Analytic[r][k], r, k));

    /// <summary>The gradient goes through the element's own example only, where the right one goes through the others too.</summary>
    public static Diagnosis? Detached(Block block)
    {
        if (block.Slot.Shape.Length == 0) return null;
        bool others = false, own = false;
        for (var r = 0; r < block.Rows.Length; r++)
            for (var k = 0; k < block.Slot.Count; k++)
            {
                var index = block.OutputOf(r).index;
                if (index.Length == 0) return null;
                var same = index[0] == block.Slot.IndexOf(k)[0];
                if (!same && !block.IsZero(block.Analytic[r][k], r, k)) return null;
                own |= same && !block.IsZero(block.Analytic[r][k], r, k);
                others |= !same && !block.IsZero(block.Numeric[r][k], r, k);
            }
        if (!others || !own) return null;
        return new Diagnosis(Cause.DetachedStatistics, $"the gradient of {block.Slot.Name} reaches each example through its own output only, although the others depend on it too: statistics over the batch are treated as constants", block.Slot.Name);
    }

    /// <summary>Entries are right, or 0 where they mustn't be (summed over too few), or not 0 where they must be (over too many).</summary>
    public static Diagnosis? Reduction(Block block)
    {
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
        if (extra > 0 && missing == 0 && (right > 0 || changed > 0))
            return new Diagnosis(Cause.WrongReduction, $"the gradient of {block.Slot.Name} has {extra} entries where it must be 0: a sum or mean over too many elements, or over a wrong dimension", block.Slot.Name);
        if (missing > 0 && extra > 0 && right + changed > 0 && block.Slot.Count > 1 && right * 4 < missing)
            return new Diagnosis(Cause.WrongReduction, $"the gradient of {block.Slot.Name} has {missing} entries 0 that mustn't be and {extra} that must be and aren't: a sum or mean over a wrong dimension", block.Slot.Name);
        return null;
    }

    /// <summary>∂L/∂γ = Σ g·y in place of Σ g·x̂.</summary>
    public static Diagnosis? OutputForNormalized(Block block)
    {
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

    /// <summary>Analytic values that float32 holds exactly.</summary>
    public static Diagnosis? Float32(Block block)
    {
        int counted = 0, rounded = 0;
        var worst = 0.0;
        for (var r = 0; r < block.Rows.Length; r++)
            for (var k = 0; k < block.Slot.Count; k++)
            {
                var (a, n) = (block.Analytic[r][k], block.Numeric[r][k]);
                if (a == 0 || block.IsZero(n, r, k)) continue;
                counted++;
                if ((float)a == a) rounded++;
                worst = Math.Max(worst, Math.Abs(a - n) / block.Largest);
            }
        if (counted == 0 || worst > 1e-4) return null;
        var random = worst < 3e-6 && block.WrongCount > 0 && Factors.Common(block) is null;
        if (rounded < counted && !(random && worst > 1e-9 && rounded * 2 > counted)) return null;
        return new Diagnosis(Cause.Precision, $"the gradient of {block.Slot.Name} has only the digits of float32 (off by {worst:G2} of the largest): backward converts somewhere", block.Slot.Name);
    }
}
