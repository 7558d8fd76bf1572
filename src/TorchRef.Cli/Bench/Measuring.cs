using System.Globalization;
using Spectre.Console;

namespace TorchRef.Cli.Bench;

/// <summary>What the commands that measure have in common: a line that says what is measured, and a table of times.</summary>
internal static class Measuring
{
    /// <summary>Measures while a line says what.</summary>
    /// <param name="console">Where the line is shown.</param>
    /// <param name="stop">Ends the other programs that are asked, and so the measurement.</param>
    /// <param name="measure">Tells what it is at.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static T Run<T>(IAnsiConsole console, CancellationToken stop, Func<Action<string>, T> measure)
    {
        try
        {
            return console.Status().Start("measuring ...", status => measure(text => status.Status($"measuring {Markup.Escape(text)} ...")));
        }
        catch (IOException) when (stop.IsCancellationRequested)
        {
            // A peer was ended while it was being asked.
            throw new OperationCanceledException(stop);
        }
    }

    /// <summary>The best and the median of each contender's rounds, in seconds; one that wasn't timed is left out.</summary>
    public static void WriteTimes(IAnsiConsole console, params IReadOnlyList<(string contender, IReadOnlyList<double> seconds)> rows)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("", "best, s", "median, s");
        table.Columns[1].RightAligned();
        table.Columns[2].RightAligned();
        foreach (var (contender, seconds) in rows)
            if (seconds.Count > 0) table.AddRow(contender, Text(seconds.Min()), Text(TimedCheck.MedianOf(seconds)));
        console.Write(table);

        static string Text(double seconds) => seconds.ToString("F2", CultureInfo.InvariantCulture);
    }
}
