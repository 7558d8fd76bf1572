using TorchRef.Experiments.Charts;

namespace TorchRef.Experiments.Tests.Charts;

/// <summary>One ordinary chart of every kind, as the experiments and the search draw them.</summary>
internal static partial class ChartSamples
{
    private static readonly double[] Epochs = [.. Enumerable.Range(0, 41).Select(i => (double)i)];

    public static Dictionary<string, Chart> Ordinary => new()
    {
        ["lines"] = new LineChart
        {
            Title = "Over-fitting on 300 images: dropout closes the gap",
            XAxis = new Axis("epoch"),
            YAxis = new Axis("accuracy") { Unit = "share of images" },
            Series = [Learning("training", 0.98, 4), Learning("validation", 0.76, 5), Learning("training, dropout 0.15", 0.87, 12), Learning("validation, dropout 0.15", 0.71, 13)],
            Caption = "Mean of 5 seeds; bands show one standard deviation to either side.",
        },
        ["line-ends"] = new LineChart
        {
            Title = "Loss over iterations",
            XAxis = new Axis("iteration"),
            YAxis = new Axis("loss") { Scale = AxisScale.Log },
            Labels = SeriesLabels.LineEnds,
            Series = [Decay("SGD", 40), Decay("Momentum", 18), Decay("AdaGrad", 9.5), Decay("Adam", 10)],
        },
        ["sixteen-panels"] = SixteenPanels(),
        ["search-panels"] = new SmallMultiples
        {
            Title = "The 20 best trials of the search",
            Columns = 5,
            Panels = [.. Enumerable.Range(1, 20).Select(i => new LineChart
            {
                Title = $"Best-{i} (lr {i * 0.001:0.000}, wd 1e-{4 + i % 5})",
                XAxis = new Axis("epoch"),
                YAxis = new Axis("accuracy") { Min = 0, Max = 1 },
                Series =
                [
                    new LineSeries("validation", [.. Epochs.Select(e => 0.85 - 0.02 * i * Math.Exp(-e / 5) - 0.7 * Math.Exp(-e / (3 + i)))]) { Color = 0, Dash = LineDash.Solid, Marker = Marker.None },
                    new LineSeries("training", [.. Epochs.Select(e => 1 - 0.9 * Math.Exp(-e / (2 + i)))]) { Color = 1, Dash = LineDash.Dashed, Marker = Marker.None },
                ],
            })],
        },
        ["histogram"] = new Histogram { Title = "Activations of layer 3", XAxis = new Axis("activation"), Bins = HistogramBins.Of(Normals(5000, 1), -3, 3, 40) },
        ["histogram-grid"] = new SmallMultiples
        {
            Title = "Activations of five layers with four initialisations",
            Columns = 5,
            ShareHorizontal = true,
            Panels = [.. from init in (string[])["std 1", "std 0.01", "Xavier", "He"]
                         from layer in Enumerable.Range(1, 5)
                         select new Histogram
                         {
                             Title = $"{init}, layer {layer}",
                             XAxis = new Axis("activation"),
                             AsShare = true,
                             Bins = HistogramBins.Of(Normals(2000, layer).Select(v => 1 / (1 + Math.Exp(-v * (init == "std 1" ? 9 : init == "std 0.01" ? 0.1 : 2)))), 0, 1, 30),
                         }],
        },
        ["scatter"] = new ScatterChart
        {
            Title = "Random search: 100 trials",
            XAxis = new Axis("learning rate") { Scale = AxisScale.Log },
            YAxis = new Axis("weight decay") { Scale = AxisScale.Log },
            ColorAxis = new ColorAxis("validation accuracy"),
            Series = [new ScatterSeries("trials", [.. Uniforms(100, 3).Select(u => Math.Pow(10, -6 + 4 * u))], [.. Uniforms(100, 4).Select(u => Math.Pow(10, -8 + 4 * u))]) { Values = [.. Uniforms(100, 3).Select(u => 0.1 + 0.75 * u)] }],
        },
        ["scatter-kinds"] = new ScatterChart
        {
            Title = "Error of float32 against float64",
            XAxis = new Axis("elements") { Scale = AxisScale.Log },
            YAxis = new Axis("error") { Unit = "ULP" },
            Series = [.. ((string[])["TorchRef", "torch.nn", "naive E[x²] − E[x]²"]).Select((name, i) => new ScatterSeries(name, [.. Uniforms(25, i).Select(u => Math.Pow(10, 1 + 5 * u))], [.. Uniforms(25, i + 9).Select(u => (i + 1) * 3 * u)]))],
        },
        ["contours"] = new ContourChart
        {
            Title = "Four optimisers on x²/20 + y²",
            Function = FunctionGrid.Of((x, y) => x * x / 20 + y * y, (-10, 10), (-6, 6), 81),
            Paths = [Descent("SGD", 0.95, 0), Descent("Momentum", 0.1, 0.9)],
            Minimum = (0, 0),
        },
        ["heat-map"] = new HeatMap
        {
            Title = "Analytic minus numerical gradient, weight 3",
            ColorAxis = new ColorAxis("difference") { Kind = ColorScaleKind.Diverging },
            Values = Matrix(12, 20, (r, c) => Math.Sin(0.7 * r) * Math.Cos(0.5 * c) * 1e-4),
        },
        ["confusion"] = new HeatMap
        {
            Title = "Confusion matrix",
            Width = 460,
            XAxis = new Axis("predicted"),
            YAxis = new Axis("digit"),
            ColumnNames = [.. Enumerable.Range(0, 10).Select(i => $"{i}")],
            RowNames = [.. Enumerable.Range(0, 10).Select(i => $"{i}")],
            ColorAxis = new ColorAxis("images") { Scale = AxisScale.Log },
            Values = Matrix(10, 10, (r, c) => r == c ? 950 : 1 + (r * 7 + c * 3) % 12),
        },
        ["bars"] = new BarChart
        {
            Title = "Time per step",
            Categories = ["BatchNorm1d", "BatchNorm2d", "LayerNorm", "Dropout"],
            ValueAxis = new Axis("time") { Unit = "µs" },
            Series = [new BarSeries("TorchRef", [120, 240, 90, 33]) { Low = [100, 230, 80, 30], High = [150, 262, 99, 40] }, new BarSeries("torch.nn", [60, 110, 70, 30]) { Low = [50, 105, 69, 22], High = [66, 120, 73, 36] }, new BarSeries("closed form", [90, 160, 85, 31])],
        },
        ["bars-lying"] = new BarChart
        {
            Title = "Importance of hyper-parameters",
            Horizontal = true,
            Categories = ["learning rate", "weight decay", "momentum coefficient of the running statistics", "batch size"],
            ValueAxis = new Axis("share of variance") { Unit = "%" },
            Series = [new BarSeries("importance", [71, 18, 4, 1.5]) { Low = [60, 10, 1, 0], High = [80, 25, 8, 4] }],
        },
        ["ranges"] = new RangeChart
        {
            Title = "Where each round searched",
            ValueAxis = new Axis("learning rate") { Scale = AxisScale.Log },
            Rows = [new RangeRow("round 1", 1e-6, 1e-2) { Mark = 0.0063 }, new RangeRow("round 2", 1e-3, 1e-2) { Mark = 0.0081 }, new RangeRow("round 3", 4e-3, 1e-2) { Mark = 0.0078 }],
        },
        ["range-grid"] = new SmallMultiples
        {
            Title = "Where each round searched",
            Columns = 2,
            ShareHorizontal = false,
            Panels = [.. ((string[])["learning rate", "weight decay"]).Select((name, i) => new RangeChart { Title = name, ValueAxis = new Axis(name) { Scale = AxisScale.Log }, Rows = [.. Enumerable.Range(1, 5).Select(r => new RangeRow($"round {r}", Math.Pow(10, -6 - i + 0.6 * r), Math.Pow(10, -1 - 0.1 * r - i)))] })],
        },
    };

    public static SmallMultiples SixteenPanels() => new()
    {
        Title = "Batch normalisation over 16 initial scales",
        Panels = [.. Enumerable.Range(0, 16).Select(i => new LineChart
        {
            Title = $"std {Math.Pow(10, -4.0 * i / 15):G3}",
            XAxis = new Axis("epoch"),
            YAxis = new Axis("training accuracy"),
            Series =
            [
                new LineSeries("with batch normalisation", [.. Enumerable.Range(0, 20).Select(e => 1 - 0.9 * Math.Exp(-e / (1.5 + i / 3.0)))]),
                new LineSeries("without", [.. Enumerable.Range(0, 20).Select(e => i == 0 && e > 2 ? double.NaN : i is > 1 and < 5 ? 0.9 - 0.8 * Math.Exp(-e / 6.0) : 0.1 + 0.002 * e)]),
            ],
        })],
        Caption = "Seed 0, 1000 images, SGD 0.01.",
    };

    public static LineSeries Learning(string name, double end, double pace)
    {
        double[] mean = [.. Epochs.Select(e => end - (end - 0.1) * Math.Exp(-e / pace))];
        return new LineSeries(name, mean) { X = Epochs, Low = [.. mean.Select((m, i) => m - 0.01 - 0.03 * Math.Exp(-i / 9.0))], High = [.. mean.Select((m, i) => m + 0.01 + 0.03 * Math.Exp(-i / 9.0))] };
    }

    public static double[] Uniforms(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextDouble())];
    }

    public static double[] Normals(int count, int seed) =>
        [.. Uniforms(count, seed).Zip(Uniforms(count, seed + 1000), (u, v) => Math.Sqrt(-2 * Math.Log(1 - u)) * Math.Cos(2 * Math.PI * v))];

    public static double[,] Matrix(int rows, int columns, Func<int, int, double> value)
    {
        var matrix = new double[rows, columns];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++) matrix[row, column] = value(row, column);
        }

        return matrix;
    }

    private static LineSeries Decay(string name, double pace) =>
        new(name, [.. Enumerable.Range(0, 2000).Select(i => 2.3 * Math.Exp(-i / (pace * 20)) + 0.004 * (1.2 + Math.Sin(i * 0.9 + pace)))]);

    private static ContourPath Descent(string name, double rate, double momentum)
    {
        double x = -7, y = 2, vx = 0, vy = 0;
        List<double> xs = [x], ys = [y];
        for (int i = 0; i < 30; i++)
        {
            (vx, vy) = (momentum * vx - rate * x / 10, momentum * vy - rate * 2 * y);
            (x, y) = (x + vx, y + vy);
            xs.Add(x);
            ys.Add(y);
        }

        return new ContourPath(name, xs, ys);
    }
}
