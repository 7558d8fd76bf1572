using System.Xml.Linq;
using TorchRef.Checks;
using TorchRef.Checks.Reporting;

namespace TorchRef.Tests.Checks.Reporting;

/// <summary>Reports on a build server.</summary>
public sealed class JUnitRendererTests
{
    [Fact]
    public void What_is_wrong_is_a_failure_with_the_diagnosis()
    {
        var suite = Suite(MadeUp.Factor.ToJUnit());

        Assert.Equal(("4", "1", "0", "0", "0.312"), Counts(suite));
        var failed = Assert.Single(suite.Elements("testcase"), one => one.Element("failure") is not null);
        Assert.Equal("gradient of weight (3)", failed.Attribute("name")!.Value);
        Assert.StartsWith("the gradient of weight is 2 times too large", failed.Element("failure")!.Attribute("message")!.Value, StringComparison.Ordinal);
        Assert.Contains("output 0[1, 2] by weight[2]: autograd 2.469135780247, differences 1.234567890123 ± 4e-12\n", failed.Element("failure")!.Value, StringComparison.Ordinal);
        Assert.Contains("seed 7", failed.Element("failure")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_told_is_skipped_with_the_reason_and_never_passed()
    {
        var suite = Suite(MadeUp.Blind.ToJUnit());

        Assert.Equal(("3", "0", "0", "3", "0.012"), Counts(suite));
        Assert.All(suite.Elements("testcase"), one => Assert.StartsWith("INCONCLUSIVE: ", one.Element("skipped")!.Attribute("message")!.Value, StringComparison.Ordinal));
    }

    [Fact]
    public void A_kink_passes_and_says_so()
    {
        var suite = Suite(MadeUp.Kink.ToJUnit());

        Assert.Equal(("1", "0", "0", "0", "2.040"), Counts(suite));
        Assert.StartsWith("KINK: 2 of 16 derivatives are at a kink", Assert.Single(suite.Descendants("system-out")).Value, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_right_passes_in_silence()
    {
        var suite = Suite(MadeUp.Right.ToJUnit());

        Assert.Equal(("2", "0", "0", "0", "0.050"), Counts(suite));
        Assert.All(suite.Elements("testcase"), one => Assert.Empty(one.Elements()));
    }

    [Theory]
    [InlineData(Verdict.Fail, "failure")]
    [InlineData(Verdict.Inconclusive, "skipped")]
    public void A_verdict_that_no_case_shows_gets_a_case_of_its_own(Verdict verdict, string element)
    {
        var document = new ReportDocument("it", verdict, "it didn't finish", [], [], [new ReportCase("one", Verdict.Pass, "", "")], TimeSpan.Zero);

        var suite = Suite(JUnitRenderer.Render(document));

        Assert.Equal("2", suite.Attribute("tests")!.Value);
        Assert.Single(suite.Elements("testcase").Where(one => one.Attribute("name")!.Value == "verdict").Elements(element));
    }

    [Fact]
    public void A_report_without_cases_still_counts_as_one_test() =>
        Assert.Equal("1", Suite(JUnitRenderer.Render(new ReportDocument("it", Verdict.Pass, "fine", [], [], [], TimeSpan.Zero))).Attribute("tests")!.Value);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void No_name_breaks_the_file(int hardName)
    {
        var suite = Suite(MadeUp.Hostile(MadeUp.HardNames[hardName]).ToJUnit());

        Assert.Equal(("3", "2", "0", "1", "0.000"), Counts(suite));
        Assert.Equal(MadeUp.HardNames[hardName].Contains("한국어", StringComparison.Ordinal), suite.Attribute("name")!.Value.Contains("👩‍👩‍👧 한국어", StringComparison.Ordinal));
    }

    [Fact]
    public void The_file_says_the_encoding_that_it_is_written_in() => Assert.StartsWith("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n", MadeUp.Right.ToJUnit(), StringComparison.Ordinal);

    /// <summary>The suite, after its counts have been compared with what is in it.</summary>
    private static XElement Suite(string xml)
    {
        var root = XDocument.Parse(xml).Root!;
        Assert.Equal("testsuites", root.Name);
        var suite = Assert.Single(root.Elements());
        Assert.Equal("testsuite", suite.Name);
        var cases = suite.Elements("testcase").ToList();
        Assert.Equal((cases.Count, cases.Count(one => one.Element("failure") is not null), cases.Count(one => one.Element("skipped") is not null)), ((int)suite.Attribute("tests")!, (int)suite.Attribute("failures")!, (int)suite.Attribute("skipped")!));
        Assert.All(cases, one => Assert.NotNull(one.Attribute("classname")));
        return suite;
    }

    private static (string tests, string failures, string errors, string skipped, string time) Counts(XElement suite)
    {
        string Of(string name) => suite.Attribute(name)!.Value;
        return (Of("tests"), Of("failures"), Of("errors"), Of("skipped"), Of("time"));
    }
}
