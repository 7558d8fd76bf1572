using TorchRef.Experiments.Charts.Drawing;

namespace TorchRef.Experiments.Charts.Layout;

/// <summary>A panel at its place in the grid of a figure, and what was found for it so far.</summary>
internal sealed class PanelCell(PanelChart chart, int row, int column, AxisNeed horizontalNeed, AxisNeed verticalNeed)
{
    public const double TickLength = 4;
    public const double TickGap = 3;
    public const double TitleGap = 6;

    public PanelChart Chart => chart;

    public int Row => row;

    public int Column => column;

    public AxisNeed HorizontalNeed => horizontalNeed;

    public AxisNeed VerticalNeed => verticalNeed;

    /// <summary>Whether numbers stand below this panel, or only below another one of its column.</summary>
    public bool LabelsBelow { get; set; } = true;

    /// <summary>Whether numbers stand left of this panel, or only left of the first of its row.</summary>
    public bool LabelsLeft { get; set; } = true;

    /// <summary>Whether the panel's title is the figure's.</summary>
    public bool Alone { get; init; }

    /// <summary>Titles of the axes where they aren't common to all panels.</summary>
    public bool OwnHorizontalTitle { get; init; }

    /// <inheritdoc cref="OwnHorizontalTitle"/>
    public bool OwnVerticalTitle { get; init; }

    public HorizontalAxis Horizontal { get; private set; } = null!;

    public VerticalAxis Vertical { get; private set; } = null!;

    public IReadOnlyList<string> TitleLines { get; private set; } = [];

    public IReadOnlyList<string> HorizontalTitle { get; private set; } = [];

    public IReadOnlyList<string> VerticalTitle { get; private set; } = [];

    public Box Area { get; set; }

    /// <summary>Room above the plot.</summary>
    public double Above => TitleLines.Count == 0 ? 8 : TextMetrics.Height(TitleLines.Count, FontSizes.PanelTitle) + 7;

    /// <summary>Room below the plot.</summary>
    public double Below => LabelsBelow ? TickLength + TickGap + Horizontal.Height + TitleRoom(HorizontalTitle) : 6;

    /// <summary>Room left of the plot for its numbers or names and its own title.</summary>
    public double LabelRoom => LabelsLeft ? TickLength + TickGap + Vertical.Width + TitleRoom(VerticalTitle) : 0;

    /// <summary>Room left of the plot.</summary>
    public double Left => LabelsBelow ? Math.Max(LabelRoom, Horizontal.OverhangLeft) : LabelRoom;

    /// <summary>Room right of the plot.</summary>
    public double Right => LabelsBelow ? Horizontal.OverhangRight : 0;

    /// <summary>Chooses ticks and breaks titles for a plot of this size.</summary>
    public void Fit(double plotWidth, double plotHeight, double maxNameWidth)
    {
        Horizontal = HorizontalAxis.Fit(HorizontalNeed, plotWidth);
        Vertical = VerticalAxis.Fit(VerticalNeed, plotHeight, maxNameWidth);
        TitleLines = Alone ? [] : TextWrap.Lines(chart.Title, FontSizes.PanelTitle, plotWidth);
        HorizontalTitle = OwnHorizontalTitle && LabelsBelow ? TextWrap.Lines(chart.HorizontalNeed.Axis.Caption, FontSizes.AxisTitle, plotWidth) : [];
        VerticalTitle = OwnVerticalTitle && LabelsLeft ? TextWrap.Lines(chart.VerticalNeed.Axis.Caption, FontSizes.AxisTitle, plotHeight) : [];
    }

    private static double TitleRoom(IReadOnlyList<string> lines) =>
        lines.Count == 0 ? 0 : TitleGap + TextMetrics.Height(lines.Count, FontSizes.AxisTitle);
}
