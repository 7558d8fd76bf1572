namespace TorchRef.Checks.Reporting;

/// <summary>The tables and pictures of a gradient check.</summary>
internal sealed class GradCheckTables(GradCheckReport report)
{
    /// <summary>How many entries a report shows in which nothing is wrong.</summary>
    private const int MostRight = 3;

    public TableSection Wrong()
    {
        var wrong = report.Entries.Where(entry => entry.Verdict == Verdict.Fail).ToList();
        var all = report.Inputs.Sum(input => input.Wrong);
        return Entries(wrong.Count < all ? $"Wrong derivatives: the worst {wrong.Count} of {ReportNumber.Count(all)}" : "Wrong derivatives", wrong) with
        {
            Note = $"autograd: what backward gives. differences: the slope between values of the function itself, ± its error bar. times allowed: how often the error exceeds what may be put down to round-off (the bar, and {ReportNumber.Of(report.Options.RelativeFloor, 1)} of the derivative); more than 1 is wrong.",
        };
    }

    public TableSection Unseen() => Entries("Derivatives whose error bars are too wide to tell", [.. report.Entries.Where(entry => entry.Verdict == Verdict.Inconclusive)]);

    public TableSection Closest() => Entries(
        "Closest to what is allowed",
        report.Verdict == Verdict.Pass ? [.. report.Entries.Where(entry => entry.Verdict == Verdict.Pass && entry.Error > 0).Take(MostRight)] : []);

    public TableSection Kinks()
    {
        var kinks = report.Entries.Where(entry => entry.Verdict == Verdict.Kink).ToList();
        var rows = kinks.Select(entry => (IReadOnlyList<string>)
        [
            Output(entry), Input(entry), ReportNumber.Of(entry.Analytic, 6), Slope(entry.LeftSlope), Slope(entry.RightSlope), entry.KinkDistance is { } distance ? ReportNumber.Of(distance) : "",
        ]).ToList();
        return new TableSection(
            "Kinks: no derivative here",
            [new("derivative of"), new("by"), new("autograd", true), new("slope below", true), new("slope above", true), new("distance", true)], rows)
        {
            Note = "A gradient between the two slopes is right. distance: from the input's value to the kink.",
        };
    }

    public TableSection Inputs()
    {
        var (kinks, unseen, excused) = (report.Inputs.Any(input => input.Kinks > 0), report.Inputs.Any(input => input.Unseen > 0), report.Inputs.Any(input => input.Excused > 0));
        var columns = new List<ReportColumn> { new("by"), new("shape"), new("compared", true), new("wrong", true) };
        if (kinks) columns.Add(new("kinks", true));
        if (unseen) columns.Add(new("can't tell", true));
        if (excused) columns.Add(new("excused", true));
        columns.AddRange([new("largest", true), new("times allowed", true), new("verdict")]);
        return new TableSection("By input and parameter", columns, [.. report.Inputs.Select(Row)]);

        IReadOnlyList<string> Row(InputSummary input)
        {
            var row = new List<string> { input.Name, ReportNumber.Shape(input.Shape), ReportNumber.Count(input.Entries), ReportNumber.Count(input.Wrong) };
            if (kinks) row.Add(ReportNumber.Count(input.Kinks));
            if (unseen) row.Add(ReportNumber.Count(input.Unseen));
            if (excused) row.Add(ReportNumber.Count(input.Excused));
            row.AddRange([ReportNumber.Of(input.LargestGradient), ReportNumber.Of(input.WorstRatio, 2), input.Entries > 0 ? VerdictText.InTable(input.Verdict) : "not compared"]);
            return row;
        }
    }

    /// <summary>The picture of the Jacobian by one input.</summary>
    public HeatMapSection Map(ErrorMap map)
    {
        var what = map.Order > 1 ? "second derivatives" : "derivatives";
        return new HeatMapSection($"Where the {what} by {map.Input} are wrong{(map.Where is null ? "" : $" ({map.Where})")}", map.Order > 1 ? "gradient" : "output", map.Input, map.Ratios)
        {
            RowLabel = row => map.Row(row) is var (output, index, part) ? $"{OutputName(output, map.Order)}{Index(index)}{Part(part)}" : "",
            ColumnLabel = column => map.Column(column) is var (index, part) ? $"{map.Input}{Index(index)}{Part(part)}" : "",
        };
    }

    private TableSection Entries(string heading, IReadOnlyList<GradCheckEntry> entries)
    {
        ReportColumn[] columns = [new("derivative of"), new("by"), new("autograd", true), new("differences", true), new("±", true), new("error", true), new("times allowed", true)];
        return new TableSection(heading, columns, [.. entries.OrderByDescending(Ratio).Select(Row)]);

        // What is differentiated a second time is named as a gradient, so that the order needs no column.
        IReadOnlyList<string> Row(GradCheckEntry entry) =>
        [
            Output(entry), Input(entry), ReportNumber.ToBar(entry.Analytic, entry.Bar), ReportNumber.ToBar(entry.Numeric, entry.Bar), ReportNumber.Bar(entry.Bar),
            ReportNumber.Of(entry.Error, 2), ReportNumber.Of(Ratio(entry), 2),
        ];
    }

    private static double Ratio(GradCheckEntry entry) => entry.Error == 0 ? 0 : double.IsNaN(entry.Error) ? double.PositiveInfinity : entry.Error / entry.Allowed;

    private string Output(GradCheckEntry entry) => $"{OutputName(entry.Output, entry.Order)}{Index(entry.OutputIndex)}{Part(entry.OutputPart)}";

    private static string Input(GradCheckEntry entry) => $"{entry.Input}{Index(entry.InputIndex)}{Part(entry.InputPart)}";

    /// <summary>An only output needs no number. What is differentiated a second time is the gradient of an input.</summary>
    private string OutputName(int output, int order) =>
        order > 1 ? output < report.Inputs.Count ? $"gradient of {report.Inputs[output].Name}" : $"gradient {output}"
        : report.OutputShapes.Count == 1 ? "output" : $"output {output}";

    private static string Slope(double? slope) => slope is { } value ? ReportNumber.Of(value, 6) : "";

    private static string Part(string? part) => part is null ? "" : $" ({part})";

    private static string Index(IReadOnlyList<long> index) => index.Count == 0 ? "" : $"[{string.Join(", ", index)}]";
}
