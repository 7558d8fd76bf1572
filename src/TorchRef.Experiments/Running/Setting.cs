namespace TorchRef.Experiments.Running;

/// <summary>A name and a value that an experiment ran with, as reports and results.json give it.</summary>
public sealed record Setting
{
    /// <summary>A number.</summary>
    public Setting(string name, double value)
        : this(name, (object)value)
    {
    }

    /// <summary>A word or a sentence.</summary>
    public Setting(string name, string value)
        : this(name, (object)value)
    {
    }

    /// <summary>Several numbers.</summary>
    public Setting(string name, IEnumerable<double> values)
        : this(name, (object)values.ToArray())
    {
    }

    /// <summary>Several words.</summary>
    public Setting(string name, IEnumerable<string> values)
        : this(name, (object)values.ToArray())
    {
    }

    private Setting(string name, object value) => (Name, Value) = (name, value);

    /// <summary>What is set.</summary>
    public string Name { get; }

    /// <summary>A double, a string, or an array of either.</summary>
    public object Value { get; }

    /// <summary>The value as a reader wants to see it.</summary>
    public string Text => Value switch
    {
        double number => Exact.Text(number),
        double[] numbers => string.Join(", ", numbers.Select(Exact.Text)),
        string[] words => string.Join(", ", words),
        _ => (string)Value,
    };
}
