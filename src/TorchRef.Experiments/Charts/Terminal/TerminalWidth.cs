using System.Text;

namespace TorchRef.Experiments.Charts.Terminal;

/// <summary>How many columns of a terminal a text takes.</summary>
internal static class TerminalWidth
{
    public static int Of(string text)
    {
        int columns = 0;
        foreach (Rune rune in text.EnumerateRunes()) columns += Columns(rune);
        return columns;
    }

    /// <summary>The text in lines of at most so many columns; words that are wider are broken.</summary>
    public static IReadOnlyList<string> Wrap(string text, int columns)
    {
        var lines = new List<string>();
        var line = new StringBuilder();
        foreach (string word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && Of(line.ToString()) + 1 + Of(word) > columns) Flush(lines, line);
            if (line.Length > 0) line.Append(' ');
            foreach (Rune rune in word.EnumerateRunes())
            {
                if (line.Length > 0 && Of(line.ToString()) + Columns(rune) > columns) Flush(lines, line);
                line.Append(rune.ToString());
            }
        }

        if (line.Length > 0) Flush(lines, line);
        return lines;
    }

    private static void Flush(List<string> lines, StringBuilder line)
    {
        lines.Add(line.ToString());
        line.Clear();
    }

    /// <summary>Syllables and ideographs of East Asia are two columns wide, marks that combine have none.</summary>
    private static int Columns(Rune rune) => rune.Value switch
    {
        >= 0x300 and <= 0x36F or 0x200B => 0,
        (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF) => 2,
        (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF00 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6) or (>= 0x1F300 and <= 0x1FAFF) or (>= 0x20000 and <= 0x3FFFD) => 2,
        _ => 1,
    };
}
