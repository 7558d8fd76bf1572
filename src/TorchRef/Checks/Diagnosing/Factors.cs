using TorchRef.Checks.Gradients;

namespace TorchRef.Checks.Diagnosing;

/// <summary>Hypotheses that every entry is the right one times a factor: one for all, or one for each channel.</summary>
internal static class Factors
{
    /// <summary>The factor that all entries have in common, or null.</summary>
    public static double? Common(Block block)
    {
        double product = 0, squares = 0;
        for (var r = 0; r < block.Rows.Length; r++)
            for (var k = 0; k < block.Slot.Count; k++)
            {
                product += block.Analytic[r][k] * block.Numeric[r][k];
                squares += block.Numeric[r][k] * block.Numeric[r][k];
            }
        var factor = product / squares;
        if (!double.IsFinite(factor) || Math.Abs(factor) < 1e-9) return null;
        return block.All((r, k) => Math.Abs(block.Analytic[r][k] - factor * block.Numeric[r][k]) <= Math.Min(1e-3 * Math.Abs(factor - 1), 1e-6) * Math.Max(Math.Abs(factor), 1) * Math.Max(Math.Abs(block.Numeric[r][k]), 1e-3 * block.Largest) + (3 * block.Tolerance[r][k] * Math.Max(1, Math.Abs(factor))))
            ? factor : null;
    }

    /// <summary>The one slope that all derivatives that aren't 0 have (a dropout's), or null.</summary>
    public static double? KeptSlope(Block block)
    {
        double? slope = null;
        for (var r = 0; r < block.Rows.Length; r++)
            for (var k = 0; k < block.Slot.Count; k++)
            {
                var value = block.Numeric[r][k];
                if (block.IsZero(value, r, k)) continue;
                slope ??= value;
                if (!block.Close(value, slope.Value, r, k)) return null;
            }
        return slope;
    }

    public static Diagnosis? Constant(Block block)
    {
        if (Common(block) is not { } factor) return null;
        var name = FactorNames.Of(factor, block.Function, KeptSlope(block));
        return new Diagnosis(Cause.ConstantFactor, $"the gradient of {block.Slot.Name} is {name} times what it must be, in every entry", block.Slot.Name, factor);
    }

    /// <summary>One factor for each index of some dimension, of the input or of the output.</summary>
    public static Diagnosis? ByChannel(Block block)
    {
        for (var d = 0; d < block.Slot.Shape.Length; d++)
        {
            var dimension = d;
            if (Ratios(block, (_, k) => (int)block.Slot.IndexOf(k)[dimension], (int)block.Slot.Shape[d]) is { } ratios)
                return Describe(block, ratios, $"with the index in dimension {d} of {block.Slot.Name}", ofOutput: false);
        }
        var outputs = block.Function.Outputs.Slots.Where(slot => slot.Count > 0).ToList();
        if (outputs.Count != 1) return null;
        for (var d = 0; d < outputs[0].Shape.Length; d++)
        {
            var dimension = d;
            if (Ratios(block, (r, _) => (int)block.OutputOf(r).index[dimension], (int)outputs[0].Shape[d]) is { } ratios)
                return Describe(block, ratios, $"with the index in dimension {d} of the output", ofOutput: true);
        }
        return null;
    }

    private static double[]? Ratios(Block block, Func<int, int, int> channel, int channels)
    {
        if (channels < 2) return null;
        var (product, squares) = (new double[channels], new double[channels]);
        var counts = new int[channels];
        for (var r = 0; r < block.Rows.Length; r++)
            for (var k = 0; k < block.Slot.Count; k++)
            {
                if (block.IsZero(block.Numeric[r][k], r, k)) continue;
                var c = channel(r, k);
                product[c] += block.Analytic[r][k] * block.Numeric[r][k];
                squares[c] += block.Numeric[r][k] * block.Numeric[r][k];
                counts[c]++;
            }
        var ratios = new double[channels];
        for (var c = 0; c < channels; c++) ratios[c] = squares[c] > 0 ? product[c] / squares[c] : double.NaN;
        // With one entry a channel any numbers at all would have such factors.
        if (counts.Max() < 2) return null;
        return block.All((r, k) => double.IsNaN(ratios[channel(r, k)]) ? block.IsZero(block.Analytic[r][k], r, k) : block.Close(block.Analytic[r][k], ratios[channel(r, k)] * block.Numeric[r][k], r, k))
            ? ratios : null;
    }

    private static Diagnosis? Describe(Block block, double[] ratios, string where, bool ofOutput)
    {
        var known = ratios.Where(ratio => !double.IsNaN(ratio)).ToArray();
        // Factors of 1 that differ in their last digits are round-off.
        if (known.Max() - known.Min() < 1e-5) return null;
        if (Array.TrueForAll(known, ratio => Math.Abs(ratio) < 1e-6 || Math.Abs(ratio - 1) < 1e-6))
        {
            return ofOutput ? new Diagnosis(Cause.WrongReduction, $"the gradient of {block.Slot.Name} takes in some of the outputs only; which, changes {where}: a sum over too few", block.Slot.Name)
                : new Diagnosis(Cause.MissingGradient, $"no gradient reaches some elements of {block.Slot.Name}; which, changes {where}; the others are right", block.Slot.Name);
        }
        var name = Named(block, ratios);
        return new Diagnosis(
            Cause.ChannelFactor,
            $"the gradient of {block.Slot.Name} has a factor that changes {where}: {string.Join(", ", ratios.Take(4).Select(ratio => ratio.ToString("G4", System.Globalization.CultureInfo.InvariantCulture)))}{(ratios.Length > 4 ? " …" : "")}{name}",
            block.Slot.Name);
    }

    /// <summary>Whether the factors are a parameter, one over it, or the deviations of an input.</summary>
    private static string Named(Block block, double[] ratios)
    {
        foreach (var slot in block.Function.Inputs.Slots)
        {
            if (slot.Count != ratios.Length) continue;
            var values = block.Site.Point[slot.Offset..slot.End];
            if (Matches(ratios, values)) return $"; these are the values of {slot.Name}: it is multiplied in where it mustn't be";
            if (Matches(ratios, Array.ConvertAll(values, value => 1 / value))) return $"; these are one over the values of {slot.Name}: the factor {slot.Name} is missing";
        }
        foreach (var slot in block.Function.Inputs.Slots)
            for (var d = 0; d < slot.Shape.Length; d++)
            {
                if (slot.Shape.Length < 2 || slot.Shape[d] != ratios.Length) continue;
                var deviations = Deviations(block.Site.Point, slot, d);
                if (Proportional(ratios, deviations)) return $"; they go with the standard deviations of {slot.Name}: 1/√(variance + ε) is missing";
                if (Proportional(ratios, Array.ConvertAll(deviations, value => 1 / value))) return $"; they go with one over the standard deviations of {slot.Name}: it is divided by them once too often";
            }
        return "";
    }

    private static double[] Deviations(double[] point, TensorSlot slot, int dimension)
    {
        var values = new List<double>[slot.Shape[dimension]];
        for (var c = 0; c < values.Length; c++) values[c] = [];
        for (var k = 0; k < slot.Count; k++) values[slot.IndexOf(k)[dimension]].Add(point[slot.Offset + k]);
        return Array.ConvertAll(values, channel =>
        {
            var mean = channel.Average();
            return Math.Sqrt(channel.Average(value => (value - mean) * (value - mean)));
        });
    }

    private static bool Matches(double[] ratios, double[] values) =>
        !ratios.Where((ratio, c) => !double.IsNaN(ratio) && !(Math.Abs(ratio - values[c]) <= 1e-5 * Math.Abs(values[c]))).Any();

    /// <summary>Equal up to ε's share and a common factor.</summary>
    private static bool Proportional(double[] ratios, double[] values)
    {
        var quotients = ratios.Select((ratio, c) => ratio / values[c]).Where(double.IsFinite).ToArray();
        return quotients.Length > 1 && quotients.Max() - quotients.Min() <= 1e-2 * Math.Abs(quotients.Average());
    }
}
