using TorchRef.Experiments.Charts;

namespace TorchRef.Experiments.Tests.Charts;

/// <summary>Every contradiction is told by the rule, what was expected and what was found, in one line.</summary>
public sealed class ChartErrorTests
{
    private static readonly Axis Plain = new("x");

    public static TheoryData<string, string> Cases => new()
    {
        { "places", "Every value of 'a' has its place: expected 3 places but got 2." },
        { "band", "A band has two edges: expected both for 'a' but got one." },
        { "band length", "Every value of 'a' has its band: expected 2 upper edges but got 1." },
        { "names", "Names tell series apart: expected each once but got 'a' twice." },
        { "log limit", "A logarithmic axis has positive limits: expected one above 0 on the vertical axis but got -1." },
        { "limits", "An axis starts below its end: expected a minimum below 1 on the horizontal axis but got 2." },
        { "infinite limit", "The limits of an axis are finite: expected at most 1e300 on the horizontal axis but got Infinity." },
        { "width", "A picture needs room: expected a width of 160 to 10000 pixels but got 10." },
        { "height", "A plot needs room: expected a height of 30 to 10000 pixels but got 5." },
        { "columns", "A grid has columns: expected at least 1 but got 0." },
        { "panels", "A grid has panels: expected at least 1 but got 0." },
        { "too many columns", "Every plot needs room: expected at least 40 pixels for each of 16 column(s) beside their numbers and names but got " },
        { "scales", "Panels share the vertical axis: expected a Linear scale in all of them but got Log." },
        { "shared limits", "Panels share the vertical axis: expected limits automatic to automatic in all of them but got 0 to automatic." },
        { "shared names", "Panels share the horizontal axis: expected the names a, b in all of them but got the names a, c." },
        { "scatter", "Every point of 's' has two places: expected 2 vertical ones but got 1." },
        { "scatter values", "Every point of 's' has its value: expected 1 values but got 2." },
        { "scatter colours", "Colours that show values have a scale: expected a colour axis for 's' but got none." },
        { "diverging log", "A diverging scale shows values on both sides of 0: expected a linear one but got a logarithmic one." },
        { "diverging limits", "A diverging scale has 0 in its middle: expected a minimum of -2 but got -1." },
        { "cells", "A heat map has cells: expected at least 1 × 1 but got 0 × 3." },
        { "row names", "Every row has its name: expected 2 names but got 1." },
        { "bars", "Every category has its bar in 's': expected 2 values but got 1." },
        { "whiskers", "A whisker has two ends: expected both for 's' but got one." },
        { "range", "A range starts where it ends or below: expected at most 1 for 'r' but got 2." },
        { "levels", "Levels rise: expected one above 2 but got 1." },
        { "path", "Every step of 'p' has two places: expected 2 vertical ones but got 1." },
        { "grid", "Every place along the vertical axis has a row of values: expected 2 rows but got 3." },
        { "edges", "Bins lie between edges: expected 3 edges but got 2." },
        { "runs", "Runs of 'a' are equally long: expected 2 values but got 1." },
        { "bins", "A histogram has bins: expected at least 1 but got 0." },
        { "bin range", "Edges of bins rise: expected a last edge above 1 but got 1." },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Contradictions_are_told(string what, string message)
    {
        ArgumentException told = Assert.Throws<ArgumentException>(() => Draw(what));
        Assert.StartsWith(message, told.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', told.Message);
    }

    private static string Draw(string what) => what switch
    {
        "places" => Lines(new LineSeries("a", [1, 2, 3]) { X = [1, 2] }).ToSvg(),
        "band" => Lines(new LineSeries("a", [1]) { Low = [1] }).ToSvg(),
        "band length" => Lines(new LineSeries("a", [1, 2]) { Low = [1, 1], High = [2] }).ToSvg(),
        "names" => Lines(new LineSeries("a", [1]), new LineSeries("a", [2])).ToSvg(),
        "log limit" => (Lines() with { YAxis = Plain with { Scale = AxisScale.Log, Min = -1 } }).ToSvg(),
        "limits" => (Lines() with { XAxis = Plain with { Min = 2, Max = 1 } }).ToSvg(),
        "infinite limit" => (Lines() with { XAxis = Plain with { Max = double.PositiveInfinity } }).ToSvg(),
        "width" => (Lines() with { Width = 10 }).ToSvg(),
        "height" => (Lines() with { PlotHeight = 5 }).ToSvg(),
        "columns" => (ChartSamples.SixteenPanels() with { Columns = 0 }).ToSvg(),
        "panels" => (ChartSamples.SixteenPanels() with { Panels = [] }).ToSvg(),
        "too many columns" => (ChartSamples.SixteenPanels() with { Columns = 99, Width = 300 }).ToSvg(),
        "scales" => Grid(Lines(), Lines() with { YAxis = Plain with { Scale = AxisScale.Log } }),
        "shared limits" => Grid(Lines(), Lines() with { YAxis = Plain with { Min = 0 } }),
        "shared names" => Grid(Bars("a", "b"), Bars("a", "c")),
        "scatter" => Scatter(new ScatterSeries("s", [1, 2], [1])),
        "scatter values" => Scatter(new ScatterSeries("s", [1], [1]) { Values = [1, 2] }),
        "scatter colours" => Scatter(new ScatterSeries("s", [1], [1]) { Values = [1] }),
        "diverging log" => Heat(2, 2, new ColorAxis("c") { Kind = ColorScaleKind.Diverging, Scale = AxisScale.Log }).ToSvg(),
        "diverging limits" => Heat(2, 2, new ColorAxis("c") { Kind = ColorScaleKind.Diverging, Min = -1, Max = 2 }).ToSvg(),
        "cells" => Heat(0, 3, new ColorAxis("c")).ToSvg(),
        "row names" => (Heat(2, 2, new ColorAxis("c")) with { RowNames = ["a"] }).ToSvg(),
        "bars" => (Bars("a", "b") with { Series = [new BarSeries("s", [1])] }).ToSvg(),
        "whiskers" => (Bars("a") with { Series = [new BarSeries("s", [1]) { High = [1] }] }).ToSvg(),
        "range" => new RangeChart { Title = "", ValueAxis = Plain, Rows = [new RangeRow("r", 2, 1)] }.ToSvg(),
        "levels" => (Contours() with { Levels = [2, 1] }).ToSvg(),
        "path" => (Contours() with { Paths = [new ContourPath("p", [1, 2], [1])] }).ToSvg(),
        "grid" => (Contours() with { Function = new FunctionGrid { X = [0, 1], Y = [0, 1], Values = new double[3, 2] } }).ToSvg(),
        "edges" => new Histogram { Title = "", XAxis = Plain, Bins = new HistogramBins { Edges = [0, 1], Counts = [1, 2] } }.ToSvg(),
        "runs" => LineSeries.OfRuns("a", [[1, 2], [1]]).Name,
        "bins" => $"{HistogramBins.Of([1], 0, 1, 0)}",
        "bin range" => $"{HistogramBins.Of([1], 1, 1)}",
        _ => throw new InvalidOperationException($"There is no case '{what}'."),
    };

    private static LineChart Lines(params LineSeries[] series) => new() { Title = "", XAxis = Plain, YAxis = Plain, Series = series };

    private static BarChart Bars(params string[] names) => new() { Title = "", Categories = names, ValueAxis = Plain, Series = [] };

    private static HeatMap Heat(int rows, int columns, ColorAxis colors) => new() { Title = "", ColorAxis = colors, Values = new double[rows, columns] };

    private static ContourChart Contours() => new() { Title = "", Function = FunctionGrid.Of((x, y) => x + y, (0, 1), (0, 1), 3) };

    private static string Scatter(ScatterSeries series) => new ScatterChart { Title = "", XAxis = Plain, YAxis = Plain, Series = [series] }.ToSvg();

    private static string Grid(params PanelChart[] panels) => new SmallMultiples { Title = "", Panels = panels }.ToSvg();
}
