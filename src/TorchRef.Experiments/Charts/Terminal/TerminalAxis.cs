using System.Text;
using TorchRef.Experiments.Charts.Layout;

namespace TorchRef.Experiments.Charts.Terminal;

/// <summary>Numbers at the places of an axis that is so many characters long.</summary>
internal sealed class TerminalAxis
{
    private const int MostTicks = 9;
    private readonly SortedDictionary<int, string> _labels = [];
    private readonly int _length;

    public TerminalAxis(Scale scale, IReadOnlyList<Tick> ticks, int length, Func<string, string> plain)
    {
        _length = length;
        foreach (Tick tick in ticks.Where(tick => !tick.IsMinor))
        {
            int place = (int)Math.Round(scale.Place(tick.Value) * (length - 1));
            if (place >= 0 && place < length) _labels.TryAdd(place, plain(tick.Label));
        }
    }

    /// <summary>Columns of the widest label.</summary>
    public int LabelWidth => _labels.Count == 0 ? 0 : _labels.Values.Max(TerminalWidth.Of);

    /// <summary>A horizontal axis with as many numbers as fit beside each other.</summary>
    public static TerminalAxis Fit(Scale scale, AxisNeed need, int length, Func<string, string> plain)
    {
        for (int count = MostTicks; ; count--)
        {
            var axis = new TerminalAxis(scale, Ticks.Find(scale, need, count), length, plain);
            if (count <= 1 || axis.FitsBeside()) return axis;
        }
    }

    /// <summary>The label at a place, counted from the start of the axis; null where there is none.</summary>
    public string? LabelAt(int place) => _labels.GetValueOrDefault(place);

    /// <summary>The line of a horizontal axis, with a mark above each number.</summary>
    public string Rule(bool unicode) =>
        string.Concat(Enumerable.Range(0, _length).Select(place => _labels.ContainsKey(place) ? unicode ? '┬' : '+' : unicode ? '─' : '-'));

    /// <summary>The numbers below a horizontal axis, centred on their places, inside its ends.</summary>
    public string Labels()
    {
        var line = new StringBuilder();
        foreach ((int place, string label) in _labels)
        {
            int start = Start(place, label);
            if (start < line.Length) continue;
            line.Append(' ', start - line.Length).Append(label);
        }

        return line.ToString();
    }

    private bool FitsBeside()
    {
        int free = 0;
        foreach ((int place, string label) in _labels)
        {
            if (Start(place, label) < free) return false;
            free = Start(place, label) + TerminalWidth.Of(label) + 2;
        }

        return true;
    }

    private int Start(int place, string label) =>
        Math.Max(Math.Min(place - (TerminalWidth.Of(label) - 1) / 2, _length - TerminalWidth.Of(label)), 0);
}
