namespace TorchRef.Checks.Gradients;

/// <summary>Another point at which to look, because the given one hides mistakes.</summary>
/// <param name="Why">What it is, in words.</param>
/// <param name="Point">The values of all inputs and parameters.</param>
internal sealed record Variation(string Why, double[] Point);

/// <summary>Finds what a point hides, and points near by that don't.</summary>
internal static class Variations
{
    /// <summary>Outputs that change by less than this share when the input doubles belong to a normalisation.</summary>
    private const double Invariant = 1e-2;

    /// <summary>From this share on ε matters.</summary>
    private const double Visible = 0.05;

    public static IEnumerable<Variation> Of(CheckedFunction function, Random random)
    {
        var generic = Generic(function.Point, function.Inputs, random, out var constant);
        if (constant.Count > 0)
            yield return new Variation($"{string.Join(", ", constant)}: all values are the same, which hides factors; replaced by random ones", generic);
        for (var s = 0; s < function.ArgumentSlots; s++)
            if (WhereEpsilonMatters(function, generic, s) is { } small)
                yield return small;
    }

    /// <summary>The point with random values around those that are all the same.</summary>
    private static double[] Generic(double[] point, Layout layout, Random random, out List<string> constant)
    {
        constant = [];
        var generic = (double[])point.Clone();
        foreach (var slot in layout.Slots)
        {
            if (slot.Count == 0 || !Array.TrueForAll(point[slot.Offset..slot.End], value => value == point[slot.Offset])) continue;
            if (slot.Count == 1 && point[slot.Offset] is not (0 or 1)) continue;
            constant.Add(slot.Name);
            var size = point[slot.Offset] == 0 ? 1 : Math.Abs(point[slot.Offset]);
            for (var k = slot.Offset; k < slot.End; k++) generic[k] += size * (random.NextDouble() - 0.5);
        }
        return generic;
    }

    /// <summary>
    /// A normalisation's outputs don't change with the scale of its input, but for ε: scaled down until they do, the input
    /// shows what becomes of ε.
    /// </summary>
    private static Variation? WhereEpsilonMatters(CheckedFunction function, double[] point, int s)
    {
        var slot = function.Inputs.Slots[s];
        var at = function.EvaluateOrNaN(point);
        var spread = at.Length == 0 ? 0 : at.Max() - at.Min();
        if (!(spread > 0) || !(Change(2) <= Invariant)) return null;
        for (var power = 1; power <= 14; power++)
        {
            var scale = Math.Pow(10, -power);
            if (Change(scale) is not (>= Visible and < double.PositiveInfinity)) continue;
            return new Variation($"{slot.Name} scaled by 1e-{power}: its scale hides ε, which shows there", Scaled(scale));
        }
        return null;

        double[] Scaled(double scale)
        {
            var scaled = (double[])point.Clone();
            for (var k = slot.Offset; k < slot.End; k++) scaled[k] *= scale;
            return scaled;
        }

        double Change(double scale)
        {
            var values = function.EvaluateOrNaN(Scaled(scale));
            var worst = 0.0;
            for (var o = 0; o < values.Length; o++) worst = Math.Max(worst, Math.Abs(values[o] - at[o]) is var change && double.IsFinite(change) ? change : double.PositiveInfinity);
            return worst / spread;
        }
    }
}
