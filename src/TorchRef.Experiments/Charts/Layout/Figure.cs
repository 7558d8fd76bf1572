using TorchRef.Experiments.Charts.Drawing;

namespace TorchRef.Experiments.Charts.Layout;

/// <summary>One chart or a grid of them with everything around: title, legend, scale of colours, notes and caption.</summary>
internal sealed class Figure
{
    private const double Edge = 14;
    private const double EndLabelShare = 0.26;
    private readonly Chart _chart;
    private readonly IReadOnlyList<PanelChart> _panels;
    private readonly IReadOnlyList<PanelCell> _cells;
    private readonly GridLayout _grid;
    private readonly SeriesStyles _styles;
    private readonly ColorMap? _colors;
    private readonly string? _commonHorizontal;
    private readonly string? _commonVertical;

    public Figure(PanelChart alone)
        : this(alone, [alone], 1, true, true)
    {
    }

    public Figure(SmallMultiples grid)
        : this(grid, grid.Panels, Math.Min(grid.Columns, grid.Panels.Count), grid.ShareHorizontal, grid.ShareVertical)
    {
    }

    private Figure(Chart chart, IReadOnlyList<PanelChart> panels, int columns, bool shareHorizontal, bool shareVertical)
    {
        foreach (PanelChart panel in panels) panel.Check();
        (_chart, _panels) = (chart, panels);
        _styles = new SeriesStyles(panels.SelectMany(panel => panel.SeriesNames));
        ColorNeed[] colors = [.. panels.Select(panel => panel.ColorNeed).OfType<ColorNeed>()];
        _colors = colors.Length == 0 ? null : new ColorMap(colors.Aggregate((all, next) => all.Union(next)));
        _commonHorizontal = Common(panels.Select(panel => panel.HorizontalNeed.Axis.Caption));
        _commonVertical = Common(panels.Select(panel => panel.VerticalNeed.Axis.Caption));
        AxisNeed[] horizontal = Shared([.. panels.Select(panel => panel.HorizontalNeed)], shareHorizontal, "horizontal");
        AxisNeed[] vertical = Shared([.. panels.Select(panel => panel.VerticalNeed)], shareVertical, "vertical");
        _cells = [.. panels.Select((panel, i) => new PanelCell(panel, i / columns, i % columns, horizontal[i], vertical[i])
        {
            Alone = ReferenceEquals(panel, chart),
            LabelsBelow = !shareHorizontal || i + columns >= panels.Count,
            LabelsLeft = !shareVertical || i % columns == 0,
            OwnHorizontalTitle = _commonHorizontal is null,
            OwnVerticalTitle = _commonVertical is null,
        })];
        _grid = new GridLayout(_cells, columns);
    }

    /// <summary>Draws everything and returns the height.</summary>
    public double Draw(SvgCanvas canvas)
    {
        double room = _chart.Width - 2 * Edge, y = Edge;
        IReadOnlyList<string> title = TextWrap.Lines(_chart.Title, FontSizes.Title, room);
        canvas.TextBlock(title, Edge, y, FontSizes.Title, Paint.Text);
        y += title.Count == 0 ? 0 : TextMetrics.Height(title.Count, FontSizes.Title) + 10;
        EndLabelLayout? ends = EndLabels(room);
        if (ends is null) y += DrawLegend(canvas, y, room);

        ColorBar? bar = null;
        IReadOnlyList<string> upright = [];
        _grid.Solve(room, ends is null || _panels[0].PlotHeight is not null ? 0 : ends.Height, span =>
        {
            bar = _colors is null ? null : new ColorBar(_colors, span);
            upright = TextWrap.Lines(_commonVertical, FontSizes.AxisTitle, span);
            return UprightRoom(upright) + (bar?.Width ?? 0) + (ends?.Width ?? 0);
        });
        double left = Edge + UprightRoom(upright);
        _grid.Place(left, y);
        foreach (PanelCell cell in _cells)
        {
            var frame = new Frame(cell.Area, cell.Horizontal.Scale, cell.Vertical.Scale, _styles, _colors);
            PanelPainter.Draw(canvas, cell, frame);
            ends?.Draw(canvas, frame);
        }

        double plotTop = y + _grid.AboveSpan, plotLeft = left + _grid.LeftOfSpan;
        PanelPainter.UprightTitle(canvas, upright, plotLeft - _grid.LabelRoom - UprightRoom(upright), plotTop + _grid.SpanHeight / 2);
        bar?.Draw(canvas, _chart.Width - Edge - bar.Width, plotTop, _grid.SpanHeight);
        y += _grid.Height;
        IReadOnlyList<string> below = TextWrap.Lines(_commonHorizontal, FontSizes.AxisTitle, Math.Min(_grid.SpanWidth, room));
        if (below.Count > 0)
        {
            y += PanelCell.TitleGap;
            canvas.TextBlock(below, plotLeft + _grid.SpanWidth / 2, y, FontSizes.AxisTitle, Paint.Text, "middle");
            y += TextMetrics.Height(below.Count, FontSizes.AxisTitle);
        }

        return DrawNotes(canvas, y, room) + Edge;
    }

    private EndLabelLayout? EndLabels(double room)
    {
        if (_panels is not [PanelChart alone] || !_cells[0].Alone || alone.EndLabels(_styles) is not { } labels) return null;
        var ends = new EndLabelLayout(labels, EndLabelShare * room);
        return alone.PlotHeight < ends.Height ? null : ends;
    }

    private double DrawLegend(SvgCanvas canvas, double top, double room)
    {
        LegendItem[] items = [.. _panels.SelectMany(panel => panel.Legend(_styles)).GroupBy(item => item.Name)
            .Select(same => same.First() with { IsEmpty = same.All(item => item.IsEmpty) })];
        if (items.Length == 0) return 0;
        var legend = new LegendLayout(items, room);
        legend.Draw(canvas, Edge, top);
        return legend.Height + 10;
    }

    private double DrawNotes(SvgCanvas canvas, double y, double room)
    {
        Gaps gaps = _panels.Aggregate(default(Gaps), (sum, panel) => sum + panel.Gaps);
        IEnumerable<string?> captions = ReferenceEquals(_panels[0], _chart) ? [_chart.Caption] : [.. _panels.Select(panel => panel.Caption), _chart.Caption];
        IEnumerable<string?> notes = [.. _panels.SelectMany(panel => panel.Notes), gaps.Sentence(), .. captions];
        foreach (string? note in notes.Distinct())
        {
            IReadOnlyList<string> lines = TextWrap.Lines(note, FontSizes.Note, room);
            if (lines.Count == 0) continue;
            y += 8;
            canvas.TextBlock(lines, Edge, y, FontSizes.Note, Paint.Muted);
            y += TextMetrics.Height(lines.Count, FontSizes.Note);
        }

        return y;
    }

    private static double UprightRoom(IReadOnlyList<string> lines) =>
        lines.Count == 0 ? 0 : TextMetrics.Height(lines.Count, FontSizes.AxisTitle) + PanelCell.TitleGap;

    /// <summary>The caption that all panels have, or null when they differ.</summary>
    private static string? Common(IEnumerable<string> captions) => captions.Distinct().ToArray() is [string only] ? only : null;

    private static AxisNeed[] Shared(AxisNeed[] needs, bool share, string name)
    {
        if (!share) return needs;
        AxisNeed all = needs.Aggregate((all, next) => all.Union(next, name));
        return [.. needs.Select(_ => all)];
    }
}
