namespace TorchRef.Experiments.Charts.Drawing;

/// <summary>A colour in both themes under one name.</summary>
/// <param name="Name">Short name for a style sheet.</param>
/// <param name="Light">Colour on a light ground, as <c>#rrggbb</c>.</param>
/// <param name="Dark">Colour on a dark ground, as <c>#rrggbb</c>.</param>
internal readonly record struct Paint(string Name, string Light, string Dark)
{
    public static readonly Paint Background = new("bg", "#ffffff", "#16191d");
    public static readonly Paint Text = new("text", "#1a1a1a", "#ececec");
    public static readonly Paint Muted = new("muted", "#505050", "#b4b8be");
    public static readonly Paint Axis = new("axis", "#4d4d4d", "#9aa0a6");
    public static readonly Paint Grid = new("grid", "#e6e6e6", "#2b3036");
    public static readonly Paint NoValue = new("none", "#9b9b9b", "#757b82");

    /// <summary>Colours that people with any of the common colour blindnesses tell apart, at least 3:1 against the ground.</summary>
    private static readonly Paint[] SeriesPaints =
    [
        new("s0", "#0067b1", "#5fb4f0"),
        new("s1", "#c94c00", "#ff9257"),
        new("s2", "#007d5e", "#3ecb9b"),
        new("s3", "#9a4386", "#e495cf"),
        new("s4", "#8a6400", "#e2bf45"),
        new("s5", "#3c3c3c", "#d2d2d2"),
    ];

    /// <summary>How many different colours series have before they repeat.</summary>
    public static int SeriesCount => SeriesPaints.Length;

    /// <summary>The colour of the series with this index, from 0.</summary>
    public static Paint Series(int index) => SeriesPaints[index % SeriesPaints.Length];
}
