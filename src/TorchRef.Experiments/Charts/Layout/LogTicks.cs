namespace TorchRef.Experiments.Charts.Layout;

/// <summary>Ticks at powers of ten, with 2 and 5 between them on short axes and minor ticks where there is room.</summary>
internal static class LogTicks
{
    private static readonly int[] Strides = [1, 2, 3, 5, 10, 20, 50, 100, 200];

    public static IReadOnlyList<Tick> Find(double min, double max, int maxCount)
    {
        int first = (int)Math.Ceiling(Math.Log10(min) - 1e-9), last = (int)Math.Floor(Math.Log10(max) + 1e-9);
        if (last - first < 2 && OnesTwosAndFives(min, max, maxCount) is { } between) return between;
        if (last - first < 1) return LinearTicks.Find(min, max, maxCount);
        int stride = Strides.First(candidate => candidate == Strides[^1] || Multiples(first, last, candidate).Count() <= Math.Max(maxCount, 1));
        List<int> labelled = [.. Multiples(first, last, stride)];
        bool plain = labelled.All(power => power is >= -3 and <= 3);
        var ticks = new List<Tick>();
        for (int power = first - 1; power <= last; power++)
        {
            if (labelled.Contains(power))
                ticks.Add(new Tick(Power(power), plain ? NumberText.Fixed(Power(power), Math.Max(0, -power)) : power == 0 ? "1" : NumberText.PowerOfTen(power)));
            else if (power >= first && stride <= 5)
                ticks.Add(new Tick(Power(power), ""));
            if (stride > 1 || last - first > 6) continue;
            for (int digit = 2; digit <= 9; digit++)
            {
                double value = NumberText.Scaled(digit, power);
                if (value >= min && value <= max) ticks.Add(new Tick(value, ""));
            }
        }

        return ticks;
    }

    /// <summary>1, 2 and 5 times the powers of ten; null when that gives a single label, or too many.</summary>
    private static IReadOnlyList<Tick>? OnesTwosAndFives(double min, double max, int maxCount)
    {
        int lowest = (int)Math.Floor(Math.Log10(min)) - 1, highest = (int)Math.Ceiling(Math.Log10(max)) + 1;
        var values = new List<double>();
        for (int power = lowest; power <= highest; power++)
        {
            foreach (int digit in (ReadOnlySpan<int>)[1, 2, 5])
            {
                double value = NumberText.Scaled(digit, power);
                if (value >= min * (1 - 1e-9) && value <= max * (1 + 1e-9)) values.Add(value);
            }
        }

        return values.Count >= 2 && values.Count <= maxCount ? [.. values.Select(value => new Tick(value, NumberText.Short(value, 1)))] : null;
    }

    private static IEnumerable<int> Multiples(int first, int last, int stride) =>
        Enumerable.Range(first, last - first + 1).Where(power => power % stride == 0);

    private static double Power(int power) => NumberText.Scaled(1, power);
}
