using System.Text.Json;
using TorchRef.Experiments.Catalog;
using TorchRef.Experiments.Claims;
using TorchRef.Experiments.NetworkExperiments;
using TorchRef.Experiments.Running;
using TorchRef.Experiments.Tests.Catalog;

namespace TorchRef.Experiments.Tests.Claims;

/// <summary>The audit of the study notes.</summary>
public sealed class ClaimAuditTests
{
    private static readonly Lazy<IReadOnlyList<ClaimResult>> s_results = new(() => [.. new ClaimAudit(QuickRuns.Request, QuickRuns.Known).Measure()]);

    [Fact]
    public void The_wrong_claims_come_out_wrong() =>
        Assert.Equal(["B5", "B6", "C3", "D1", "D3", "E5", "E8"], With(ClaimVerdict.Wrong));

    [Fact]
    public void What_needs_a_caveat_gets_one() =>
        Assert.Equal(["A10", "A2", "A8", "A9", "B10", "B12", "B4", "B8", "C1", "C6", "D6", "D9", "E10", "E13", "E7"], With(ClaimVerdict.HoldsWithCaveat));

    [Fact]
    public void What_takes_an_experiment_that_is_missing_is_not_measured_and_says_which()
    {
        Assert.All(s_results.Value.Where(result => result.Verdict == ClaimVerdict.NotMeasured), result => Assert.NotEmpty(result.Missing));
        Assert.All(s_results.Value.Where(result => result.Missing.Count > 0), result => Assert.Contains(result.Verdict, new[] { ClaimVerdict.NotMeasured, ClaimVerdict.Wrong }));
    }

    [Fact]
    public void Every_claim_of_the_five_notes_is_there_once()
    {
        string[] expected = [.. Ids('A', 12), .. Ids('B', 12), .. Ids('C', 7), .. Ids('D', 12), .. Ids('E', 13)];

        Assert.Equal(expected, ClaimAudit.Claims.Select(claim => claim.Id));
        Assert.Equal(["000", "001", "002", "003", "004"], ClaimAudit.Claims.Select(claim => claim.Note).Distinct());

        static IEnumerable<string> Ids(char note, int count) => Enumerable.Range(1, count).Select(i => $"{note}{i}");
    }

    /// <summary>Nothing hangs on a lucky seed. (What trains networks takes several seeds by itself, or, the search, a minute.)</summary>
    [Fact]
    public void Another_seed_comes_to_the_same_verdicts()
    {
        IExperiment[] without = [.. ExperimentCatalog.All.Where(experiment => experiment is not NetworkExperiment)];
        ClaimResult[] again = [.. new ClaimAudit(QuickRuns.Request with { Seed = 11, Seeds = 1 }, without).Measure(claim => claim.Id != "E13").Where(result => result.Missing.Count == 0)];

        Assert.True(again.Length > 30, $"{again.Length} claims were measured again");
        Assert.Equal(again.Select(result => (result.Claim.Id, Verdict(result.Claim.Id))), again.Select(result => (result.Claim.Id, result.Verdict)));
    }

    [Fact]
    public void A_verdict_follows_from_the_evidence_alone()
    {
        ClaimEvidence Says(bool isTrue) => new("", "", isTrue, IsLimit: false);
        ClaimEvidence Limit(bool isTrue) => new("", "", isTrue, IsLimit: true);
        ClaimVerdict Of(IReadOnlyList<string> missing, params ClaimEvidence[] evidence) => new ClaimResult(new Claim("", "", ""), evidence, missing, "").Verdict;

        Assert.Equal(ClaimVerdict.Holds, Of([], Says(true), Limit(false)));
        Assert.Equal(ClaimVerdict.HoldsWithCaveat, Of([], Says(true), Limit(true)));
        Assert.Equal(ClaimVerdict.Wrong, Of(["other"], Says(true), Says(false), Limit(true)));
        Assert.Equal(ClaimVerdict.NotMeasured, Of(["other"], Says(true)));
        Assert.Equal(ClaimVerdict.NotMeasured, Of([], Limit(true)));
        Assert.Equal(ClaimVerdict.NotMeasured, Of([]));
    }

    [Fact]
    public void Without_an_experiment_its_claims_are_not_measured()
    {
        ClaimResult result = Assert.Single(new ClaimAudit(QuickRuns.Request, []).Measure(claim => claim.Id == "B7"));

        Assert.Equal(ClaimVerdict.NotMeasured, result.Verdict);
        Assert.Equal("vanishing-gradients", result.Missing[0]);
    }

    [Fact]
    public void An_audit_can_be_stopped()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();

        Assert.Throws<OperationCanceledException>(() => new ClaimAudit(QuickRuns.Request, QuickRuns.Experiments).Measure(stop: stop.Token).First());
    }

    [Fact]
    public void Json_and_page_hold_every_claim()
    {
        var report = new ClaimReport(s_results.Value, "engine", "data", 0);
        using var json = JsonDocument.Parse(report.ToJson());

        Assert.Equal(56, json.RootElement.GetProperty("claims").GetArrayLength());
        string page = report.ToHtml().ToHtml();
        Assert.All(s_results.Value, result => Assert.Contains($"<td>{result.Claim.Id}</td>", page, StringComparison.Ordinal));
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.StartsWith("56 claims: ", report.Summary, StringComparison.Ordinal);
    }

    private static ClaimVerdict Verdict(string id) => s_results.Value.Single(result => result.Claim.Id == id).Verdict;

    private static IEnumerable<string> With(ClaimVerdict verdict) => s_results.Value.Where(result => result.Verdict == verdict).Select(result => result.Claim.Id).Order(StringComparer.Ordinal);
}
