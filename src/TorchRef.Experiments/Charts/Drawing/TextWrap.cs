using System.Text;

namespace TorchRef.Experiments.Charts.Drawing;

/// <summary>Breaks texts into lines that fit a width.</summary>
internal static class TextWrap
{
    /// <summary>The lines; words that are wider than a line are broken. None for a blank text.</summary>
    public static IReadOnlyList<string> Lines(string? text, double fontSize, double maxWidth)
    {
        if (string.IsNullOrWhiteSpace(text)) return [];
        var lines = new List<string>();
        foreach (string paragraph in text.Split('\n'))
        {
            string line = "";
            foreach (string word in paragraph.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            {
                string longer = line.Length == 0 ? word : $"{line} {word}";
                if (TextMetrics.Width(longer, fontSize) <= maxWidth)
                {
                    line = longer;
                    continue;
                }

                if (line.Length > 0) lines.Add(line);
                line = BreakWord(word, fontSize, maxWidth, lines);
            }

            if (line.Length > 0) lines.Add(line);
        }

        return lines;
    }

    /// <summary>Whether the text fits so many lines without a word being broken.</summary>
    public static bool FitsUnbroken(string text, double fontSize, double maxWidth, int maxLines) =>
        text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).All(word => TextMetrics.Width(word, fontSize) <= maxWidth)
        && Lines(text, fontSize, maxWidth).Count <= maxLines;

    /// <summary>Adds the full lines of a word that is too wide and returns what is left of it.</summary>
    private static string BreakWord(string word, double fontSize, double maxWidth, List<string> lines)
    {
        var piece = new StringBuilder();
        foreach (Rune rune in word.EnumerateRunes())
        {
            string next = rune.ToString();
            if (piece.Length > 0 && TextMetrics.Width(piece + next, fontSize) > maxWidth)
            {
                lines.Add(piece.ToString());
                piece.Clear();
            }

            piece.Append(next);
        }

        return piece.ToString();
    }
}
