using System.Globalization;
using TorchRef.Checks.Gradients;

namespace TorchRef.Checks.Diagnosing;

/// <summary>What a factor looks like: −1, 2, 1/N, N/(N−1), 1−p, a parameter's value.</summary>
internal static class FactorNames
{
    private const double Same = 2e-6;

    /// <summary>The factor as a number, and what it equals where that is known.</summary>
    /// <param name="factor">The factor.</param>
    /// <param name="function">Its tensors' sizes and values are what it may be made of.</param>
    /// <param name="keptSlope">Where all derivatives are 0 or this one: a dropout's 1/(1−p).</param>
    public static string Of(double factor, CheckedFunction function, double? keptSlope)
    {
        var number = factor.ToString("G5", CultureInfo.InvariantCulture);
        foreach (var (value, name) in Known(function, keptSlope))
            if (Math.Abs(factor - value) <= Same * Math.Abs(value))
                return name == number ? number : $"{number} = {name}";
        return number;
    }

    private static IEnumerable<(double value, string name)> Known(CheckedFunction function, double? keptSlope)
    {
        yield return (-1, "−1, the sign");
        if (keptSlope is > 1 and var scale)
        {
            var p = (1 - 1 / scale).ToString("G4", CultureInfo.InvariantCulture);
            yield return (1 / scale, $"1−p for p = {p}: dropout's scaling is missing");
            yield return (scale, $"1/(1−p) for p = {p}: dropout's scaling is applied twice");
            yield return (1 - 1 / scale, $"p = {p}, where 1−p belongs");
            yield return (1 / scale / (1 - 1 / scale), $"(1−p)/p for p = {p}: scaled by 1/p in place of 1/(1−p)");
        }
        foreach (var whole in (int[])[2, 3, 4])
        {
            yield return (whole, whole.ToString(CultureInfo.InvariantCulture));
            yield return (-whole, $"−{whole}");
        }
        yield return (0.5, "1/2");
        yield return (-0.5, "−1/2");
        foreach (var (size, what) in Sizes(function))
        {
            yield return (1.0 / size, $"1/{size}, one over {what}: averaged where it must be summed");
            yield return (size, $"{size}, {what}: summed where it must be averaged");
            if (size < 2) continue;
            yield return ((double)size / (size - 1), $"{size}/{size - 1} = N/(N−1) for {what}: biased and unbiased variance mixed up");
            yield return ((size - 1.0) / size, $"{size - 1}/{size} = (N−1)/N for {what}: biased and unbiased variance mixed up");
            yield return (Math.Sqrt((size - 1.0) / size), $"√((N−1)/N) for {what}: biased and unbiased deviation mixed up");
            yield return (Math.Sqrt(size / (size - 1.0)), $"√(N/(N−1)) for {what}: biased and unbiased deviation mixed up");
            yield return (Math.Sqrt(size), $"√{size}, the root of {what}");
            yield return (1 / Math.Sqrt(size), $"1/√{size}, one over the root of {what}");
        }
        foreach (var slot in function.Inputs.Slots)
        {
            if (slot.Count != 1) continue;
            var value = function.Point[slot.Offset];
            yield return (value, $"the value of {slot.Name}");
            if (value != 0) yield return (1 / value, $"one over the value of {slot.Name}");
        }
    }

    /// <summary>Sizes of dimensions and products of neighbouring ones, each once.</summary>
    private static IEnumerable<(long size, string what)> Sizes(CheckedFunction function)
    {
        var seen = new HashSet<long> { 1 };
        foreach (var slot in function.Inputs.Slots.Concat(function.Outputs.Slots))
        {
            for (var d = 0; d < slot.Shape.Length; d++)
                if (seen.Add(slot.Shape[d]))
                    yield return (slot.Shape[d], $"the size of dimension {d} of {slot.Name}");
            // What a normalisation averages over: everything but the channels.
            var elements = slot.Shape.Aggregate(1L, (product, size) => product * size);
            if (slot.Shape.Length > 2 && slot.Shape[1] > 0 && seen.Add(elements / slot.Shape[1])) yield return (elements / slot.Shape[1], $"the values per channel of {slot.Name}");
            if (elements > 0 && seen.Add(elements)) yield return (elements, $"the number of elements of {slot.Name}");
        }
    }
}
