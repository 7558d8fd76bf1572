using System.Globalization;
using System.Text;

namespace TorchRef.Interop.Checkpoints.Reading;

/// <summary>What is said of a file that can't be read: one line, whatever the file's names hold.</summary>
internal static class Refusal
{
    private const int LongestText = 100;

    public static InvalidDataException Of(string rule, object expected, object got) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{rule}: expected {expected} but got {got}"));

    /// <summary>A text from a file, in quotes, cut where it gets long, with nothing that could start a new line or move a cursor.</summary>
    public static string Quote(string text)
    {
        var shown = new StringBuilder("'");
        foreach (var letter in text.Length > LongestText ? text[..LongestText] : text)
            if (char.IsControl(letter) || char.GetUnicodeCategory(letter) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate)
                shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}");
            else shown.Append(letter);
        return shown.Append(text.Length > LongestText ? "…'" : "'").ToString();
    }
}
