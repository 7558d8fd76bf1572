namespace TorchRef.Interop.DataViews;

/// <summary>Series of numbers, such as losses over epochs, as a table.</summary>
public static class SeriesTable
{
    private const string StepColumn = "Step";

    /// <summary>A row for each number: Run and Series (text), Step (Int64, from 0), Value (Double). What ML.NET filters and groups.</summary>
    /// <param name="series">The series, in order; a run's lie together or not.</param>
    public static TableDataView Long(IEnumerable<NamedSeries> series)
    {
        ArgumentNullException.ThrowIfNull(series);
        var (runs, names, steps, values) = (new List<string>(), new List<string>(), new List<long>(), new List<double>());
        foreach (var (run, name, numbers) in series)
        {
            for (var step = 0; step < numbers.Count; step++)
            {
                runs.Add(run);
                names.Add(name);
                steps.Add(step);
                values.Add(numbers[step]);
            }
        }
        return new TableDataView(TableColumn.Of("Run", runs), TableColumn.Of("Series", names), TableColumn.Of(StepColumn, steps), TableColumn.Of("Value", values));
    }

    /// <summary>A row for each step: Step (Int64, from 0), and a column (Double) for each series by its name, NaN after its end. What charts and regressions take.</summary>
    /// <param name="series">Series of one run, of different names, none of them Step; at least one.</param>
    /// <exception cref="ArgumentException">There are none, or two columns would have the same name.</exception>
    public static TableDataView Wide(IEnumerable<NamedSeries> series)
    {
        ArgumentNullException.ThrowIfNull(series);
        NamedSeries[] all = [.. series];
        if (all.Length == 0) throw new ArgumentException("a table of series has columns: expected at least one series but got none", nameof(series));
        if (all.Select(one => one.Name).Append(StepColumn).GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"a column of a wide table is a series: expected different names, and none {StepColumn}, but got {twice.Key} twice", nameof(series));
        var rows = all.Max(one => one.Values.Count);
        long[] steps = [.. Enumerable.Range(0, rows)];
        return new TableDataView([TableColumn.Of(StepColumn, steps), .. all.Select(one => TableColumn.Of(one.Name, Padded(one.Values, rows)))]);
    }

    private static double[] Padded(IReadOnlyList<double> values, int length) => [.. values, .. Enumerable.Repeat(double.NaN, length - values.Count)];
}
