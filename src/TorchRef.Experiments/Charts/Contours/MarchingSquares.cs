using TorchRef.Experiments.Charts.Drawing;

namespace TorchRef.Experiments.Charts.Contours;

/// <summary>Lines of equal height through a grid of values.</summary>
/// <remarks>
/// A line crosses an edge of the grid where one end is at least as high as the level and the other is lower. Each square
/// has 0, 2 or 4 such crossings; with 4 the mean of its corners tells which belong together. Every crossing of an edge
/// inside the grid belongs to two squares, so pieces join to lines without a search for near points.
/// </remarks>
internal static class MarchingSquares
{
    /// <summary>The lines in grid coordinates; a closed one ends where it starts. Squares with a corner that isn't finite have none.</summary>
    public static List<List<Point>> Lines(FunctionGrid grid, double level)
    {
        var links = new Dictionary<int, List<int>>();
        for (int row = 0; row + 1 < grid.Y.Count; row++)
        {
            for (int column = 0; column + 1 < grid.X.Count; column++)
            {
                foreach ((int from, int to) in Pieces(grid, level, row, column))
                {
                    Link(links, from, to);
                    Link(links, to, from);
                }
            }
        }

        var lines = new List<List<Point>>();
        var used = new HashSet<int>();
        // Open lines from their ends first; what is left are rings.
        foreach (int edge in links.Keys.Where(edge => links[edge].Count == 1).Order().Concat(links.Keys.Order()).ToArray())
        {
            if (!used.Add(edge)) continue;
            List<Point> line = [At(grid, level, edge)];
            int here = edge;
            while (links[here].Where(next => !used.Contains(next)).Cast<int?>().FirstOrDefault() is int next)
            {
                used.Add(next);
                line.Add(At(grid, level, next));
                here = next;
            }

            if (line.Count > 2 && links[here].Contains(edge)) line.Add(line[0]);
            lines.Add(line);
        }

        return lines;
    }

    private static void Link(Dictionary<int, List<int>> links, int from, int to)
    {
        if (!links.TryGetValue(from, out List<int>? ends)) links[from] = ends = [];
        ends.Add(to);
    }

    /// <summary>The pieces of line inside one square, as pairs of edges.</summary>
    private static List<(int From, int To)> Pieces(FunctionGrid grid, double level, int row, int column)
    {
        double[,] values = grid.Values;
        double a = values[row, column], b = values[row, column + 1], c = values[row + 1, column + 1], d = values[row + 1, column];
        if (!double.IsFinite(a) || !double.IsFinite(b) || !double.IsFinite(c) || !double.IsFinite(d)) return [];
        (bool highA, bool highB, bool highC, bool highD) = (a >= level, b >= level, c >= level, d >= level);
        int bottom = Along(grid, row, column), top = Along(grid, row + 1, column), left = Up(grid, row, column), right = Up(grid, row, column + 1);
        if (highA == highC && highB == highD && highA != highB)
        {
            bool centre = a / 4 + b / 4 + c / 4 + d / 4 >= level;
            return centre == highA ? [(bottom, right), (left, top)] : [(bottom, left), (right, top)];
        }

        var crossed = new List<int>(2);
        if (highA != highB) crossed.Add(bottom);
        if (highB != highC) crossed.Add(right);
        if (highC != highD) crossed.Add(top);
        if (highD != highA) crossed.Add(left);
        return crossed.Count == 2 ? [(crossed[0], crossed[1])] : [];
    }

    /// <summary>Number of the edge from a crossing to its right.</summary>
    private static int Along(FunctionGrid grid, int row, int column) => 2 * (row * grid.X.Count + column);

    /// <summary>Number of the edge from a crossing to the row above.</summary>
    private static int Up(FunctionGrid grid, int row, int column) => Along(grid, row, column) + 1;

    /// <summary>Where the level crosses an edge, by linear interpolation.</summary>
    private static Point At(FunctionGrid grid, double level, int edge)
    {
        int row = edge / 2 / grid.X.Count, column = edge / 2 % grid.X.Count;
        bool up = edge % 2 == 1;
        double from = grid.Values[row, column], to = up ? grid.Values[row + 1, column] : grid.Values[row, column + 1];
        double part = (level / 2 - from / 2) / (to / 2 - from / 2);
        return up
            ? new Point(grid.X[column], grid.Y[row] + part * (grid.Y[row + 1] - grid.Y[row]))
            : new Point(grid.X[column] + part * (grid.X[column + 1] - grid.X[column]), grid.Y[row]);
    }
}
