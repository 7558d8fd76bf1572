using System.Globalization;

namespace TorchRef.Checks.Parity;

/// <summary>What a factor looks like: −1, 2, 1/N, N/(N−1), 1−p.</summary>
internal sealed class FactorNames
{
    private readonly List<(double value, string name)> _known = [(-1, "−1: the sign is wrong"), (2, "2"), (0.5, "1/2"), (-2, "−2"), (-0.5, "−1/2"), (4, "4"), (0.25, "1/4")];

    /// <summary>Knows the sizes of a shape (N, C, …).</summary>
    public FactorNames(long[] shape)
    {
        if (shape.Length == 0) return;
        var total = shape.Aggregate(1.0, (product, size) => product * size);
        AddSize(shape[0], "N", "the size of the batch");
        if (shape.Length < 2) return;
        AddSize(total / shape[1], "n", "the values per channel");
        AddSize(shape[1], "C", "the number of channels");
        if (shape.Length > 2) AddSize(total / shape[0] / shape[1], "S", "the places of a channel");
        AddSize(total, "K", "the number of elements");
    }

    /// <summary>Makes a probability of dropping known.</summary>
    public FactorNames With(double? probability)
    {
        if (probability is not (> 0 and < 1)) return this;
        var p = probability.Value;
        var suffix = string.Create(CultureInfo.InvariantCulture, $", p = {p:0.####}");
        _known.InsertRange(0,
        [
            (1 - p, "1 − p" + suffix), (p, "p" + suffix), (1 / (1 - p), "1/(1 − p)" + suffix), (1 / p, "1/p" + suffix),
            ((1 - p) / p, "(1 − p)/p" + suffix), (p / (1 - p), "p/(1 − p)" + suffix), ((1 - p) * (1 - p), "(1 − p)²" + suffix),
        ]);
        return this;
    }

    /// <summary>Makes a further constant known.</summary>
    public FactorNames With(double value, string name)
    {
        _known.Add((value, name));
        return this;
    }

    /// <summary>"1/N, N = 8, the size of the batch", or null where it looks like nothing.</summary>
    public string? Find(double factor, double tolerance = 1e-6)
    {
        foreach (var (value, name) in _known)
            if (Math.Abs(factor - value) <= tolerance * Math.Abs(value)) return name;
        return null;
    }

    /// <summary>The number, and what it looks like.</summary>
    public string Describe(double factor)
    {
        var number = factor.ToString("0.######", CultureInfo.InvariantCulture).Replace('-', '−');
        return Find(factor) is not { } name || name == number ? number : name.StartsWith(number + ":", StringComparison.Ordinal) ? name : $"{number} = {name}";
    }

    private void AddSize(double size, string letter, string meaning)
    {
        if (size < 2) return;
        var suffix = string.Create(CultureInfo.InvariantCulture, $", {letter} = {size}, {meaning}");
        _known.AddRange(
        [
            (1 / size, $"1/{letter}" + suffix), (size, letter + suffix), (size / (size - 1), $"{letter}/({letter} − 1)" + suffix),
            ((size - 1) / size, $"({letter} − 1)/{letter}" + suffix), (1 / (size - 1), $"1/({letter} − 1)" + suffix),
            (Math.Sqrt(size / (size - 1)), $"√({letter}/({letter} − 1))" + suffix), (Math.Sqrt((size - 1) / size), $"√(({letter} − 1)/{letter})" + suffix),
        ]);
    }
}
