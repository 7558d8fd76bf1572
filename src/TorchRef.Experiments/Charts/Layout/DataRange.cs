namespace TorchRef.Experiments.Charts.Layout;

/// <summary>The smallest and largest value that an axis has a place for.</summary>
/// <param name="Min">Smallest; +∞ when there is none.</param>
/// <param name="Max">Largest; −∞ when there is none.</param>
/// <param name="Whole">Whether all values are whole numbers.</param>
internal readonly record struct DataRange(double Min, double Max, bool Whole)
{
    public static readonly DataRange Nothing = new(double.PositiveInfinity, double.NegativeInfinity, true);

    public bool IsEmpty => Min > Max;

    public static DataRange Of(IEnumerable<double> values, AxisScale scale)
    {
        DataRange range = Nothing;
        foreach (double value in values)
        {
            if (!Plottable.IsOn(value, scale)) continue;
            range = new DataRange(Math.Min(range.Min, value), Math.Max(range.Max, value), range.Whole && Math.Floor(value) == value);
        }

        return range;
    }

    public DataRange Union(DataRange other) => new(Math.Min(Min, other.Min), Math.Max(Max, other.Max), Whole && other.Whole);
}
