using TorchRef.Experiments.Charts;
using TorchRef.Experiments.Running;

namespace TorchRef.Experiments.Catalog.Inputs;

/// <summary>What normalised inputs did to the regression.</summary>
internal sealed class InputNormalizationReport(Records records, IReadOnlyList<ulong> seeds)
{
    private const int PathSteps = 25;

    public ExperimentOutcome Conclude()
    {
        LineChart curve = Convergence();
        return new ExperimentOutcome
        {
            Findings = [.. Findings()],
            Tables = [Table()],
            Charts = [.. Contours(), new NamedChart("convergence", curve)],
            Curve = curve,
        };
    }

    private IReadOnlyList<string> Done(string variant) => [.. seeds.Select(seed => $"seed {seed}/{variant}").Where(key => records.Has($"{key}/steps by start") && records[$"{key}/steps by start"].Count == InputNormalization.Starts)];

    private IReadOnlyList<double> Conditions(string variant) => [.. Done(variant).Select(key => records.Number($"{key}/condition number"))];

    private IReadOnlyList<double> Slowest(string variant) => [.. Done(variant).Select(key => records[$"{key}/steps by start"].Max())];

    /// <summary>The widest angle, in degrees, between where gradient descent goes and where the minimum is.</summary>
    private IReadOnlyList<double> Angles(string variant) => [.. Done(variant).Select(key => BowlOf(key).WidestAngle)];

    private Bowl BowlOf(string key) => new(records[$"{key}/curvature"][0], records[$"{key}/curvature"][1], records[$"{key}/curvature"][2]);

    private IEnumerable<ExperimentFinding> Findings()
    {
        if (InputNormalization.Variants.Any(variant => Done(variant).Count == 0)) yield break;
        (double raw, double centred, double normalised) = (Spread.Mean(Conditions("raw")), Spread.Mean(Conditions("mean taken off")), Spread.Mean(Conditions("normalised")));
        yield return ExperimentFinding.Of("normalising the inputs turns the elongated contours round", raw > 1000 && normalised < 1.5, $"condition number {Spread.Number(raw, 5)} → {Spread.Number(normalised)}");
        yield return ExperimentFinding.Of("it is the division by σ that does it: the mean alone is not enough", centred > 100, $"condition number {Spread.Number(centred)} with the mean taken off and no division");
        yield return ExperimentFinding.Of("gradient descent is faster by orders of magnitude", Spread.Mean(Slowest("raw")) > 1000 * Spread.Mean(Slowest("normalised")), $"{Spread.Number(Spread.Mean(Slowest("raw")), 6)} → {Spread.Number(Spread.Mean(Slowest("normalised")))} steps from the slowest start");
        yield return ExperimentFinding.Of("wherever it starts, it goes straight to the minimum", Spread.Mean(Angles("normalised")) < 10, $"at most {Spread.Number(Spread.Mean(Angles("normalised")))}° off its direction, up to {Spread.Number(Spread.Mean(Angles("raw")))}° with raw inputs");
    }

    private ReportTable Table() => new()
    {
        Caption = $"Curvature and gradient descent, by what is done to the inputs. {Spread.Caption(seeds.Count)}",
        Columns = [new ReportColumn("inputs"), ReportColumn.Number("condition number"), ReportColumn.Number("steps, slowest start"), ReportColumn.Number("degrees off the minimum")],
        Rows = [.. InputNormalization.Variants.Where(variant => Done(variant).Count > 0).Select(variant => (IReadOnlyList<string>)
            [variant, Spread.Text(Conditions(variant), 5), Spread.Text(Slowest(variant), 6), Spread.Text(Angles(variant))])],
    };

    private IEnumerable<NamedChart> Contours()
    {
        if (InputNormalization.Variants.Any(variant => !Done(variant).Contains($"seed {seeds[0]}/{variant}"))) yield break;
        yield return new NamedChart("contours", new SmallMultiples
        {
            Title = "The loss around its minimum, and gradient descent's way from two starts",
            Caption = $"Seed {seeds[0]}; both weights over the same range. κ is the condition number. Learning rate 0.5/λmax, {PathSteps} steps.",
            Columns = 3,
            Panels = [.. InputNormalization.Variants.Select(Contour)],
        });
    }

    private ContourChart Contour(string variant)
    {
        Bowl bowl = BowlOf($"seed {seeds[0]}/{variant}");
        // Heights as shares of that at the edge of the picture, so that all three have the same lines.
        double edge = bowl.At(1, 0) + bowl.At(0, 1);
        (double[] x, double[] y) = bowl.Path(0.9, 0.8, 0.5 / bowl.Steepest, PathSteps);
        (double[] otherX, double[] otherY) = bowl.Path(-0.9, -0.4, 0.5 / bowl.Steepest, PathSteps);
        return new ContourChart
        {
            Title = $"{variant}, κ = {Spread.Number(bowl.Condition)}",
            Function = FunctionGrid.Of((dx, dy) => bowl.At(dx, dy) / edge, (-1.2, 1.2), (-1.2, 1.2), 121),
            Levels = [0.03, 0.1, 0.25, 0.5, 1],
            XAxis = new Axis("weight of area − best"),
            YAxis = new Axis("weight of rooms − best"),
            Paths = [new ContourPath("one start", x, y), new ContourPath("another start", otherX, otherY)],
            Minimum = (0, 0),
            PlotHeight = 190,
        };
    }

    private LineChart Convergence() => new()
    {
        Title = "Distance to the minimum, by what is done to the inputs",
        XAxis = new Axis("step") { Scale = AxisScale.Log },
        YAxis = new Axis("distance / start's distance") { Scale = AxisScale.Log, Min = 1e-6 },
        Caption = $"Seed {seeds[0]}; the start has both weights equally far off; learning rate 1/λmax.",
        Series = [.. InputNormalization.Variants.Select(variant => $"seed {seeds[0]}/{variant}").Where(key => records.Has($"{key}/curvature")).Select(key => Descent(key[(key.IndexOf('/') + 1)..], BowlOf(key)))],
    };

    /// <summary>The distance at steps that lie evenly on a logarithmic axis.</summary>
    private static LineSeries Descent(string name, Bowl bowl)
    {
        var (steps, distances) = (new List<double>(), new List<double>());
        double next = 1, x = Math.Sqrt(0.5), y = x;
        for (int step = 1; step <= 200_000; step++)
        {
            (x, y) = bowl.Step(x, y, 1 / bowl.Steepest);
            double distance = double.Hypot(x, y);
            if (step >= next || distance < 1e-6)
            {
                steps.Add(step);
                distances.Add(Math.Max(distance, 1e-6));
                next = Math.Max(step + 1, step * 1.15);
            }

            if (distance < 1e-6) break;
        }

        return new LineSeries(name, distances) { X = steps, Marker = Charts.Marker.None };
    }
}
