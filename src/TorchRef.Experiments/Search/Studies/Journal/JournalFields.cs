using System.Globalization;
using TorchRef.Experiments.Search.Studies.PythonJson;

namespace TorchRef.Experiments.Search.Studies.Journal;

/// <summary>The fields of a line of the journal; what Optuna's reader would fall over is an error here as well.</summary>
/// <param name="Dict">The line.</param>
internal readonly record struct JournalFields(IReadOnlyDictionary<string, PyJson> Dict)
{
    // With an offset, and without one, which means the reader's local time; from Python 3.11 on also Z, and up to 7 decimals.
    private static readonly string[] _dateFormats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd' 'HH:mm:ss.FFFFFFFK"];

    public bool Has(string name) => Dict.ContainsKey(name);

    public PyJson Required(string name) => Dict.TryGetValue(name, out PyJson? value) ? value : throw new FormatException($"expected the field {name} but there is none");

    public string Text(string name) => Required(name).String ?? throw Wrong(name, "a string");

    public long Integer(string name) => Required(name).Integer ?? throw Wrong(name, "an int");

    public double Number(string name) => Number(Required(name), name);

    public TEnum Enum<TEnum>(string name)
        where TEnum : struct, Enum => Enum<TEnum>(Required(name), name);

    public TEnum Enum<TEnum>(PyJson value, string name)
        where TEnum : struct, Enum =>
        value.Integer is { } number && System.Enum.IsDefined((TEnum)System.Enum.ToObject(typeof(TEnum), number)) ? (TEnum)System.Enum.ToObject(typeof(TEnum), number)
        : throw Wrong(name, $"a number of {typeof(TEnum).Name}");

    public IReadOnlyList<PyJson> Items(string name) => Required(name).List ?? throw Wrong(name, "a list");

    /// <summary>The entries of a dict; none when it is left out.</summary>
    public IReadOnlyDictionary<string, PyJson> Entries(string name) =>
        !Dict.TryGetValue(name, out PyJson? value) ? new Dictionary<string, PyJson>() : value.Dict ?? throw Wrong(name, "a dict");

    public KeyValuePair<string, PyJson> Single(string name) => Required(name).Dict is { Count: 1 } dict ? dict.First() : throw Wrong(name, "a dict with one key");

    /// <summary>The values of a result; null for null. A missing value among several, which Optuna takes and can't use, is NaN.</summary>
    public IReadOnlyList<double>? Values(string name)
    {
        if (!Dict.TryGetValue(name, out PyJson? value) || value.IsNone) return null;
        JournalFields fields = this;
        return [.. (value.List ?? throw Wrong(name, "a list or null")).Select(item => item.IsNone ? double.NaN : fields.Number(item, name))];
    }

    public double Number(PyJson value, string name) => value.Number ?? throw Wrong(name, "a number");

    public DateTimeOffset Date(string name) =>
        DateTimeOffset.TryParseExact(Text(name), _dateFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset date) ? date
        : throw Wrong(name, "a date as 2026-11-20T23:55:26.567540+00:00");

    private FormatException Wrong(string name, string expected) => new($"expected {expected} as {name} but got {Dict[name]}");
}
