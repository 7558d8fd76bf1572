namespace TorchRef.Experiments.Charts.Layout;

/// <summary>Places values along a length: 0 is where the axis starts, 1 where it ends.</summary>
internal sealed record Scale(AxisScale Kind, double Min, double Max, bool Reversed = false)
{
    /// <summary>The place of a value; outside 0 to 1 when it lies beyond the axis.</summary>
    public double Place(double value)
    {
        double place = Kind == AxisScale.Log
            ? (Math.Log10(value) - Math.Log10(Min)) / (Math.Log10(Max) - Math.Log10(Min))
            : (value - Min) / (Max - Min);
        return Reversed ? 1 - place : place;
    }

    public bool Shows(double value) => Plottable.IsOn(value, Kind) && value >= Min && value <= Max;
}
