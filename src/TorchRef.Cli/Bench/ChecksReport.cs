using System.Globalization;
using Spectre.Console;
using TorchRef.Checks;
using TorchRef.Cli.Faults;
using TorchRef.Cli.Peers;
using static TorchSharp.torch;

namespace TorchRef.Cli.Bench;

/// <summary>What was measured of the checks, as tables.</summary>
internal sealed class ChecksReport(ChecksResult result, long seed, TimeSpan elapsed)
{
    private const string NotApplicable = "n/a";

    public void WriteTo(IAnsiConsole console)
    {
        console.WriteLine($"libtorch {__version__}, seed {seed}");
        if (result.Faults.Count > 0) WriteFaults(console);
        if (result.Correct.Count > 0) WriteCorrect(console);
        if (result.Coverage is not null) WriteCoverage(console);
        if (result.Speed is not null) WriteSpeed(console);
        if (result.Leaks is { } leaks)
            Line(console, $"{leaks.Checks} checks in a row: {leaks.Before} tensors alive before, {leaks.After} after; the process grew by {leaks.Growth / 1048576.0:0.0} MiB");
        foreach (var shortfall in result.Shortfalls()) console.MarkupLineInterpolated($"[red]FALLS SHORT[/] {shortfall}");
        Line(console, $"in {elapsed.TotalSeconds:0.0} s");
    }

    private void WriteFaults(IAnsiConsole console)
    {
        var table = Tables("planted faults", "check", "faults", "caught", "diagnosed");
        if (result.Peer is not null) foreach (var title in new[] { "gradcheck slow", "gradcheck fast" }) table.AddColumn(new TableColumn(title).RightAligned().NoWrap());
        foreach (var group in result.Faults.GroupBy(outcome => (outcome.Fault.Family, outcome.Fault.Tool))) Add(table, group.Key.Family, group.Key.Tool.ToString(), [.. group]);
        table.AddEmptyRow();
        if (result.Faults.Where(Asked).ToList() is { Count: > 0 } asked && asked.Count < result.Faults.Count) Add(table, "all that gradcheck can be asked about", "", asked);
        Add(table, "all", "", result.Faults);
        console.Write(table);
        if (result.Peer is null) console.WriteLine($"{Python.NotFound}: PyTorch's gradcheck isn't asked");
        else console.WriteLine($"gradcheck: PyTorch's, defaults, float64, on the same faults written in Python; what compares modules or optimisers is {NotApplicable}");
        foreach (var outcome in result.Faults.Where(outcome => !outcome.Caught)) console.MarkupLineInterpolated($"[red]MISSED[/] {outcome.Fault}: {outcome.Text}");
        foreach (var outcome in result.Faults.Where(outcome => outcome.Caught && !outcome.Diagnosed))
            console.MarkupLineInterpolated($"[yellow]MISTAKEN[/] {outcome.Fault}: expected {string.Join(" or ", outcome.Fault.Expected)} but got {outcome.Cause}: {outcome.Text}");
    }

    private void Add(Table table, string family, string tool, IReadOnlyList<FaultOutcome> outcomes)
    {
        List<string> cells = [Markup.Escape(family), tool, Count(outcomes.Count), Count(outcomes.Count(outcome => outcome.Caught)), Count(outcomes.Count(outcome => outcome.Diagnosed))];
        if (result.Peer is not null)
        {
            var answers = outcomes.Where(Asked).Select(outcome => result.Peer[outcome.Fault.ToString()]).ToList();
            cells.Add(answers.Count == 0 ? NotApplicable : OutOf(answers.Count(answer => answer.Slow), answers.Count, outcomes.Count));
            cells.Add(answers.Count == 0 ? NotApplicable : OutOf(answers.Count(answer => answer.Fast), answers.Count, outcomes.Count));
        }
        table.AddRow([.. cells]);
    }

    private bool Asked(FaultOutcome outcome) => outcome.Fault.Tool == Tool.GradCheck && result.Peer?.ContainsKey(outcome.Fault.ToString()) == true;

    private static string OutOf(int count, int asked, int all) => asked == all ? Count(count) : $"{count} of {asked}";

    private void WriteCorrect(IAnsiConsole console)
    {
        var table = Tables("correct functions", "", "number", "pass", "kink", "inconclusive", "called wrong");
        foreach (var family in result.Correct.GroupBy(outcome => outcome.Function.Family)) Add(table, family.Key, [.. family]);
        table.AddEmptyRow();
        Add(table, "all", result.Correct);
        console.Write(table);
        foreach (var outcome in result.Correct.Where(outcome => outcome.IsFalseAlarm)) console.MarkupLineInterpolated($"[red]FALSE ALARM[/] {outcome.Function}: {outcome.Text}");
        foreach (var outcome in result.Correct.Where(outcome => !outcome.IsFalseAlarm && outcome.Verdict is not Verdict.Pass))
            if (!outcome.IsRight) console.MarkupLineInterpolated($"[yellow]{outcome.Verdict.ToString()!.ToUpperInvariant()}[/] {outcome.Function}: {outcome.Text}");
            else if (outcome.Function.Unjudgeable is { } why) console.MarkupLineInterpolated($"[grey]{outcome.Verdict}[/] {outcome.Function}, as it should be: {why}");
    }

    private static void Add(Table table, string family, IReadOnlyList<CorrectOutcome> outcomes) => table.AddRow(
        Markup.Escape(family), "", Count(outcomes.Count), Of(outcomes, Verdict.Pass), Of(outcomes, Verdict.Kink), Of(outcomes, Verdict.Inconclusive), Count(outcomes.Count(outcome => outcome.IsFalseAlarm)));

    private void WriteCoverage(IAnsiConsole console)
    {
        var coverage = result.Coverage!;
        var table = Tables("error bars", "", "derivatives known", "within their bars", "share", "largest error", "median bar", "99 % of bars");
        table.AddRow(
            "all", "", Count(coverage.Entries), Count(coverage.Covered), coverage.Share.ToString("P3", CultureInfo.InvariantCulture), string.Create(CultureInfo.InvariantCulture, $"{coverage.Worst.ratio:0.00} bars"),
            Number(coverage.MedianBar), Number(coverage.WideBar));
        console.Write(table);
        console.WriteLine($"bars relative to the largest derivative of their row; the largest error is that of {coverage.Worst.where}");
    }

    private void WriteSpeed(IAnsiConsole console)
    {
        var speed = result.Speed!;
        var table = Tables("speed", "", "a check", "evaluations", "times as fast");
        table.AddRow("GradCheck, torch.nn's BatchNorm1d, 32×16", "", Milliseconds(speed.Engine), Count(speed.EngineEvaluations), Ratio(speed.Python, speed.Engine));
        table.AddRow("GradCheck, hand-written BatchNorm1d, 32×16", "", Milliseconds(speed.Own), Count(speed.OwnEvaluations), Ratio(speed.Python, speed.Own));
        if (speed.Python is { } python) table.AddRow("gradcheck of Python, slow mode", "", Milliseconds(python), Count(speed.PythonEvaluations), "1");
        console.Write(table);
        Line(console, $"one thread each; GradCheck would see a relative error of {speed.Power:0.0e0}, gradcheck's tolerance is 1e-3");
        if (speed.Python is null) console.WriteLine($"{Python.NotFound}: there is nothing to compare with");
    }

    private static Table Tables(params string[] titles)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns(titles[0], titles[1]);
        foreach (var title in titles[2..]) table.AddColumn(new TableColumn(title).RightAligned().NoWrap());
        return table;
    }

    private static string Of(IReadOnlyList<CorrectOutcome> outcomes, Verdict verdict) => Count(outcomes.Count(outcome => outcome.Verdict == verdict));

    private static string Count(long count) => count.ToString(CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString("0.0e-00", CultureInfo.InvariantCulture);

    private static string Milliseconds(double seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1000:0.0} ms");

    private static string Ratio(double? python, double seconds) => python is { } other ? (other / seconds).ToString("0.0", CultureInfo.InvariantCulture) : "-";

    private static void Line(IAnsiConsole console, FormattableString text) => console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
