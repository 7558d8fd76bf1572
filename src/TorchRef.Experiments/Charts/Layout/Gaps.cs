namespace TorchRef.Experiments.Charts.Layout;

/// <summary>How many values a chart can't show, by reason, so that none is left out in silence.</summary>
internal readonly record struct Gaps(int NotFinite, int TooLarge, int NotPositive)
{
    public int Count => NotFinite + TooLarge + NotPositive;

    public static Gaps operator +(Gaps one, Gaps other) =>
        new(one.NotFinite + other.NotFinite, one.TooLarge + other.TooLarge, one.NotPositive + other.NotPositive);

    public static Gaps Of(IEnumerable<double> values, AxisScale scale)
    {
        var gaps = default(Gaps);
        foreach (double value in values)
        {
            if (Plottable.IsOn(value, scale)) continue;
            gaps += !double.IsFinite(value) ? new Gaps(1, 0, 0) : Math.Abs(value) > Plottable.Largest ? new Gaps(0, 1, 0) : new Gaps(0, 0, 1);
        }

        return gaps;
    }

    /// <summary>A sentence for the reader, or null when everything is shown.</summary>
    public string? Sentence()
    {
        var parts = new List<string>(3);
        if (NotFinite > 0) parts.Add($"{Values(NotFinite)} not finite (NaN or infinite)");
        if (TooLarge > 0) parts.Add($"{Values(TooLarge)} beyond ±10³⁰⁰");
        if (NotPositive > 0) parts.Add($"{Values(NotPositive)} of 0 or below on a logarithmic scale");
        return parts.Count == 0 ? null : $"Not shown: {string.Join("; ", parts)}.";
    }

    private static string Values(int count) => count == 1 ? "1 value" : $"{count} values";
}
