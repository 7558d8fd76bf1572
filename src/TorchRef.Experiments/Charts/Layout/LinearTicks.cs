namespace TorchRef.Experiments.Charts.Layout;

/// <summary>Ticks at whole multiples of 1, 2, 2.5 or 5 times a power of ten.</summary>
internal static class LinearTicks
{
    private static readonly double[] Mantissas = [1, 2, 2.5, 5];

    /// <summary>The closest ticks from <paramref name="min"/> to <paramref name="max"/> that aren't more than <paramref name="maxCount"/>.</summary>
    public static IReadOnlyList<Tick> Find(double min, double max, int maxCount, bool whole = false)
    {
        int exponent = NumberText.Exponent((max - min) / Math.Max(maxCount, 1)) - 1;
        for (int attempt = 0; ; attempt++)
        {
            double mantissa = Mantissas[attempt % 4];
            int power = exponent + attempt / 4;
            if (whole && (power < 0 || (power == 0 && mantissa == 2.5))) continue;
            double step = Multiple(1, mantissa, power);
            double first = Math.Ceiling(min / step - 1e-9), last = Math.Floor(max / step + 1e-9);
            if (last - first + 1 > Math.Max(maxCount, 1)) continue;
            int count = (int)Math.Max(last - first + 1, 0);
            return Labelled([.. Enumerable.Range(0, count).Select(i => Multiple(first + i, mantissa, power))], mantissa, power);
        }
    }

    /// <summary>A multiple of the step without the rounding of 0.1 · 3.</summary>
    private static double Multiple(double count, double mantissa, int power) => NumberText.Scaled(count * mantissa, power);

    private static IReadOnlyList<Tick> Labelled(double[] values, double mantissa, int power)
    {
        if (values.Length == 0) return [];
        double largest = values.Max(Math.Abs);
        int exponent = largest == 0 ? 0 : NumberText.Exponent(largest), finest = power - (mantissa == 2.5 ? 1 : 0);
        bool plain = largest == 0 || (exponent is >= -3 and < 6);
        return [.. values.Select(value => new Tick(value, plain
            ? NumberText.Fixed(value, Math.Max(0, -finest))
            : NumberText.Scientific(value, exponent, Math.Max(0, exponent - finest))))];
    }
}
