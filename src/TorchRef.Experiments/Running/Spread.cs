using TorchRef.Experiments.Charts;
using TorchRef.Experiments.Charts.Layout;

namespace TorchRef.Experiments.Running;

/// <summary>Mean and spread over seeds.</summary>
internal static class Spread
{
    public static double Mean(IReadOnlyList<double> values) => values.Count == 0 ? double.NaN : values.Average();

    /// <summary>The standard deviation with n − 1 in the denominator; 0 for a single value.</summary>
    public static double Deviation(IReadOnlyList<double> values)
    {
        if (values.Count < 2) return 0;
        double mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1));
    }

    /// <summary>The mean of what multiplies, such as ratios.</summary>
    public static double GeometricMean(IReadOnlyList<double> values) => values.Count == 0 ? double.NaN : Math.Exp(values.Average(Math.Log));

    /// <summary>The mean, with the deviation behind it where there are several values.</summary>
    public static string Text(IReadOnlyList<double> values, int digits = 3) =>
        values.Count == 0 ? "–" : values.Count == 1 ? Number(values[0], digits) : $"{Number(Mean(values), digits)} ± {Number(Deviation(values), 2)}";

    /// <summary>The same for accuracies and other shares of a whole, which all have three decimals.</summary>
    public static string Share(IReadOnlyList<double> values) =>
        values.Count == 0 ? "–" : values.Count == 1 ? Share(values[0]) : $"{Share(Mean(values))} ± {Share(Deviation(values))}";

    /// <summary>A share of a whole, with three decimals.</summary>
    public static string Share(double value) => NumberText.Fixed(value, 3);

    public static string Number(double value, int digits = 3) => NumberText.Short(value, digits);

    public static string Percent(double share) => $"{Number(100 * share)} %";

    /// <summary>A bar for the mean of each category, with whiskers of one deviation where there are several values.</summary>
    /// <param name="name">What the bars are.</param>
    /// <param name="categories">The values of each category; one without values has no bar.</param>
    public static BarSeries Bars(string name, IEnumerable<IReadOnlyList<double>> categories)
    {
        List<IReadOnlyList<double>> all = [.. categories];
        double[] means = [.. all.Select(Mean)], deviations = [.. all.Select(Deviation)];
        if (all.All(values => values.Count < 2)) return new BarSeries(name, means);
        return new BarSeries(name, means) { Low = [.. means.Zip(deviations, (mean, deviation) => mean - deviation)], High = [.. means.Zip(deviations, (mean, deviation) => mean + deviation)] };
    }

    /// <summary>A line through the means at each place, with a band of one deviation to either side where there are several values.</summary>
    /// <param name="name">What the line is.</param>
    /// <param name="x">The places.</param>
    /// <param name="values">The values at each place, at least one.</param>
    public static LineSeries Line(string name, IReadOnlyList<double> x, IReadOnlyList<IReadOnlyList<double>> values)
    {
        BarSeries means = Bars(name, values);
        return new LineSeries(name, means.Values) { X = x, Low = means.Low, High = means.High };
    }

    /// <summary>Such as <c>mean and standard deviation of 5 seeds</c>.</summary>
    public static string Caption(int seeds) => seeds == 1 ? "One seed." : $"Mean of {seeds} seeds; ± and bands are one standard deviation.";
}
