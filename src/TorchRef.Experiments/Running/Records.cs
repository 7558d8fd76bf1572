namespace TorchRef.Experiments.Running;

/// <summary>The numbers that an experiment has found: series by name, in the order in which they were begun.</summary>
/// <remarks>
/// Names are paths, from the general to the particular, such as <c>seed 0/He/layer 5/std</c>. A single number is a series of one.
/// </remarks>
public sealed class Records
{
    private readonly OrderedDictionary<string, List<double>> _series = [];

    /// <summary>The names, in order.</summary>
    public IReadOnlyList<string> Names => [.. _series.Keys];

    /// <summary>Whether there is such a series.</summary>
    public bool Has(string name) => _series.ContainsKey(name);

    /// <summary>The values of a series.</summary>
    /// <exception cref="KeyNotFoundException">There is none of this name.</exception>
    public IReadOnlyList<double> this[string name] =>
        _series.TryGetValue(name, out List<double>? values) ? values : throw new KeyNotFoundException($"A record is read after it was written: expected one of {_series.Count} names but got '{name}'");

    /// <summary>The first value of a series.</summary>
    /// <exception cref="KeyNotFoundException">There is none of this name.</exception>
    public double Number(string name) => this[name][0];

    /// <summary>The first values of the series that exist among these.</summary>
    public IReadOnlyList<double> Numbers(IEnumerable<string> names) => [.. names.Where(Has).Select(Number)];

    /// <summary>Adds a value at the end of a series, which begins with it if it is new.</summary>
    public void Append(string name, double value)
    {
        if (!_series.TryGetValue(name, out List<double>? values)) _series.Add(name, values = []);
        values.Add(value);
    }

    /// <summary>Sets a whole series, in place of what it was.</summary>
    public void Set(string name, params IEnumerable<double> values) => _series[name] = [.. values];

    /// <summary>A copy that doesn't change with this one.</summary>
    internal Records Copy()
    {
        var copy = new Records();
        foreach ((string name, List<double> values) in _series) copy.Set(name, values);
        return copy;
    }
}
