using TorchRef.Experiments.Charts.Drawing;
using TorchRef.Experiments.Charts.Layout;

namespace TorchRef.Experiments.Charts.Terminal;

/// <summary>Draws several series with a mark for each.</summary>
internal static class TerminalMarks
{
    /// <summary>One mark per series and column, on the line between its points; where several meet, columns take turns.</summary>
    public static void Draw(IReadOnlyList<LineSeries> all, Frame frame, char[,] plot, string marks)
    {
        int rows = plot.GetLength(0), columns = plot.GetLength(1);
        var owners = new int[rows, columns];
        for (int i = 0; i < all.Count; i++)
        {
            LineSeries series = all[i];
            for (int k = 0; k < series.Y.Count; k++)
            {
                if (!frame.HasPlace(series.At(k), series.Y[k])) continue;
                Point here = At(frame, series, k, rows, columns);
                bool joined = k > 0 && frame.HasPlace(series.At(k - 1), series.Y[k - 1]);
                Point before = joined ? At(frame, series, k - 1, rows, columns) : here;
                if (Clip.Segment(before, here, new Box(0, 0, columns - 1, rows - 1)) is not (Point from, Point to)) continue;
                (int first, int last) = ((int)Math.Round(Math.Min(from.X, to.X)), (int)Math.Round(Math.Max(from.X, to.X)));
                for (int column = first; column <= last; column++)
                {
                    double part = to.X == from.X ? 1 : Math.Clamp((column - from.X) / (to.X - from.X), 0, 1);
                    int row = (int)Math.Round(from.Y + part * (to.Y - from.Y));
                    // Whose turn it is: the series whose number, counted from this column, comes first.
                    if (plot[row, column] != ' ' && Turn(owners[row, column], column, all.Count) <= Turn(i, column, all.Count)) continue;
                    (plot[row, column], owners[row, column]) = (marks[i % marks.Length], i);
                }
            }
        }
    }

    private static int Turn(int series, int column, int count) => (series + column) % count;

    private static Point At(Frame frame, LineSeries series, int index, int rows, int columns) => new(
        frame.Horizontal.Place(series.At(index)) * (columns - 1),
        (1 - frame.Vertical.Place(series.Y[index])) * (rows - 1));
}
