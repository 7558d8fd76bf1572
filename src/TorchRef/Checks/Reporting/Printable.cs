using System.Globalization;
using System.Text;

namespace TorchRef.Checks.Reporting;

/// <summary>Text that other people's names are part of, made fit to be shown: no control characters, a known width, bounded length.</summary>
internal static class Printable
{
    /// <summary>One line: line breaks and tabs become spaces, control and bidirectional characters and broken surrogates their code, <c>\u001B</c>.</summary>
    public static string OneLine(string text)
    {
        if (!NeedsWork(text)) return text;
        var line = new StringBuilder(text.Length);
        var i = 0;
        while (i < text.Length)
        {
            if (!Rune.TryGetRuneAt(text, i, out var rune))
            {
                line.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[i]:X4}");
                i++;
                continue;
            }
            i += rune.Utf16SequenceLength;
            if (rune.Value is '\n' or '\r' or '\t' or 0x2028 or 0x2029)
            {
                if (line.Length > 0 && line[^1] != ' ') line.Append(' ');
            }
            else if (IsUnsafe(rune)) line.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}");
            else line.Append(rune.ToString());
        }
        return line.ToString();
    }

    /// <summary>The same for several lines, which stay lines.</summary>
    public static string Lines(string text) => string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(OneLine));

    /// <summary>Columns of a terminal: 2 for East Asian characters and emoji, 0 for combining marks.</summary>
    public static int Width(string text)
    {
        var width = 0;
        foreach (var element in Elements(text)) width += WidthOfElement(element);
        return width;
    }

    /// <summary>At most so many columns: what doesn't fit is left out of the middle, where names differ least, for a "…".</summary>
    public static string Shorten(string text, int columns)
    {
        // A text of n characters has at most 2n columns: most need no count.
        if (text.Length * 2 <= columns || Width(text) <= columns) return text;
        var elements = Elements(text).ToList();
        var (head, tail, used) = (0, 0, 1);
        while (head + tail < elements.Count)
        {
            var fromHead = head <= tail;
            var width = WidthOfElement(fromHead ? elements[head] : elements[^(tail + 1)]);
            if (used + width > columns) break;
            used += width;
            if (fromHead) head++; else tail++;
        }
        return $"{string.Concat(elements.Take(head))}…{string.Concat(elements.Skip(elements.Count - tail))}";
    }

    /// <summary>Breaks a paragraph into lines of at most so many columns, at spaces where there are any.</summary>
    public static IReadOnlyList<string> Wrap(string text, int columns)
    {
        var lines = new List<string>();
        var line = new StringBuilder();
        var width = 0;
        foreach (var word in text.Split(' '))
        {
            var rest = word;
            var wide = Width(rest);
            if (line.Length > 0 && width + 1 + wide > columns)
            {
                // A word wider than a line fills what is left of this one, a shorter one begins the next.
                if (wide <= columns) Flush();
            }
            if (line.Length > 0 || width > 0)
            {
                line.Append(' ');
                width++;
            }
            foreach (var element in Elements(rest))
            {
                var one = WidthOfElement(element);
                if (width + one > columns) Flush();
                line.Append(element);
                width += one;
            }
        }
        if (line.Length > 0 || lines.Count == 0) Flush();
        return lines;

        void Flush()
        {
            lines.Add(line.ToString().TrimEnd(' '));
            line.Clear();
            width = 0;
        }
    }

    /// <summary>Filled with spaces to so many columns.</summary>
    public static string Pad(string text, int columns, bool toTheRight)
    {
        var spaces = new string(' ', Math.Max(0, columns - Width(text)));
        return toTheRight ? spaces + text : text + spaces;
    }

    private static bool NeedsWork(string text)
    {
        foreach (var character in text)
            if (char.IsControl(character) || char.IsSurrogate(character) || character is >= '\u061C' && CharUnicodeInfo.GetUnicodeCategory(character) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
                return true;
        return text.Contains('\uFFFE') || text.Contains('\uFFFF');
    }

    /// <summary>What moves the cursor, turns the writing round or isn't a character; the joiner that emoji are made with is none of these.</summary>
    private static bool IsUnsafe(Rune rune) =>
        rune.Value is 0xFFFE or 0xFFFF || Rune.IsControl(rune) || (Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format && rune.Value != 0x200D);

    private static IEnumerable<string> Elements(string text)
    {
        var elements = StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext()) yield return elements.GetTextElement();
    }

    private static int WidthOfElement(string element)
    {
        var width = 0;
        foreach (var rune in element.EnumerateRunes()) width = Math.Max(width, WidthOfRune(rune));
        return width;
    }

    private static int WidthOfRune(Rune rune) => rune.Value switch
    {
        < 0x300 => 1,
        // Hangul Jamo, CJK, Hangul, compatibility and full-width forms, emoji, the planes of rarer ideographs.
        >= 0x1100 and <= 0x115F or >= 0x2E80 and <= 0xA4CF or >= 0xAC00 and <= 0xD7A3 or >= 0xF900 and <= 0xFAFF
            or >= 0xFE30 and <= 0xFE6F or >= 0xFF00 and <= 0xFF60 or >= 0xFFE0 and <= 0xFFE6
            or >= 0x1F300 and <= 0x1FAFF or >= 0x20000 and <= 0x3FFFD => 2,
        _ => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format ? 0 : 1,
    };
}
