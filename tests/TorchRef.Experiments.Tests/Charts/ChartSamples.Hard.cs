using TorchRef.Experiments.Charts;

namespace TorchRef.Experiments.Tests.Charts;

/// <summary>Charts of what goes wrong in practice: too much, too little, too long, not finite.</summary>
internal static partial class ChartSamples
{
    private const string LongName = "weight decay coupled to the gradient as an L2 penalty, momentum 0.9, seed 12345";

    private static readonly double[] Wide = [1e-12, 3e-9, 1e-6, 2e-4, 0.5, 1e3];

    public static Dictionary<string, Chart> Hard => new()
    {
        ["ten-series"] = Lines("Ten series", [.. Enumerable.Range(0, 10).Select(i => new LineSeries($"series {i}", [.. Enumerable.Range(0, 60).Select(e => Math.Sin(e / 9.0 + i / 3.0) + i * 0.3)]))]),
        ["ten-line-ends"] = Lines("Ten series named at their ends", [.. Enumerable.Range(0, 10).Select(i => new LineSeries($"series number {i}", [.. Enumerable.Range(0, 60).Select(e => e / 60.0 + i * 0.01)]))]) with { Labels = SeriesLabels.LineEnds },
        ["line-ends-too-low"] = Lines("No room at the ends", [.. Enumerable.Range(0, 10).Select(i => new LineSeries($"series number {i}", [i, i + 1.0]))]) with { Labels = SeriesLabels.LineEnds, PlotHeight = 90 },
        ["long-names"] = Lines("A title which is so long that it can't stand in one line above a chart of ordinary width, and says what nobody asked", [new LineSeries(LongName, [1, 2, 3]), new LineSeries($"{LongName} and one more", [3, 2, 1])]) with { Caption = string.Join(' ', Enumerable.Repeat(LongName, 4)) },
        ["long-line-ends"] = Lines("Long names at the ends", [new LineSeries(LongName, [1, 2, 3]), new LineSeries($"{LongName} and one more", [3, 2, 2.9])]) with { Labels = SeriesLabels.LineEnds },
        ["unbroken-word"] = Lines(new string('W', 150), [new LineSeries(new string('M', 120), [1, 2]), new LineSeries("b", [2, 1])]),
        ["wide-log"] = Lines("1e-12 to 1e3, logarithmic", [new LineSeries("a", Wide)]) with { YAxis = new Axis("relative error") { Scale = AxisScale.Log } },
        ["wide-linear"] = Lines("1e-12 to 1e3, linear", [new LineSeries("a", Wide)]),
        ["tiny"] = Lines("Differences of 1e-9 around 1", [new LineSeries("a", [1 + 1e-9, 1 + 3e-9, 1 + 2e-9])]),
        ["small"] = Lines("Very small numbers", [new LineSeries("a", [1.5e-17, 2.5e-17, 4e-17]) { X = [1e-9, 2e-9, 3e-9] }]),
        ["large"] = Lines("Very large numbers", [new LineSeries("a", [-4e299, 1e250, 9e299]) { X = [1e12, 2e12, 3e12] }]),
        ["overflow"] = Lines("Beyond doubles", [new LineSeries("a", [double.MaxValue, 1, -double.MaxValue, 2, double.PositiveInfinity, 3, 4])]),
        ["one-point"] = Lines("One point", [new LineSeries("a", [0.5])]),
        ["one-point-log"] = Lines("One point", [new LineSeries("a", [0.5]) { X = [1e-5] }]) with { XAxis = new Axis("x") { Scale = AxisScale.Log }, YAxis = new Axis("y") { Scale = AxisScale.Log } },
        ["all-nan"] = Lines("Nothing finite", [new LineSeries("a", [double.NaN, double.NaN]), new LineSeries("b", [double.NaN, double.PositiveInfinity])]),
        ["empty-series"] = Lines("Nothing at all", [new LineSeries("a", [])]),
        ["no-series"] = Lines("No series", []),
        ["one-empty"] = Lines("One of two is empty", [new LineSeries("here", [1, 2]), new LineSeries("gone", [double.NaN, double.NaN])]),
        ["constant"] = Lines("Constant", [new LineSeries("a", [0.1, 0.1, 0.1])]),
        ["constant-zero"] = Lines("Constant 0", [new LineSeries("a", [0, 0, 0])]),
        ["negative-log"] = Lines("Negative values on a logarithmic axis", [new LineSeries("a", [1, -1, 10, 0, 100, 50]), new LineSeries("b", [2, 3, 5, 4, 3, 2]) { Low = [1, -1, 0, 2, 1, 1], High = [3, 4, 6, 5, 4, 3] }]) with { YAxis = new Axis("y") { Scale = AxisScale.Log } },
        ["gaps"] = Lines("Gaps", [new LineSeries("a", [1, 2, double.NaN, 3, double.NaN, 4, 5, double.PositiveInfinity, 2])]),
        ["markup"] = Lines("<script>alert(\"1 & 2\")</script>", [new LineSeries("a<b>&'\u0001\ud800", [1, 2]), new LineSeries("]]>", [2, 1])]) with { Caption = "5 < 6 & \"7\" > 'x'" },
        ["korean"] = Lines("배치 정규화와 드롭아웃: 학습 곡선", [new LineSeries("훈련 정확도", [0.1, 0.8, 0.9]), new LineSeries("검증 정확도", [0.1, 0.6, 0.7])]) with { XAxis = new Axis("에폭"), YAxis = new Axis("정확도") },
        ["cut"] = Lines("Limits that cut lines and bands", [Learning("a", 0.9, 5), new LineSeries("b", [-50, 3, 0.5, 0.5, 40])]) with { YAxis = new Axis("y") { Min = 0.3, Max = 0.8 }, XAxis = new Axis("x") { Min = 0.5, Max = 20 } },
        ["all-cut"] = Lines("All data beyond the limits", [new LineSeries("a", [1, 2, 3])]) with { YAxis = new Axis("y") { Min = 5 } },
        ["narrow"] = SixteenPanels() with { Width = 420 },
        ["wide"] = SixteenPanels() with { Width = 1400, Columns = 8 },
        ["own-axes"] = SixteenPanels() with { ShareHorizontal = false, ShareVertical = false },
        ["ragged"] = new SmallMultiples { Title = "Seven panels that share nothing", Columns = 3, ShareHorizontal = false, ShareVertical = false, Panels = [.. Ordinary.Values.OfType<PanelChart>().Where(panel => panel.ColorAxisOrNull() is null).Take(7)] },
        ["long-panel-titles"] = SixteenPanels() with { Panels = [.. SixteenPanels().Panels.Take(7).Select(panel => panel with { Title = LongName })] },
        ["names-slant"] = Bars("Names that slant", [.. Enumerable.Range(0, 14).Select(i => $"BatchNorm{i}d, channels last")]),
        ["names-thin"] = Bars("More names than room", [.. Enumerable.Range(0, 120).Select(i => $"case {i}")]),
        ["bars-many-lying"] = Bars("Forty lying bars", [.. Enumerable.Range(0, 40).Select(i => $"{LongName} {i}")]) with { Horizontal = true },
        ["bars-tight"] = Bars("Names closer than their height", [.. Enumerable.Range(0, 40).Select(i => $"case {i}")]) with { Horizontal = true, PlotHeight = 150 },
        ["wide-edge-numbers"] = new ContourChart { Title = "Long numbers at both ends", Width = 300, Function = FunctionGrid.Of((x, y) => x * y, (-1e-7, 1e-7), (0, 1), 20) },
        ["wide-edge-grid"] = new SmallMultiples { Title = "Long numbers at both ends of all", Columns = 3, ShareHorizontal = false, Panels = [.. Enumerable.Range(0, 6).Select(i => new ContourChart { Title = $"{i}", Function = FunctionGrid.Of((x, y) => x * y, (-1.25e-7, 1.25e-7), (0, 1), 20) })] },
        ["bars-negative"] = new BarChart { Title = "Negative and missing", Categories = ["a", "b", "c", "d"], ValueAxis = new Axis("change"), Series = [.. Enumerable.Range(0, 7).Select(i => new BarSeries($"s{i}", [i - 3, 2, double.NaN, -1]) { Low = [i - 4, 1, 0, -2], High = [i - 2.5, 4, 1, -0.5] })] },
        ["bars-log"] = new BarChart { Title = "Logarithmic bars", Categories = ["a", "b", "c"], ValueAxis = new Axis("time") { Unit = "ms", Scale = AxisScale.Log }, Series = [new BarSeries("s", [0.02, 30, 0]) { Low = [-1, 20, 0], High = [0.05, 45, 1] }] },
        ["bars-zero"] = Bars("All zero", ["a", "b"]) with { Series = [new BarSeries("s", [0, 0])] },
        ["bars-none"] = Bars("No bars", []),
        ["ranges-none"] = new RangeChart { Title = "No ranges", ValueAxis = new Axis("x"), Rows = [] },
        ["heat-500"] = new HeatMap { Title = "500 × 500", ColorAxis = new ColorAxis("difference") { Kind = ColorScaleKind.Diverging }, Values = Matrix(500, 500, (r, c) => r == 123 && c == 321 ? -0.3 : 0.1 * Math.Sin(r * 0.05) * Math.Cos(c * 0.03)) },
        ["heat-noise"] = new HeatMap { Title = "150 × 150 without order", ColorAxis = new ColorAxis("z"), Values = Matrix(150, 150, (r, c) => (r * 7919 + c * 104729) % 1009) },
        ["heat-nan"] = new HeatMap { Title = "Not finite", ColorAxis = new ColorAxis("value"), Values = Matrix(6, 8, (r, c) => (r + c) % 5 == 0 ? double.NaN : r * c) },
        ["heat-one"] = new HeatMap { Title = "One cell", ColorAxis = new ColorAxis("value"), Values = Matrix(1, 1, (_, _) => 3) },
        ["heat-all-nan"] = new HeatMap { Title = "No value", ColorAxis = new ColorAxis("value"), Values = Matrix(2, 2, (_, _) => double.NaN) },
        ["heat-tall"] = new HeatMap { Title = "Tall", Width = 260, ColorAxis = new ColorAxis("a long title for a narrow scale of colours, with more to say than room") { Kind = ColorScaleKind.Diverging }, Values = Matrix(300, 2, (r, c) => r - 150 + c) },
        ["heat-grid"] = new SmallMultiples { Title = "Heat maps share their colours", Columns = 3, Panels = [.. Enumerable.Range(0, 5).Select(i => new HeatMap { Title = $"layer {i}", ColorAxis = new ColorAxis("gradient") { Kind = ColorScaleKind.Diverging }, Values = Matrix(8, 8, (r, c) => (i + 1) * Math.Sin(r + c + i)) })] },
        ["heat-search"] = new HeatMap { Title = "Over given limits", XAxis = new Axis("learning rate") { Scale = AxisScale.Log, Min = 1e-6, Max = 1e-2 }, YAxis = new Axis("weight decay") { Scale = AxisScale.Log, Min = 1e-8, Max = 1e-4 }, ColorAxis = new ColorAxis("accuracy"), Values = Matrix(20, 20, (r, c) => r + 2 * c) },
        ["contours-constant"] = new ContourChart { Title = "Flat", Function = FunctionGrid.Of((_, _) => 1, (0, 1), (0, 1), 5) },
        ["contours-many"] = new ContourChart { Title = "Many levels, saddle, six paths", Width = 420, Levels = [.. Enumerable.Range(-30, 60).Select(i => i * 0.1 + 0.05)], Function = FunctionGrid.Of((x, y) => x * y, (-3, 3), (-2, 2), 60), Paths = [.. Enumerable.Range(0, 6).Select(i => new ContourPath($"path {i}", [-2.5, -1 + i * 0.3, i], [1.5, i * 0.2, -1]))] },
        ["contours-log"] = new ContourChart { Title = "Rosenbrock", LevelScale = AxisScale.Log, Function = FunctionGrid.Of((x, y) => (1 - x) * (1 - x) + 100 * (y - x * x) * (y - x * x), (-2, 2), (-1, 3)), Minimum = (1, 1) },
        ["contours-nan"] = new ContourChart { Title = "Partly not finite", Function = FunctionGrid.Of((x, y) => Math.Log(x + y), (-1, 2), (-1, 2), 40) },
        ["scatter-nan"] = new ScatterChart { Title = "Missing places and colours", XAxis = new Axis("x") { Scale = AxisScale.Log }, YAxis = new Axis("y"), ColorAxis = new ColorAxis("z") { Scale = AxisScale.Log }, Series = [new ScatterSeries("a", [1, 0, 10, 100], [1, 2, double.NaN, 4]) { Values = [1, 1, 1, double.NaN] }] },
        ["histogram-one"] = new Histogram { Title = "One value, outside and not finite ones", XAxis = new Axis("x"), Bins = HistogramBins.Of([0.5, 7, double.NaN], 0, 1, 1) },
        ["histogram-none"] = new Histogram { Title = "No values", XAxis = new Axis("x"), Bins = HistogramBins.Of([], 0, 1) },
        ["histogram-log"] = new Histogram { Title = "Logarithmic counts", XAxis = new Axis("x"), YAxis = new Axis("count") { Scale = AxisScale.Log }, Bins = HistogramBins.Of(Normals(20000, 1), -5, 5, 60) },
        ["smallest"] = Lines("As narrow as it may be", [new LineSeries("a", [1, 2]), new LineSeries("b", [2, 1])]) with { Width = Chart.SmallestWidth },
        ["no-title"] = Lines("", [new LineSeries("a", [1, 2])]) with { XAxis = new Axis(""), YAxis = new Axis("") },
        ["long-axis-titles"] = Lines("Long axis titles", [new LineSeries("a", [1, 2])]) with { XAxis = new Axis($"{LongName}, {LongName}") { Unit = "s" }, YAxis = new Axis($"{LongName}, {LongName}") },
        ["many-points"] = Lines("A hundred thousand points", [new LineSeries("a", [.. Enumerable.Range(0, 100_000).Select(i => Math.Sin(i * 0.37) * Math.Exp(-i / 4e4))])]),
    };

    private static Dictionary<string, Chart>? _all;

    /// <summary>Made once: charts don't change.</summary>
    public static Dictionary<string, Chart> All => _all ??= new(Ordinary.Concat(Hard));

    private static LineChart Lines(string title, IReadOnlyList<LineSeries> series) => new() { Title = title, XAxis = new Axis("x"), YAxis = new Axis("y"), Series = series };

    private static BarChart Bars(string title, string[] names) =>
        new() { Title = title, Categories = names, ValueAxis = new Axis("time") { Unit = "s" }, Series = [new BarSeries("s", [.. names.Select((_, i) => 1.0 + i % 7)])] };

    private static ColorAxis? ColorAxisOrNull(this PanelChart panel) => panel switch { HeatMap map => map.ColorAxis, ScatterChart scatter => scatter.ColorAxis, _ => null };
}
