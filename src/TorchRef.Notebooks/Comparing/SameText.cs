using System.Globalization;
using System.Text.RegularExpressions;

namespace TorchRef.Notebooks.Comparing;

/// <summary>Texts that say the same, although a machine or an engine that rounds otherwise wrote them.</summary>
/// <remarks>
/// Everything but numbers must be the same, character by character. Two numbers are the same if they differ by at most one
/// thousandth of the larger, by one unit of the last digit that is written, or if both are as small as rounding errors
/// (at most 1e-6). In a picture they may differ by two pixels.
/// </remarks>
internal static partial class SameText
{
    private const double Relative = 1e-3;
    private const double RoundOff = 1e-6;
    private const double Pixels = 2;

    /// <summary>How much of a difference is shown.</summary>
    private const int Shown = 60;

    /// <summary>The first place where two texts say something else, as it is in each; null if there is none.</summary>
    public static (string saved, string fresh)? FirstDifference(string saved, string fresh)
    {
        if (saved == fresh) return null;
        var pixels = saved.StartsWith("<svg", StringComparison.Ordinal) ? Pixels : 0;
        var (left, right) = (Number().Matches(saved), Number().Matches(fresh));
        int i = 0, j = 0;
        for (var k = 0; ; k++)
        {
            var (ends, end) = (k < left.Count ? left[k].Index : saved.Length, k < right.Count ? right[k].Index : fresh.Length);
            if (!saved.AsSpan(i, ends - i).SequenceEqual(fresh.AsSpan(j, end - j))) return (Piece(saved, i), Piece(fresh, j));
            if (k >= left.Count || k >= right.Count) return left.Count == right.Count ? null : (Piece(saved, ends), Piece(fresh, end));
            if (!AreClose(left[k].Value, right[k].Value, pixels)) return (Piece(saved, ends), Piece(fresh, end));
            (i, j) = (ends + left[k].Length, end + right[k].Length);
        }
    }

    /// <summary>The first word that is another one; tags, style sheets and numbers are no words.</summary>
    public static (string saved, string fresh)? FirstOtherWord(string saved, string fresh)
    {
        var (left, right) = (Words(saved), Words(fresh));
        for (var i = 0; i < Math.Max(left.Count, right.Count); i++)
            if (i >= left.Count || i >= right.Count || left[i] != right[i]) return (Several(left, i), Several(right, i));
        return null;
    }

    private static bool AreClose(string left, string right, double pixels)
    {
        double a = Parse(left), b = Parse(right);
        var unit = Math.Max(Unit(left), Unit(right));
        return a == b || Math.Abs(a - b) <= Math.Max(pixels, Math.Max(Relative * Math.Max(Math.Abs(a), Math.Abs(b)), unit * 1.000001)) || (Math.Abs(a) <= RoundOff && Math.Abs(b) <= RoundOff);
    }

    private static double Parse(string number) => double.Parse(number.Replace('−', '-').Replace(",", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>What one step of the last decimal is worth; nothing for whole numbers, which count things.</summary>
    private static double Unit(string number)
    {
        var exponent = number.IndexOfAny(['e', 'E']);
        var mantissa = exponent < 0 ? number : number[..exponent];
        var point = mantissa.IndexOf('.');
        if (point < 0) return 0;
        return Math.Pow(10, (exponent < 0 ? 0 : int.Parse(number[(exponent + 1)..].Replace('−', '-'), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)) - (mantissa.Length - point - 1));
    }

    private static string Piece(string text, int at)
    {
        // A few characters before the place say where it is.
        var start = Math.Max(0, at - Shown / 3);
        return $"'{text[start..Math.Min(text.Length, start + Shown)].ReplaceLineEndings("⏎")}'";
    }

    private static List<string> Words(string text) => [.. Word().Matches(Tag().Replace(text, " ")).Select(match => match.Value)];

    private static string Several(List<string> words, int at) => at >= words.Count ? "nothing more" : $"'{string.Join(' ', words.Skip(at).Take(6))}'";

    [GeneratedRegex(@"[-−+]?\d[\d,]*(\.\d+)?([eE][-−+]?\d+)?")]
    private static partial Regex Number();

    [GeneratedRegex(@"\p{L}+")]
    private static partial Regex Word();

    [GeneratedRegex("<style[^>]*>.*?</style>|<[^>]*>", RegexOptions.Singleline)]
    private static partial Regex Tag();
}
