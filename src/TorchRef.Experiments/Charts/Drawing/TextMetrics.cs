using System.Text;

namespace TorchRef.Experiments.Charts.Drawing;

/// <summary>How much room a text takes, without asking a font.</summary>
/// <remarks>
/// Widths are in thousandths of the font size, each the larger one of DejaVu Sans and Liberation Sans (as wide as Arial
/// and Helvetica). Which font a reader has isn't known; this way a text comes out narrower than its place, not wider.
/// </remarks>
internal static class TextMetrics
{
    /// <summary>Height above the base line, in font sizes: accents and Korean syllables fit.</summary>
    public const double Ascent = 0.88;

    /// <summary>Depth below the base line, in font sizes.</summary>
    public const double Descent = 0.24;

    /// <summary>From one base line to the next, in font sizes.</summary>
    public const double LineHeight = 1.25;

    private const int WideCharacter = 1100;

    private static readonly short[] Ascii =
    [
        318, 401, 460, 838, 637, 951, 780, 275, 391, 391, 500, 838, 318, 361, 318, 337, 637, 637, 637, 637, 637, 637, 637, 637,
        637, 637, 337, 337, 838, 838, 838, 557, 1016, 685, 687, 723, 771, 667, 611, 778, 752, 295, 500, 667, 558, 863, 749, 788,
        667, 788, 723, 667, 611, 732, 685, 989, 686, 667, 686, 391, 337, 391, 838, 557, 500, 613, 635, 550, 635, 616, 353, 635,
        634, 278, 278, 580, 278, 975, 634, 612, 635, 635, 412, 521, 393, 634, 592, 818, 592, 592, 525, 637, 337, 637, 838,
    ];

    /// <summary>Width of one line of text, in pixels.</summary>
    public static double Width(string text, double fontSize)
    {
        int sum = 0;
        foreach (Rune rune in text.EnumerateRunes()) sum += Thousandths(rune.Value);
        return sum * fontSize / 1000;
    }

    /// <summary>Width of the widest line, in pixels.</summary>
    public static double Width(IReadOnlyList<string> lines, double fontSize) => lines.Count == 0 ? 0 : lines.Max(line => Width(line, fontSize));

    /// <summary>Height of so many lines, in pixels.</summary>
    public static double Height(int lines, double fontSize) => lines == 0 ? 0 : ((lines - 1) * LineHeight + Ascent + Descent) * fontSize;

    private static int Thousandths(int codePoint) => codePoint switch
    {
        >= 0x20 and < 0x7F => Ascii[codePoint - 0x20],
        0xA0 => 318,
        0xB0 => 500,
        0xB7 => 318,
        0xB2 or 0xB3 or 0xB9 => 401,
        0xC6 or 0xE6 or 0xA9 or 0xAE => 1000,
        >= 0xDF and <= 0xFF => 640,
        >= 0xA1 and < 0x100 => 838,
        >= 0x391 and <= 0x3A9 => 863,
        >= 0x3B1 and <= 0x3C8 => 713,
        0x2010 or 0x2011 => 361,
        0x2013 => 557,
        0x2018 or 0x2019 => 318,
        0x201C or 0x201D => 519,
        0x207B => 528,
        0x2070 or (>= 0x2074 and <= 0x2079) or (>= 0x2080 and <= 0x2089) => 401,
        0x2212 => 838,
        _ => WideCharacter,
    };
}
