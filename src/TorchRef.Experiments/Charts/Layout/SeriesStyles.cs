using TorchRef.Experiments.Charts.Drawing;

namespace TorchRef.Experiments.Charts.Layout;

/// <summary>Gives each name of a series one look, in all panels of a figure.</summary>
internal sealed class SeriesStyles
{
    private static readonly LineDash[] Dashes = [LineDash.Solid, LineDash.Dashed, LineDash.Dotted, LineDash.DashDot, LineDash.LongDash];
    private static readonly Marker[] MarkerOrder = [Marker.Circle, Marker.Triangle, Marker.Square, Marker.Diamond, Marker.Cross, Marker.TriangleDown, Marker.Ring, Marker.Plus];
    private readonly Dictionary<string, int> _places = [];

    public SeriesStyles(IEnumerable<string> names)
    {
        foreach (string name in names) _places.TryAdd(name, _places.Count);
    }

    /// <summary>How many different names there are.</summary>
    public int Count => _places.Count;

    public int Place(string name) => _places[name];

    /// <summary>Colour by place or by the number that the series asks for.</summary>
    public Paint PaintOf(string name, int? wanted = null) => Paint.Series(wanted ?? Place(name));

    /// <summary>A series alone is solid.</summary>
    public LineDash DashOf(string name, LineDash? wanted = null) => wanted ?? (Count < 2 ? LineDash.Solid : Dashes[Place(name) % Dashes.Length]);

    /// <summary>A series alone needs no marks.</summary>
    public Marker MarkerOf(string name, Marker? wanted = null) => wanted ?? (Count < 2 ? Marker.None : MarkerOrder[Place(name) % MarkerOrder.Length]);
}
