namespace TorchRef.Experiments.Charts.Layout;

/// <summary>Which values have a place on an axis.</summary>
internal static class Plottable
{
    /// <summary>Beyond this, differences of values overflow.</summary>
    public const double Largest = 1e300;

    public static bool IsOn(double value, AxisScale scale) =>
        double.IsFinite(value) && Math.Abs(value) <= Largest && (scale == AxisScale.Linear || value > 0);
}
