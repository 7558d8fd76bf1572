using TorchRef.Experiments.Charts.Drawing;

namespace TorchRef.Experiments.Charts.Layout;

/// <summary>Gives the panels of a figure their places: equal plots, with room between them for what has to be written there.</summary>
internal sealed class GridLayout
{
    private const double SmallestPlot = 40;
    private const double ColumnGap = 12;
    private const double RowGap = 8;
    private const double MostNameShare = 0.35;
    private const int MostPasses = 40;
    private readonly IReadOnlyList<PanelCell> _cells;
    private readonly double[] _left;
    private readonly double[] _right;
    private readonly double[] _above;
    private readonly double[] _below;

    public GridLayout(IReadOnlyList<PanelCell> cells, int columns)
    {
        _cells = cells;
        int rows = cells.Max(cell => cell.Row) + 1;
        (_left, _right, _above, _below) = (new double[columns], new double[columns], new double[rows], new double[rows]);
    }

    public double PlotWidth { get; private set; }

    public double PlotHeight { get; private set; }

    /// <summary>From the top of the first plot to the bottom of the last.</summary>
    public double SpanHeight => _above.Length * PlotHeight + _above.Skip(1).Sum() + _below.SkipLast(1).Sum() + RowGap * (_above.Length - 1);

    /// <summary>From the left of the first plot to the right of the last.</summary>
    public double SpanWidth => _left.Length * PlotWidth + _left.Skip(1).Sum() + _right.SkipLast(1).Sum() + ColumnGap * (_left.Length - 1);

    public double Height => _above[0] + SpanHeight + _below[^1];

    public double LeftOfSpan => _left[0];

    public double AboveSpan => _above[0];

    /// <summary>Room that numbers and names of the first column take beside the span.</summary>
    public double LabelRoom => _cells.Where(cell => cell.Column == 0).Max(cell => cell.LabelRoom);

    /// <summary>Finds sizes for this width; <paramref name="beside"/> says how much of it is taken when the plots span that height.</summary>
    public void Solve(double width, double smallestHeight, Func<double, double> beside)
    {
        double taken = 0;
        // Numbers need room, which makes plots smaller, which may change the numbers: room only grows, so this ends.
        for (int pass = 0; pass < MostPasses; pass++)
        {
            PlotWidth = (width - taken - _left.Sum() - _right.Sum() - ColumnGap * (_left.Length - 1)) / _left.Length;
            if (PlotWidth < SmallestPlot)
                throw new ArgumentException($"Every plot needs room: expected at least {SmallestPlot} pixels for each of {_left.Length} column(s) beside their numbers and names but got {NumberText.Short(PlotWidth)}; widen the picture or use fewer columns.");
            double maxNameWidth = MostNameShare * width / _left.Length;
            PlotHeight = Math.Max(smallestHeight, _cells.Max(cell => Suitable(cell, maxNameWidth)));
            bool grown = false;
            foreach (PanelCell cell in _cells)
            {
                cell.Fit(PlotWidth, PlotHeight, maxNameWidth);
                grown |= Grow(_left, cell.Column, cell.Left) | Grow(_right, cell.Column, cell.Right) | Grow(_above, cell.Row, cell.Above) | Grow(_below, cell.Row, cell.Below);
            }

            double needed = beside(SpanHeight);
            grown |= needed > taken + 0.001;
            taken = Math.Max(taken, needed);
            if (!grown) break;
        }
    }

    /// <summary>Tells the cells their places.</summary>
    public void Place(double left, double top)
    {
        foreach (PanelCell cell in _cells)
        {
            double x = left + _left.Take(cell.Column + 1).Sum() + _right.Take(cell.Column).Sum() + cell.Column * (PlotWidth + ColumnGap);
            double y = top + _above.Take(cell.Row + 1).Sum() + _below.Take(cell.Row).Sum() + cell.Row * (PlotHeight + RowGap);
            cell.Area = new Box(x, y, PlotWidth, PlotHeight);
        }
    }

    private double Suitable(PanelCell cell, double maxNameWidth) =>
        cell.Chart.PlotHeight ?? Math.Max(cell.Chart.SuitableHeight(PlotWidth, cell.Alone), VerticalAxis.HeightForNames(cell.VerticalNeed, maxNameWidth));

    private static bool Grow(double[] rooms, int at, double needed)
    {
        if (needed <= rooms[at] + 0.001) return false;
        rooms[at] = needed;
        return true;
    }
}
