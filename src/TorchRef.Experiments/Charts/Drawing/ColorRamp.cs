using System.Globalization;

namespace TorchRef.Experiments.Charts.Drawing;

/// <summary>A scale of colours in steps; more is farther from the ground in either theme.</summary>
internal sealed class ColorRamp
{
    /// <summary>From little to much, in steps of growing contrast with the ground.</summary>
    public static readonly ColorRamp Sequential = new("q", 32, ["#dde8f3", "#9dc4e6", "#5396cb", "#1f62a0", "#0a2a52"], ["#233140", "#2c557e", "#3d86be", "#86bfe9", "#e6f3ff"]);

    /// <summary>From negative (blue) over 0 (the ground) to positive (orange); an odd number of steps, so that 0 has its own.</summary>
    public static readonly ColorRamp Diverging = new("d", 33, ["#08306b", "#4f97d0", "#f5f5f5", "#eb9a55", "#a13d06"], ["#b5dbff", "#3d7fba", "#23272c", "#bf672c", "#ffbf91"]);

    private readonly Paint[] _steps;

    private ColorRamp(string name, int count, string[] light, string[] dark)
    {
        _steps = [.. Enumerable.Range(0, count).Select(step => new Paint($"{name}{step}", Between(light, step / (count - 1.0)), Between(dark, step / (count - 1.0))))];
    }

    public int Count => _steps.Length;

    public Paint this[int step] => _steps[step];

    /// <summary>The step for a part of the way from 0 to 1.</summary>
    public int Step(double part) => Math.Clamp((int)Math.Floor(part * Count), 0, Count - 1);

    /// <summary>The colour at a part of the way along the anchors, mixed in sRGB.</summary>
    private static string Between(string[] anchors, double part)
    {
        double place = part * (anchors.Length - 1);
        int below = Math.Min((int)place, anchors.Length - 2);
        string mixed = "#";
        for (int channel = 1; channel < 7; channel += 2)
        {
            int from = Hex(anchors[below], channel), to = Hex(anchors[below + 1], channel);
            mixed += ((int)Math.Round(from + (place - below) * (to - from))).ToString("x2", CultureInfo.InvariantCulture);
        }

        return mixed;
    }

    private static int Hex(string color, int at) => int.Parse(color.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
