using System.Numerics;

namespace TorchRef.Experiments.Search.Studies.PythonJson;

/// <summary>A value as Python's <c>json</c> module knows it: None, a bool, an int of any size, a float (NaN and the infinities included), a string, a list or a dict.</summary>
/// <remarks>
/// Attributes, categorical choices and enqueued parameters of a study are such values. Python tells 1, 1.0 and True apart when it
/// writes and not when it compares, and so does this type; NaN, unlike in Python, equals NaN.
/// </remarks>
public sealed class PyJson : IEquatable<PyJson>
{
    private readonly object? _value;

    private PyJson(object? value) => _value = value;

    /// <summary>Python's None.</summary>
    public static PyJson None { get; } = new(null);

    /// <summary>Whether this is None.</summary>
    public bool IsNone => _value is null;

    /// <summary>The truth value; null when this is none.</summary>
    public bool? Bool => _value as bool?;

    /// <summary>The number as a float, whether an int or a float in Python; null when this is no number.</summary>
    public double? Number => _value switch { double real => real, BigInteger whole => (double)whole, _ => null };

    /// <summary>The int; null when this is no int, or is one that 64 bits don't hold.</summary>
    public long? Integer => _value is BigInteger whole && whole >= long.MinValue && whole <= long.MaxValue ? (long)whole : null;

    /// <summary>The string; null when this is none.</summary>
    public string? String => _value as string;

    /// <summary>The items of a list; null when this is none.</summary>
    public IReadOnlyList<PyJson>? List => _value as IReadOnlyList<PyJson>;

    /// <summary>The entries of a dict in their order; null when this is none.</summary>
    public IReadOnlyDictionary<string, PyJson>? Dict => _value as IReadOnlyDictionary<string, PyJson>;

    internal object? Value => _value;

    /// <summary>The number that Python compares; adding 0 makes -0.0 a 0.0.</summary>
    private double Compared => (Bool is { } truth ? (truth ? 1 : 0) : Number!.Value) + 0.0;

    /// <summary>A bool.</summary>
    public static PyJson Of(bool value) => new(value);

    /// <summary>An int.</summary>
    public static PyJson Of(long value) => new(new BigInteger(value));

    /// <summary>An int of any size.</summary>
    public static PyJson Of(BigInteger value) => new(value);

    /// <summary>A float, NaN and the infinities included.</summary>
    public static PyJson Of(double value) => new(value);

    /// <summary>A string.</summary>
    public static PyJson Of(string value) => new(value ?? throw new ArgumentNullException(nameof(value)));

    /// <summary>A list.</summary>
    public static PyJson ListOf(params IEnumerable<PyJson> items) => new(items.ToArray());

    /// <summary>A dict; of several entries with one key the last counts, in the place of the first, as in Python.</summary>
    public static PyJson DictOf(params IEnumerable<KeyValuePair<string, PyJson>> entries)
    {
        var dict = new OrderedDictionary<string, PyJson>(StringComparer.Ordinal);
        foreach ((string key, PyJson value) in entries) dict[key] = value;
        return new(dict);
    }

    /// <summary>A bool.</summary>
    public static implicit operator PyJson(bool value) => Of(value);

    /// <summary>An int.</summary>
    public static implicit operator PyJson(long value) => Of(value);

    /// <summary>A float.</summary>
    public static implicit operator PyJson(double value) => Of(value);

    /// <summary>A string.</summary>
    public static implicit operator PyJson(string value) => Of(value);

    /// <summary>Equal as in Python, except that NaN equals NaN.</summary>
    public bool Equals(PyJson? other) => other is not null && (_value, other._value) switch
    {
        (null, null) => true,
        (string left, string right) => left == right,
        (BigInteger left, BigInteger right) => left == right,
        (double or BigInteger or bool, double or BigInteger or bool) => Compared.Equals(other.Compared),
        (IReadOnlyList<PyJson> left, IReadOnlyList<PyJson> right) => left.SequenceEqual(right),
        (IReadOnlyDictionary<string, PyJson> left, IReadOnlyDictionary<string, PyJson> right) =>
            left.Count == right.Count && left.All(entry => right.TryGetValue(entry.Key, out PyJson? value) && entry.Value.Equals(value)),
        _ => false,
    };

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as PyJson);

    /// <inheritdoc />
    public override int GetHashCode() => _value switch
    {
        null => 0,
        double or BigInteger or bool => Compared.GetHashCode(),
        IReadOnlyList<PyJson> list => list.Count,
        IReadOnlyDictionary<string, PyJson> dict => dict.Count,
        _ => _value.GetHashCode(),
    };

    /// <summary>As Python's <c>json.dumps</c> writes it.</summary>
    public override string ToString() => PyJsonWriter.Write(this, spaced: true);
}
