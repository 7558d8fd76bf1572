using TorchRef.Experiments.Charts.Layout;

namespace TorchRef.Experiments.Charts;

/// <summary>Values of a function of two variables at the crossings of a grid.</summary>
public sealed record FunctionGrid
{
    /// <summary>Places along the horizontal axis, rising; at least 2.</summary>
    public required IReadOnlyList<double> X { get; init; }

    /// <summary>Places along the vertical axis, rising; at least 2.</summary>
    public required IReadOnlyList<double> Y { get; init; }

    /// <summary>The values: one row per place in <see cref="Y"/>, one column per place in <see cref="X"/>.</summary>
    public required double[,] Values { get; init; }

    /// <summary>Asks a function at evenly spaced places.</summary>
    /// <param name="function">The function of x and y.</param>
    /// <param name="x">The horizontal range.</param>
    /// <param name="y">The vertical range.</param>
    /// <param name="count">Places along either axis; at least 2, 201 by default.</param>
    /// <exception cref="ArgumentException">A range doesn't rise or there are too few places.</exception>
    public static FunctionGrid Of(Func<double, double, double> function, (double Min, double Max) x, (double Min, double Max) y, int count = 201)
    {
        if (count < 2) throw new ArgumentException($"A grid has places: expected at least 2 along either axis but got {count}.");
        double[] columns = Places(x, count), rows = Places(y, count);
        var values = new double[count, count];
        for (int row = 0; row < count; row++)
        {
            for (int column = 0; column < count; column++) values[row, column] = function(columns[column], rows[row]);
        }

        return new FunctionGrid { X = columns, Y = rows, Values = values };
    }

    internal void Check()
    {
        Lengths.Check("Every place along the vertical axis has a row of values", "rows", Y.Count, Values.GetLength(0));
        Lengths.Check("Every place along the horizontal axis has a column of values", "columns", X.Count, Values.GetLength(1));
        foreach (IReadOnlyList<double> places in (ReadOnlySpan<IReadOnlyList<double>>)[X, Y])
        {
            if (places.Count < 2) throw new ArgumentException($"A grid has places: expected at least 2 along either axis but got {places.Count}.");
            for (int i = 1; i < places.Count; i++)
            {
                if (!(places[i] > places[i - 1]) || !double.IsFinite(places[i] - places[i - 1]))
                    throw new ArgumentException($"Places of a grid rise: expected one above {NumberText.Exact(places[i - 1])} but got {NumberText.Exact(places[i])}.");
            }
        }
    }

    private static double[] Places((double Min, double Max) range, int count)
    {
        if (!(range.Max > range.Min && double.IsFinite(range.Max - range.Min)))
            throw new ArgumentException($"Places of a grid rise: expected a range that ends above {NumberText.Exact(range.Min)} but got {NumberText.Exact(range.Max)}.");
        return [.. Enumerable.Range(0, count).Select(i => i == count - 1 ? range.Max : range.Min + i * ((range.Max - range.Min) / (count - 1)))];
    }
}
