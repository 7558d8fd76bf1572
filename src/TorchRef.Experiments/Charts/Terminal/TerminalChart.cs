using System.Text;
using TorchRef.Experiments.Charts.Drawing;
using TorchRef.Experiments.Charts.Layout;
using TorchRef.Experiments.Charts.Terminal;

namespace TorchRef.Experiments.Charts;

/// <summary>Draws a line chart as text, for a terminal or a log.</summary>
/// <remarks>
/// One series is a curve of braille dots; several are told apart by their marks. Without Unicode everything is plain
/// ASCII. Lines have no colours and no blanks at their ends, and never more columns than asked for. Bands aren't drawn.
/// </remarks>
public static class TerminalChart
{
    /// <summary>Fewest columns that a chart takes.</summary>
    public const int SmallestWidth = 30;

    /// <summary>Fewest rows of the plot.</summary>
    public const int SmallestHeight = 3;

    private const string Marks = "●▲■◆○△□◇";
    private const string AsciiMarks = "*o+x#@%&";

    /// <summary>The chart as lines of text.</summary>
    /// <param name="chart">What to draw.</param>
    /// <param name="width">Columns of the whole; 80 by default, at least <see cref="SmallestWidth"/>.</param>
    /// <param name="height">Rows of the plot without titles and numbers; 15 by default, at least <see cref="SmallestHeight"/>.</param>
    /// <param name="unicode">Whether the output can show more than ASCII; true by default. Names are written as they are.</param>
    /// <exception cref="ArgumentException">The parts of the chart contradict each other, or there is no room.</exception>
    public static string Draw(LineChart chart, int width = 80, int height = 15, bool unicode = true)
    {
        if (width < SmallestWidth) throw new ArgumentException($"A chart in a terminal needs room: expected at least {SmallestWidth} columns but got {width}.");
        if (height < SmallestHeight) throw new ArgumentException($"A chart in a terminal needs room: expected at least {SmallestHeight} rows but got {height}.");
        chart.Check();
        Func<string, string> plain = unicode ? text => text : Ascii;
        Scale vertical = chart.VerticalNeed.Resolve(), horizontal = chart.HorizontalNeed.Resolve();
        var left = new TerminalAxis(vertical, Ticks.Find(vertical, chart.VerticalNeed, Math.Max(height / 3, 2)), height, plain);
        int margin = Math.Min(left.LabelWidth, width / 2) + 2, columns = width - margin;
        var below = TerminalAxis.Fit(horizontal, chart.HorizontalNeed, columns, plain);

        var text = new StringBuilder();
        void Write(string line) => text.Append(line.TrimEnd()).Append('\n');
        void WriteWords(string words)
        {
            foreach (string line in TerminalWidth.Wrap(plain(OneLine(words)), width)) Write(line);
        }

        WriteWords(chart.Title);
        WriteWords(chart.YAxis.Caption);
        char[,] plot = Plot(chart, new Frame(new Box(0, 0, columns, height), horizontal, vertical, new SeriesStyles([]), null), columns, height, unicode);
        for (int row = 0; row < height; row++)
        {
            string label = left.LabelAt(height - 1 - row) ?? "";
            string wall = unicode ? label.Length > 0 ? " ┤" : " │" : label.Length > 0 ? " +" : " |";
            Write(new string(' ', margin - 2 - TerminalWidth.Of(label)) + label + wall + string.Concat(Enumerable.Range(0, columns).Select(column => plot[row, column])));
        }

        Write(new string(' ', margin - 1) + (unicode ? "└" : "+") + below.Rule(unicode));
        Write(new string(' ', margin) + below.Labels());
        foreach (string line in TerminalWidth.Wrap(plain(OneLine(chart.XAxis.Caption)), columns)) Write(Centred(line, margin, columns));
        foreach (string line in Legend(chart, width, unicode)) Write(line);
        if (chart.Gaps.Sentence() is string gaps) WriteWords(gaps);
        return text.ToString();
    }

    private static char[,] Plot(LineChart chart, Frame frame, int columns, int height, bool unicode)
    {
        var plot = new char[height, columns];
        for (int row = 0; row < height; row++)
        {
            for (int column = 0; column < columns; column++) plot[row, column] = ' ';
        }

        if (chart.Series.Count == 1 && unicode) Curve(chart.Series[0], frame, plot);
        else if (chart.Series.Count > 0) TerminalMarks.Draw(chart.Series, frame, plot, unicode ? Marks : AsciiMarks);
        return plot;
    }

    private static void Curve(LineSeries series, Frame frame, char[,] plot)
    {
        var dots = new DotCanvas(plot.GetLength(1), plot.GetLength(0));
        var area = new Box(0, 0, dots.Width - 1, dots.Height - 1);
        Frame fine = frame with { Area = area };
        for (int i = 0; i < series.Y.Count; i++)
        {
            if (!fine.HasPlace(series.At(i), series.Y[i])) continue;
            Point here = fine.At(series.At(i), series.Y[i]);
            Point before = i > 0 && fine.HasPlace(series.At(i - 1), series.Y[i - 1]) ? fine.At(series.At(i - 1), series.Y[i - 1]) : here;
            if (Clip.Segment(before, here, area) is (Point from, Point to))
                dots.Line((int)Math.Round(from.X), (int)Math.Round(from.Y), (int)Math.Round(to.X), (int)Math.Round(to.Y));
        }

        for (int row = 0; row < plot.GetLength(0); row++)
        {
            for (int column = 0; column < plot.GetLength(1); column++) plot[row, column] = dots.At(row, column);
        }
    }

    private static IEnumerable<string> Legend(LineChart chart, int width, bool unicode)
    {
        if (chart.Series.Count < 2) yield break;
        string marks = unicode ? Marks : AsciiMarks, line = "";
        foreach ((LineSeries series, int i) in chart.Series.Select((series, i) => (series, i)))
        {
            string item = $"{marks[i % marks.Length]} {(unicode ? OneLine(series.Name) : Ascii(OneLine(series.Name)))}";
            if (line.Length > 0 && TerminalWidth.Of(line) + 3 + TerminalWidth.Of(item) > width)
            {
                yield return line;
                line = "";
            }

            IReadOnlyList<string> wrapped = TerminalWidth.Wrap(item, width);
            foreach (string full in wrapped.SkipLast(1)) yield return full;
            line += line.Length == 0 ? wrapped[^1] : $"   {item}";
        }

        yield return line;
    }

    private static string Centred(string text, int margin, int columns) =>
        new string(' ', margin + Math.Max((columns - TerminalWidth.Of(text)) / 2, 0)) + text;

    private static string OneLine(string text) =>
        string.Concat(text.EnumerateRunes().Select(rune => Rune.IsControl(rune) ? " " : rune.ToString()));

    /// <summary>Signs that charts use, in ASCII; other characters, such as those of names, become question marks.</summary>
    private static string Ascii(string text)
    {
        var ascii = new StringBuilder();
        bool raised = false;
        foreach (Rune rune in text.EnumerateRunes())
        {
            int power = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻".IndexOf(rune.ToString(), StringComparison.Ordinal);
            if (power >= 0 && !raised) ascii.Append('^');
            raised = power >= 0;
            ascii.Append(power >= 0 ? "0123456789-"[power].ToString() : rune.Value switch
            {
                < 0x80 => rune.ToString(),
                '−' or '–' or '—' or '‐' => "-",
                '×' => "x",
                '±' => "+-",
                '·' => ".",
                '…' => "...",
                '≤' => "<=",
                '≥' => ">=",
                'µ' or 'μ' => "u",
                '’' or '‘' => "'",
                '“' or '”' => "\"",
                _ => "?",
            });
        }

        return ascii.ToString();
    }
}
