using TorchRef.Experiments.Search.Studies.PythonJson;

namespace TorchRef.Experiments.Search.Studies;

/// <summary>The fields of a distribution as JSON.</summary>
/// <param name="Dict">The fields.</param>
/// <param name="Text">The whole text, for messages.</param>
internal readonly record struct DistributionFields(IReadOnlyDictionary<string, PyJson> Dict, string Text)
{
    /// <summary>Whether an integer that is null counts as left out.</summary>
    public bool NullIsDefault { get; init; }

    public double Number(string name) => Required(name).Number ?? throw Wrong(name, "a number");

    public double? OptionalNumber(string name) => Dict.TryGetValue(name, out PyJson? value) && !value.IsNone ? value.Number ?? throw Wrong(name, "a number or null") : null;

    /// <summary>An int, or a float that is one.</summary>
    public long Integer(string name) => Whole(Required(name)) ?? throw Wrong(name, "an integer of 64 bits");

    public long Integer(string name, long whenLeftOut) =>
        !Dict.TryGetValue(name, out PyJson? value) || (NullIsDefault && value.IsNone) ? whenLeftOut : Whole(value) ?? throw Wrong(name, "an integer of 64 bits");

    public bool Flag(string name) => Dict.TryGetValue(name, out PyJson? value) && (value.Bool ?? throw Wrong(name, "true or false"));

    public IReadOnlyList<PyJson> Choices(string name) => Required(name).List ?? throw Wrong(name, "a list");

    private static long? Whole(PyJson value) => value.Integer ?? (value.Number is { } number && Math.Abs(number) < 9e18 ? (long)number : null);

    private PyJson Required(string name) => Dict.TryGetValue(name, out PyJson? value) ? value : throw Wrong(name, "it");

    private FormatException Wrong(string name, string expected) => new($"expected {expected} as {name} but got {Text}");
}
