using TorchRef.Experiments.Catalog;
using TorchRef.Experiments.Charts;
using TorchRef.Experiments.Running;
using TorchRef.Experiments.Tests.Charts;

namespace TorchRef.Experiments.Tests.Catalog;

/// <summary>What all experiments have in common.</summary>
public sealed class ExperimentCatalogTests
{
    public static TheoryData<string> Names => QuickRuns.Names;

    public static TheoryData<string> TrainedNames => [.. QuickRuns.Experiments.OfType<Tiny>().Select(experiment => experiment.Name)];

    public static TheoryData<string> CheapNames => [.. QuickRuns.Experiments.Where(experiment => experiment is not Tiny).Select(experiment => experiment.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_finds_what_it_was_made_to_show(string name)
    {
        RunResult result = QuickRuns.Of(name);

        Assert.True(result.IsComplete);
        Assert.NotEmpty(result.Outcome.Findings);
        Assert.All(result.Outcome.Findings, finding => Assert.True(finding.Outcome == ReportOutcome.Passed, $"{finding.Statement}: {finding.Measured}"));
        Assert.NotEmpty(result.Outcome.Tables);
        Assert.NotNull(result.Outcome.Curve);
        Assert.Equal(result.Outcome.Charts.Count, result.Outcome.Charts.Select(chart => chart.Name).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(CheapNames))]
    public void Stopped_after_any_part_it_concludes_from_what_it_has(string name)
    {
        IExperiment experiment = QuickRuns.Find(name);
        int parts = QuickRuns.Of(name).Plan.Parts.Count;
        foreach (int last in new[] { 0, 1, parts / 2, parts - 1 }.Distinct())
        {
            using var stop = new CancellationTokenSource();
            int signs = 0;
            RunResult result = ExperimentRunner.Run(experiment, QuickRuns.Request, new RunOptions
            {
                // In the middle of a part, at its third sign of life; or at the start of the next one.
                Progress = now =>
                {
                    if (now.Part > last || (now.Part == last && ++signs == 3)) stop.Cancel();
                },
            }, stop.Token);

            Assert.Equal(result.PartsDone == parts, result.IsComplete);
            Assert.InRange(result.PartsDone, last, last + 1);
            Assert.NotEmpty(RunReport.Of(result).ToHtml());
            Assert.NotEmpty(ResultsJson.Of(result));
        }
    }

    /// <summary>What a training that was stopped leaves: whole series of the parts before it, and beginnings of its own.</summary>
    [Theory]
    [MemberData(nameof(TrainedNames))]
    public void It_concludes_from_the_beginning_of_a_training(string name)
    {
        RunResult whole = QuickRuns.Of(name);
        string[] parts = [.. whole.Records.Names.Select(Part).Distinct()];
        foreach ((int last, double share) in from last in new[] { 0, parts.Length / 2, parts.Length - 1 }.Distinct() from share in new[] { 0, 0.01, 0.3, 0.9 } select (last, share))
        {
            var records = new Records();
            foreach (string series in whole.Records.Names)
            {
                int place = Array.IndexOf(parts, Part(series)), count = (int)Math.Ceiling(share * whole.Records[series].Count);
                if (place < last) records.Set(series, whole.Records[series]);
                if (place == last && count > 0) records.Set(series, whole.Records[series].Take(count));
            }

            RunResult stopped = whole with { Records = records, Outcome = whole.Plan.Conclude(records), PartsDone = 0 };
            Assert.NotEmpty(RunReport.Of(stopped).ToHtml());
            Assert.NotEmpty(ResultsJson.Of(stopped));
        }

        static string Part(string series) => series.Split('/')[0];
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_second_run_gives_the_same_bytes(string name) =>
        Assert.Equal(ResultsJson.Of(QuickRuns.Of(name)), ResultsJson.Of(ExperimentRunner.Run(QuickRuns.Find(name), QuickRuns.Request)));

    [Theory]
    [MemberData(nameof(Names))]
    public void No_texts_of_its_charts_share_room_and_none_leaves_the_picture(string name)
    {
        foreach (NamedChart chart in QuickRuns.Of(name).Outcome.Charts)
        {
            var picture = new SvgPicture(chart.Chart);
            IReadOnlyList<PlacedText> texts = picture.Texts;
            Assert.Empty(from i in Enumerable.Range(0, texts.Count)
                         from j in Enumerable.Range(i + 1, texts.Count - i - 1)
                         where SvgPicture.Overlap(texts[i], texts[j])
                         select $"{chart.Name}: '{texts[i].Text}' and '{texts[j].Text}'");
            Assert.All(texts.SelectMany(text => text.Corners), corner => Assert.True(corner.X >= 0 && corner.Y >= 0 && corner.X <= picture.Width && corner.Y <= picture.Height, $"{chart.Name}: {corner}"));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_report_needs_no_network(string name)
    {
        string html = RunReport.Of(QuickRuns.Of(name)).ToHtml();

        foreach (string outside in (string[])["<script", "<link", "<img", "@import", "url(http", "src=\"http", "href=\"http"])
            Assert.DoesNotContain(outside, html, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Names_are_unique_and_found()
    {
        Assert.Equal(ExperimentCatalog.All.Count, ExperimentCatalog.All.Select(experiment => experiment.Name).Distinct().Count());
        Assert.All(ExperimentCatalog.All, experiment => Assert.Same(experiment, ExperimentCatalog.Find(experiment.Name)));
        Assert.Null(ExperimentCatalog.Find("no such experiment"));
    }
}
