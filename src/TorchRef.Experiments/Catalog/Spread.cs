using TorchRef.Experiments.Charts.Layout;

namespace TorchRef.Experiments.Catalog;

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

    public static string Number(double value, int digits = 3) => NumberText.Short(value, digits);

    public static string Percent(double share) => $"{Number(100 * share)} %";

    /// <summary>Such as <c>mean and standard deviation of 5 seeds</c>.</summary>
    public static string Caption(int seeds) => seeds == 1 ? "One seed." : $"Mean of {seeds} seeds; ± and bands are one standard deviation.";
}
