using TorchRef.Experiments.Charts;
using TorchRef.Experiments.Running;

namespace TorchRef.Experiments.Catalog.Activations;

/// <summary>How straight the sigmoid is over the inputs that batch normalisation gives it.</summary>
/// <remarks>
/// x is N(0, 1); the sigmoid of γx + β is held against its best straight line. R², the share of the variance that the line
/// explains, comes from integrals, not from samples.
/// </remarks>
internal sealed class SigmoidLinearity : IExperiment
{
    /// <summary>γ and β of the panels and the table.</summary>
    public static readonly IReadOnlyList<(double Gamma, double Beta)> Cases = [(1, 0), (0.5, 0), (3, 0), (1, 2)];

    private static readonly double[] s_gammas = [.. Enumerable.Range(0, 25).Select(i => 0.25 + 0.25 * i)];
    private static readonly double[] s_betas = [.. Enumerable.Range(0, 17).Select(i => -4 + 0.5 * i)];

    public string Name => "sigmoid-linearity";

    public string Description => "how nearly straight the sigmoid is where batch normalisation puts its inputs, and how γ and β get away from there";

    public RequestParts Uses => RequestParts.None;

    public ExperimentPlan Plan(RunRequest request) => new()
    {
        Settings = [new Setting("input", "N(0, 1)"), new Setting("γ", s_gammas), new Setting("β", s_betas)],
        Parts =
        [
            new ExperimentPart("four settings", part =>
            {
                foreach ((double gamma, double beta) in Cases) part.Records.Set(Key(gamma, beta), StraightFit.Of(gamma, beta).R2);
            }),
            new ExperimentPart("grid", part =>
            {
                foreach (double beta in s_betas) part.Records.Set($"β {Exact.Text(beta)}/R²", s_gammas.Select(gamma => StraightFit.Of(gamma, beta).R2));
            }),
        ],
        Conclude = Conclude,
    };

    public static string Key(double gamma, double beta) => $"γ {Exact.Text(gamma)}, β {Exact.Text(beta)}/R²";

    private static ExperimentOutcome Conclude(Records records)
    {
        LineChart curve = Curve();
        var charts = new List<NamedChart> { new("fits", Panels()) };
        if (s_betas.All(beta => records.Has($"β {Exact.Text(beta)}/R²"))) charts.Add(new NamedChart("map", Map(records)));
        return new ExperimentOutcome { Findings = [.. Findings(records)], Tables = [Table(records)], Charts = charts, Curve = curve };
    }

    private static IEnumerable<ExperimentFinding> Findings(Records records)
    {
        if (!Cases.All(one => records.Has(Key(one.Gamma, one.Beta)))) yield break;
        double start = records.Number(Key(1, 0)), smaller = records.Number(Key(0.5, 0)), larger = records.Number(Key(3, 0)), shifted = records.Number(Key(1, 2));
        yield return ExperimentFinding.Of("over N(0, 1) the sigmoid is nearly a straight line", start > 0.95, $"R² = {Spread.Number(start)}");
        yield return ExperimentFinding.Of("so γ = 1, β = 0, where training starts, has not left the linear zone yet", start > Math.Max(larger, shifted), $"R² = {Spread.Number(start)} at the start; γ = 3: {Spread.Number(larger)}, β = 2: {Spread.Number(shifted)}");
        yield return ExperimentFinding.Of("a larger γ, or a β away from 0, leaves it", larger < 0.9 && shifted < 0.9, $"γ = 3: {Spread.Number(larger)}; β = 2: {Spread.Number(shifted)}");
        yield return ExperimentFinding.Of("a smaller γ goes deeper into it", smaller > start, $"γ = 0.5: {Spread.Number(smaller)}");
    }

    private static ReportTable Table(Records records) => new()
    {
        Caption = "How much of the sigmoid's variance its best straight line explains",
        Columns = [ReportColumn.Number("γ"), ReportColumn.Number("β"), ReportColumn.Number("R² of the line"), ReportColumn.Number("left over")],
        Rows = [.. Cases.Where(one => records.Has(Key(one.Gamma, one.Beta))).Select(one => (IReadOnlyList<string>)
            [Spread.Number(one.Gamma), Spread.Number(one.Beta), Spread.Number(records.Number(Key(one.Gamma, one.Beta))), Spread.Percent(1 - records.Number(Key(one.Gamma, one.Beta)))])],
    };

    private static LineChart Panel(double gamma, double beta)
    {
        double[] x = [.. Enumerable.Range(0, 61).Select(i => -3 + 0.1 * i)];
        StraightFit fit = StraightFit.Of(gamma, beta);
        return new LineChart
        {
            Title = $"γ = {Spread.Number(gamma)}, β = {Spread.Number(beta)}: R² {Spread.Number(fit.R2)}",
            XAxis = new Axis("x̂, normalised input"),
            YAxis = new Axis("sigmoid of γx̂ + β") { Min = -0.4, Max = 1.4 },
            Series =
            [
                new LineSeries("sigmoid", [.. x.Select(at => StraightFit.Sigmoid(gamma * at + beta))]) { X = x, Marker = Marker.None, Dash = LineDash.Solid },
                new LineSeries("best line", [.. x.Select(fit.At)]) { X = x, Marker = Marker.None, Dash = LineDash.Dashed },
            ],
        };
    }

    private static LineChart Curve() => Panel(1, 0) with { Title = "The sigmoid over three standard deviations of normalised input, and its best line" };

    private static SmallMultiples Panels() => new()
    {
        Title = "The sigmoid over normalised input, and its best straight line",
        Caption = "The line is the best for inputs from N(0, 1); three standard deviations to either side are shown.",
        Columns = 2,
        Panels = [.. Cases.Select(one => Panel(one.Gamma, one.Beta))],
    };

    private static HeatMap Map(Records records)
    {
        var values = new double[s_betas.Length, s_gammas.Length];
        for (int row = 0; row < s_betas.Length; row++)
        {
            // The first row is on top, and β rises upwards.
            IReadOnlyList<double> line = records[$"β {Exact.Text(s_betas[^(row + 1)])}/R²"];
            for (int column = 0; column < s_gammas.Length; column++) values[row, column] = line[column];
        }

        return new HeatMap
        {
            Title = "How straight the sigmoid is: R² of the best line, by γ and β",
            Values = values,
            ColorAxis = new ColorAxis("R²"),
            XAxis = new Axis("γ"),
            YAxis = new Axis("β"),
            ColumnNames = [.. s_gammas.Select(gamma => Spread.Number(gamma))],
            RowNames = [.. s_betas.Reverse().Select(beta => Spread.Number(beta))],
        };
    }
}
