using TorchRef.Experiments.Charts.Drawing;

namespace TorchRef.Experiments.Charts.Layout;

/// <summary>The values that a panel shows as colours.</summary>
internal sealed record ColorNeed(ColorAxis Axis, DataRange Data)
{
    public ColorNeed Union(ColorNeed other)
    {
        if (Axis != other.Axis)
            throw new ArgumentException($"Panels of a figure share one scale of colours: expected {Axis} but got {other.Axis}.");
        return this with { Data = Data.Union(other.Data) };
    }
}

/// <summary>Gives each value its step on a scale of colours.</summary>
internal sealed class ColorMap
{
    public ColorMap(ColorNeed need)
    {
        Axis = need.Axis;
        if (Axis.Kind == ColorScaleKind.Diverging)
        {
            double end = Axis.Max ?? -Axis.Min ?? (need.Data.IsEmpty ? 1 : Math.Max(Math.Abs(need.Data.Min), Math.Abs(need.Data.Max)));
            if (end < 1e-290) end = 1;
            (Ramp, Scale) = (ColorRamp.Diverging, new Scale(AxisScale.Linear, -end, end));
        }
        else
        {
            (Ramp, Scale) = (ColorRamp.Sequential, new AxisNeed(Axis.AsAxis, need.Data, AxisPadding.None).Resolve());
        }
    }

    public ColorAxis Axis { get; }

    public ColorRamp Ramp { get; }

    public Scale Scale { get; }

    public bool HasPlace(double value) => Plottable.IsOn(value, Scale.Kind);

    public int Step(double value) => Ramp.Step(Scale.Place(value));

    public Paint Paint(double value) => Ramp[Step(value)];
}
