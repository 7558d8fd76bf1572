namespace TorchRef.Cli.Checking;

/// <summary>Names that somebody may have meant.</summary>
internal static class Nearest
{
    /// <summary>Names that contain what was asked for, or that few slips make of it, the likeliest first.</summary>
    public static IReadOnlyList<string> To(string asked, IEnumerable<string> names)
    {
        var short_ = Last(asked);
        return [.. names
            .Select(name => (name, slips: Math.Min(Slips(asked, name), Slips(short_, Last(name)))))
            .Where(pair => pair.slips <= Math.Max(1, short_.Length / 3) || Last(pair.name).Contains(short_, StringComparison.OrdinalIgnoreCase))
            .OrderBy(pair => pair.slips).ThenBy(pair => pair.name, StringComparer.Ordinal)
            .Select(pair => pair.name)];
    }

    /// <summary>Names in a sentence: all of a few, the first of many.</summary>
    public static string List(IReadOnlyList<string> names, int most = 12) =>
        names.Count <= most ? string.Join(", ", names) : $"{string.Join(", ", names.Take(most))} and {names.Count - most} more";

    private static string Last(string name) => name[(name.LastIndexOf('.') + 1)..];

    /// <summary>Insertions, deletions and replacements between two names, whatever their case.</summary>
    private static int Slips(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var replaced = diagonal + (char.ToUpperInvariant(one[i - 1]) == char.ToUpperInvariant(other[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, 1 + Math.Min(row[j], row[j - 1]));
            }
        }
        return row[^1];
    }
}
