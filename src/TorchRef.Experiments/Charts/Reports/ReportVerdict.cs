using System.Text;
using TorchRef.Experiments.Charts.Drawing;

namespace TorchRef.Experiments.Charts;

/// <summary>One line that says how a check ended, readable without colour.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Text">What was checked and what came out.</param>
public sealed record ReportVerdict(ReportOutcome Outcome, string Text) : ReportBlock
{
    internal override void Write(StringBuilder html, ChartTheme theme)
    {
        (string name, string sign, string word) = Outcome switch
        {
            ReportOutcome.Passed => ("passed", "✓", "Holds"),
            ReportOutcome.Failed => ("failed", "✗", "Doesn't hold"),
            _ => ("undecided", "?", "Undecided"),
        };
        html.Append($"<p class=\"verdict {name}\"><strong>{sign} {XmlText.Escape(word)}:</strong> {XmlText.Escape(Text)}</p>\n");
    }
}
