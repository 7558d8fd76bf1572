using System.Globalization;
using System.Text;
using System.Xml;

namespace TorchRef.Checks.Reporting;

/// <summary>
/// Reports for build servers. A case that is wrong is a failure. One that can't tell is skipped, with the reason: it
/// hasn't failed, and must not be counted among what passed. A kink has passed, and says so in its output.
/// </summary>
internal static class JUnitRenderer
{
    private const string Kind = "TorchRef";

    /// <summary>Names and messages are shown in lists; bodies have everything.</summary>
    private const int LongestAttribute = 1000;

    public static string Render(ReportDocument document)
    {
        var cases = Cases(document);
        var (failures, skipped) = (cases.Count(one => one.Verdict == Verdict.Fail), cases.Count(one => one.Verdict == Verdict.Inconclusive));
        var text = new StringBuilder();
        // Written for a string, which would be declared as UTF-16; files are UTF-8.
        text.Append("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, IndentChars = "  ", NewLineChars = "\n", OmitXmlDeclaration = true, NewLineHandling = NewLineHandling.Replace }))
        {
            xml.WriteStartElement("testsuites");
            Counts(xml, document, cases.Count, failures, skipped);
            xml.WriteStartElement("testsuite");
            Counts(xml, document, cases.Count, failures, skipped);
            if (document.Facts.Count > 0)
            {
                xml.WriteStartElement("properties");
                foreach (var (name, value) in document.Facts)
                {
                    xml.WriteStartElement("property");
                    Attribute(xml, "name", name);
                    Attribute(xml, "value", value);
                    xml.WriteEndElement();
                }
                xml.WriteEndElement();
            }
            foreach (var one in cases) Case(xml, document, one);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }
        return text.Append('\n').ToString();
    }

    /// <summary>The document's cases; where none of them shows the verdict of the whole, a case for the whole.</summary>
    private static IReadOnlyList<ReportCase> Cases(ReportDocument document)
    {
        var shown = document.Verdict switch
        {
            Verdict.Fail => document.Cases.Any(one => one.Verdict == Verdict.Fail),
            Verdict.Inconclusive => document.Cases.Any(one => one.Verdict is Verdict.Fail or Verdict.Inconclusive),
            _ => document.Cases.Count > 0,
        };
        return shown ? document.Cases : [.. document.Cases, new ReportCase("verdict", document.Verdict, document.Headline, TextRenderer.Render(document))];
    }

    private static void Counts(XmlWriter xml, ReportDocument document, int tests, int failures, int skipped)
    {
        Attribute(xml, "name", document.Title);
        Attribute(xml, "tests", tests.ToString(CultureInfo.InvariantCulture));
        Attribute(xml, "failures", failures.ToString(CultureInfo.InvariantCulture));
        Attribute(xml, "errors", "0");
        Attribute(xml, "skipped", skipped.ToString(CultureInfo.InvariantCulture));
        Attribute(xml, "time", document.Elapsed.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture));
    }

    private static void Case(XmlWriter xml, ReportDocument document, ReportCase one)
    {
        xml.WriteStartElement("testcase");
        Attribute(xml, "classname", document.Title.Length > 0 ? document.Title : Kind);
        Attribute(xml, "name", one.Name);
        switch (one.Verdict)
        {
            case Verdict.Fail:
                xml.WriteStartElement("failure");
                Attribute(xml, "message", one.Message);
                Attribute(xml, "type", VerdictText.Word(one.Verdict));
                Body(xml, one.Details);
                xml.WriteEndElement();
                break;
            case Verdict.Inconclusive:
                xml.WriteStartElement("skipped");
                Attribute(xml, "message", VerdictText.WithWord(one.Verdict, one.Message));
                Body(xml, one.Details);
                xml.WriteEndElement();
                break;
            case Verdict.Kink:
                xml.WriteStartElement("system-out");
                Body(xml, $"{VerdictText.WithWord(one.Verdict, one.Message)}\n{one.Details}");
                xml.WriteEndElement();
                break;
        }
        xml.WriteEndElement();
    }

    private static void Attribute(XmlWriter xml, string name, string value) => xml.WriteAttributeString(name, Printable.Shorten(Printable.OneLine(value), LongestAttribute));

    private static void Body(XmlWriter xml, string text) => xml.WriteString(Printable.Lines(text));
}
