using System.Globalization;
using System.Numerics;
using TorchRef.Interop.Checkpoints.Reading;
using static TorchSharp.torch;

namespace TorchRef.Interop.Checkpoints.Comparing;

/// <summary>Two checkpoint files, value by value. One pair of tensors is in memory at a time.</summary>
/// <param name="Rows">A row for each name that one of the files has: those of the first in its order, then those that only the second has.</param>
public sealed record CheckpointComparison(IReadOnlyList<ComparedEntry> Rows)
{
    /// <summary>Whether nothing differs.</summary>
    public bool Agrees => Rows.All(row => row.Agrees);

    /// <summary>Compares two files of any of the formats.</summary>
    /// <param name="first">A file.</param>
    /// <param name="second">The other file.</param>
    /// <param name="key">The keys, joined by dots, that lead in both to what is compared, such as model; null for all.</param>
    /// <param name="tolerance">
    /// Null: the same bits. Else t: |a − b| ≤ t + t·|b|, NaN agrees with NaN and an infinity with itself, whole numbers too.
    /// </param>
    /// <param name="ignoreTypes">Whether tensors of different element types may agree.</param>
    /// <param name="stop">Ends it between two tensors.</param>
    /// <exception cref="InvalidDataException">A file isn't a checkpoint, is damaged, or holds what isn't allowed.</exception>
    /// <exception cref="ArgumentException">The key leads nowhere in one of the files.</exception>
    public static CheckpointComparison Of(string first, string second, string? key = null, double? tolerance = null, bool ignoreTypes = false, CancellationToken stop = default)
    {
        using var a = CheckpointFile.Open(first);
        using var b = CheckpointFile.Open(second);
        var (ours, theirs) = (Named(a, key, first), Named(b, key, second));
        var rows = new List<ComparedEntry>();
        foreach (var name in ours.Keys.Union(theirs.Keys))
        {
            stop.ThrowIfCancellationRequested();
            var (left, right) = (ours.GetValueOrDefault(name), theirs.GetValueOrDefault(name));
            rows.Add(Row(name, (a, left), (b, right), tolerance, ignoreTypes));
        }
        return new CheckpointComparison(rows);
    }

    private static Dictionary<string, CheckpointEntry> Named(CheckpointFile file, string? key, string path)
    {
        var named = new Dictionary<string, CheckpointEntry>(StringComparer.Ordinal);
        foreach (var entry in file.Entries)
        {
            if (key is not null && !entry.Path.StartsWith(key + '.', StringComparison.Ordinal)) continue;
            var name = key is null ? entry.Path : entry.Path[(key.Length + 1)..];
            if (!named.TryAdd(name, entry)) throw Refusal.Of($"{path}: keys joined by dots must lead to one value", $"one {Refusal.Quote(name)}", "two");
        }
        return named.Count > 0 || key is null ? named : throw new ArgumentException($"a key must lead to something in {path}: expected such as {string.Join(", ", file.Entries.Select(entry => entry.Path.Split('.')[0]).Distinct().Take(5))} but got '{key}'");
    }

    private static ComparedEntry Row(string name, (CheckpointFile File, CheckpointEntry? Entry) a, (CheckpointFile File, CheckpointEntry? Entry) b, double? tolerance, bool ignoreTypes)
    {
        var row = new ComparedEntry(name, Side(a.Entry), Side(b.Entry), EntryVerdict.Same);
        if (a.Entry is null) return row with { Verdict = EntryVerdict.OnlyInSecond };
        if (b.Entry is null) return row with { Verdict = EntryVerdict.OnlyInFirst };
        if (a.Entry.IsTensor != b.Entry.IsTensor) return row with { Verdict = EntryVerdict.Kind };
        if (!a.Entry.IsTensor) return row with { Verdict = AreAlike(a.Entry.Value, b.Entry.Value, tolerance) ? EntryVerdict.Same : EntryVerdict.Value };
        if (!a.Entry.Shape.SequenceEqual(b.Entry.Shape)) return row with { Verdict = EntryVerdict.Shape };
        var sameType = a.Entry.Type == b.Entry.Type;
        using var scope = NewDisposeScope();
        var elements = ElementComparison.Of(a.File.Load(a.Entry), b.File.Load(b.Entry), tolerance);
        return row with { Elements = elements, Verdict = !sameType && !ignoreTypes ? EntryVerdict.Type : elements.Mismatched > 0 ? EntryVerdict.Value : EntryVerdict.Same };
    }

    private static string? Side(CheckpointEntry? entry) =>
        entry is null ? null : entry.IsTensor ? $"{TorchNames.Of(entry.Type!.Value).Name} [{string.Join(", ", entry.Shape)}]" : Text(entry.Value);

    private static string Text(object? value) => value switch
    {
        null => "None",
        long[] size => $"[{string.Join(", ", size)}]",
        byte[] bytes => $"{bytes.Length} bytes",
        string text => Refusal.Quote(text),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        ScalarType type => $"torch.{TorchNames.Of(type).Name}",
        _ => value.ToString()!,
    };

    private static bool AreAlike(object? a, object? b, double? tolerance) => (a, b) switch
    {
        (double or long or BigInteger, double or long or BigInteger) when tolerance is { } t => Close(Number(a), Number(b), t),
        (double x, double y) => BitConverter.DoubleToInt64Bits(x) == BitConverter.DoubleToInt64Bits(y),
        (long[] x, long[] y) => x.SequenceEqual(y),
        (byte[] x, byte[] y) => x.SequenceEqual(y),
        _ => Equals(a, b),
    };

    private static double Number(object number) => number is BigInteger wide ? (double)wide : Convert.ToDouble(number);

    internal static bool Close(double a, double b, double tolerance) => a.Equals(b) || a == b || Math.Abs(a - b) <= tolerance + tolerance * Math.Abs(b);
}
