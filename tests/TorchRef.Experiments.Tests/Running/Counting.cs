using TorchRef.Experiments.Charts;
using TorchRef.Experiments.Running;
using static TorchSharp.torch;

namespace TorchRef.Experiments.Tests.Running;

/// <summary>An experiment of made-up numbers: parts with random sums, each of which saves after every step.</summary>
internal sealed class Counting(int parts = 3, int steps = 5) : IExperiment
{
    public string Name => "counting";

    public string Description => "sums of random numbers";

    public RequestParts Uses => RequestParts.Seeds;

    /// <summary>Told before each step; where a test stops or looks.</summary>
    public Action<int, int>? BeforeStep { get; init; }

    public int StepsDone { get; private set; }

    public ExperimentPlan Plan(RunRequest request) => new()
    {
        Seeds = [request.Seed],
        Settings = [new Setting("steps", steps), new Setting("limits", [double.NaN, double.PositiveInfinity, -1.5]), new Setting("word", "a \"quoted\" µ")],
        Parts = [.. Enumerable.Range(0, parts).Select(part => new ExperimentPart($"part {part}", context => Run(context, part, request.Seed)))],
        Conclude = records => new ExperimentOutcome
        {
            Findings = [ExperimentFinding.Of("sums are numbers", records.Names.All(name => double.IsFinite(records[name][^1])), $"{records.Names.Count} series")],
            Tables = [new ReportTable { Caption = "sums", Columns = [new ReportColumn("series"), new ReportColumn("last") { IsNumber = true }], Rows = [.. records.Names.Select(name => (IReadOnlyList<string>)[name, $"{records[name][^1]:F3}"])] }],
            Charts = [new NamedChart("sums", Curve(records))],
            Curve = Curve(records),
        },
    };

    private static LineChart Curve(Records records) => new()
    {
        Title = "Sums",
        XAxis = new Axis("step"),
        YAxis = new Axis("sum"),
        Series = [.. records.Names.Select(name => new LineSeries(name, records[name]))],
    };

    private void Run(PartContext context, int part, ulong seed)
    {
        using Generator draws = RandomStream.Create(seed, $"part {part}");
        double sum = 0;
        int start = 0;
        if (context.Checkpoint is { } saved)
        {
            (start, sum) = (BitConverter.ToInt32(saved), BitConverter.ToDouble(saved, sizeof(int)));
            using var state = tensor(saved[(sizeof(int) + sizeof(double))..]);
            draws.set_state(state);
        }

        for (int step = start; step < steps; step++)
        {
            BeforeStep?.Invoke(part, step);
            context.Report((double)step / steps, $"step {step}");
            sum += randn_float(draws);
            context.Records.Append($"part {part}/sum", sum);
            StepsDone++;
            using var state = draws.get_state();
            context.Save([.. BitConverter.GetBytes(step + 1), .. BitConverter.GetBytes(sum), .. state.data<byte>()]);
        }
    }
}
