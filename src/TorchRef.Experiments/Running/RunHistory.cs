using System.Text.Json;
using TorchRef.Interop.DataViews;

namespace TorchRef.Experiments.Running;

/// <summary>The numbers of experiments as ML.NET's IDataView: a row for each, with the columns Run, Series, Step and Value.</summary>
public static class RunHistory
{
    /// <summary>The records of a run that is in memory.</summary>
    /// <param name="records">The numbers.</param>
    /// <param name="run">What stands in the column Run.</param>
    public static TableDataView Of(Records records, string run)
    {
        ArgumentNullException.ThrowIfNull(records);
        return SeriesTable.Long(records.Names.Select(name => new NamedSeries(run, name, records[name])));
    }

    /// <summary>What runs have left: the series of their results.json, one run after another.</summary>
    /// <param name="files">The files, at least one; the column Run names the experiment of each.</param>
    /// <exception cref="IOException">A file can't be read.</exception>
    /// <exception cref="InvalidDataException">A file isn't a results.json; the message is one line.</exception>
    public static TableDataView Read(params IReadOnlyList<string> files) => SeriesTable.Long(Series(files));

    /// <summary>The series of results.json files, for <see cref="SeriesTable.Wide"/> and others.</summary>
    /// <param name="files">The files, at least one.</param>
    /// <exception cref="IOException">A file can't be read.</exception>
    /// <exception cref="InvalidDataException">A file isn't a results.json; the message is one line.</exception>
    public static IReadOnlyList<NamedSeries> Series(params IReadOnlyList<string> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        if (files.Count == 0) throw new ArgumentException("A history is that of some runs: expected at least one results.json but got none", nameof(files));
        return [.. files.SelectMany(SeriesOf)];
    }

    private static List<NamedSeries> SeriesOf(string file)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(file));
            string run = json.RootElement.GetProperty("experiment").GetString()!;
            return [.. json.RootElement.GetProperty("series").EnumerateObject().Select(series => new NamedSeries(run, series.Name, [.. series.Value.EnumerateArray().Select(Exact.Of)]))];
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"A history is read from results.json: expected experiment and series but got: {error.Message.ReplaceLineEndings(" ")} ({file})", error);
        }
    }
}
