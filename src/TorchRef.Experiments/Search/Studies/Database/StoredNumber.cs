namespace TorchRef.Experiments.Search.Studies.Database;

/// <summary>A float as the tables hold it: the number where it is finite, else null and a type.</summary>
/// <param name="Value">Null exactly when the type isn't FINITE; Optuna fails on anything else.</param>
/// <param name="Type">FINITE, INF_POS, INF_NEG or NAN.</param>
internal readonly record struct StoredNumber(double? Value, string Type)
{
    public static StoredNumber Of(double number) => number switch
    {
        double.PositiveInfinity => new(null, "INF_POS"),
        double.NegativeInfinity => new(null, "INF_NEG"),
        double.NaN => new(null, "NAN"),
        _ => new(number, "FINITE"),
    };

    public double Number => Type switch
    {
        "INF_POS" => double.PositiveInfinity,
        "INF_NEG" => double.NegativeInfinity,
        _ => Value ?? double.NaN,
    };
}
