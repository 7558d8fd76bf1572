namespace Microsoft.ML;

/// <summary>The stand-in's own argument checks: the rule, what was expected, what came.</summary>
internal static class Require
{
    public static void That(bool holds, string parameter, string rule, string expected, object? got)
    {
        if (!holds) throw new ArgumentException($"{rule}: expected {expected} but got {got ?? "null"}", parameter);
    }

    public static T NotNull<T>(T? value, string parameter) where T : class =>
        value ?? throw new ArgumentNullException(parameter);

    public static string Name(string? name, string parameter) =>
        string.IsNullOrEmpty(name) ? throw new ArgumentNullException(parameter, "a column must have a name: expected a text but got none") : name;
}
