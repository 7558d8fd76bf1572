using System.Collections;
using System.Globalization;

namespace TorchRef.Optimization;

/// <summary>The settings of a parameter group: what every optimiser has; each adds its own.</summary>
/// <remarks>
/// Records: <c>group.Options = group.Options with { lr = 0.01 }</c> changes the rate of a group and nothing else. The names
/// are those of PyTorch's param_groups.
/// </remarks>
/// <param name="lr">Learning rate η.</param>
/// <param name="weight_decay">λ, the strength of weight decay.</param>
/// <param name="maximize">Whether to climb instead of descend.</param>
public abstract record GroupOptions(double lr, double weight_decay, bool maximize)
{
    /// <summary>Refuses settings that make no sense.</summary>
    /// <exception cref="ArgumentException">One makes none; the texts are PyTorch's.</exception>
    public abstract void Check();

    /// <summary>The settings by PyTorch's names: numbers as double, switches as bool, betas as a pair of doubles.</summary>
    public abstract IReadOnlyDictionary<string, object> ToDictionary();

    /// <summary>The same settings but for those that are given by name. Other names are left alone: a file of PyTorch has some for its engine.</summary>
    /// <param name="values">Such as <see cref="ToDictionary"/> makes.</param>
    /// <exception cref="ArgumentException">A value isn't of its setting's kind.</exception>
    public abstract GroupOptions Merge(IReadOnlyDictionary<string, object> values);

    /// <summary>A number by its name, or what stands in for it.</summary>
    protected static double Number(IReadOnlyDictionary<string, object> values, string name, double fallback) =>
        values.TryGetValue(name, out var value) ? ToNumber(name, value) : fallback;

    /// <summary>A switch by its name, or what stands in for it.</summary>
    protected static bool Switch(IReadOnlyDictionary<string, object> values, string name, bool fallback) =>
        !values.TryGetValue(name, out var value) ? fallback : value is bool flag ? flag : throw Unexpected(name, "true or false", value);

    /// <summary>A pair of numbers by its name, or what stands in for it.</summary>
    protected static (double first, double second) Pair(IReadOnlyDictionary<string, object> values, string name, (double, double) fallback)
    {
        if (!values.TryGetValue(name, out var value)) return fallback;
        if (value is ValueTuple<double, double> pair) return pair;
        var numbers = value is IEnumerable list and not string ? list.Cast<object>().Select(one => ToNumber(name, one)).ToArray() : [];
        return numbers.Length == 2 ? (numbers[0], numbers[1]) : throw Unexpected(name, "a pair of numbers", value);
    }

    /// <summary>The convention by its name, or what stands in for it; PyTorch's files don't name one.</summary>
    protected static OptimizerConvention Convention(IReadOnlyDictionary<string, object> values, OptimizerConvention fallback) =>
        !values.TryGetValue("convention", out var value) ? fallback
        : value is string text && Enum.TryParse<OptimizerConvention>(text, out var convention) ? convention
        : throw Unexpected("convention", string.Join(" or ", Enum.GetNames<OptimizerConvention>()), value);

    /// <summary>The settings, with the convention's name where it isn't PyTorch's.</summary>
    protected static IReadOnlyDictionary<string, object> WithConvention(OrderedDictionary<string, object> values, OptimizerConvention convention)
    {
        if (convention != OptimizerConvention.PyTorch) values.Add("convention", convention.ToString());
        return values;
    }

    private static double ToNumber(string name, object value) => value switch
    {
        double or float or int or long => Convert.ToDouble(value, CultureInfo.InvariantCulture),
        _ => throw Unexpected(name, "a number", value),
    };

    private static ArgumentException Unexpected(string name, string expected, object value) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{name} of a parameter group: expected {expected} but got {value}"));
}
