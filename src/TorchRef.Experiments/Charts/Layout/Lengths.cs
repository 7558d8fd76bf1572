namespace TorchRef.Experiments.Charts.Layout;

/// <summary>Checks that lists which belong together fit.</summary>
internal static class Lengths
{
    /// <summary>Throws <see cref="ArgumentException"/> when the lengths differ.</summary>
    public static void Check(string rule, string what, int expected, int got)
    {
        if (expected != got) throw new ArgumentException($"{rule}: expected {expected} {what} but got {got}.");
    }

    /// <summary>Throws <see cref="ArgumentException"/> when a name occurs twice.</summary>
    public static void CheckNames(IEnumerable<string> names)
    {
        var seen = new HashSet<string>();
        foreach (string name in names)
        {
            if (!seen.Add(name)) throw new ArgumentException($"Names tell series apart: expected each once but got '{name}' twice.");
        }
    }
}
