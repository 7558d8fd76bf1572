using TorchRef.Experiments.Search.Studies.PythonJson;

namespace TorchRef.Experiments.Search.Studies;

/// <summary>Distributions as the JSON that Optuna stores.</summary>
/// <remarks>Read are also the classes of Optuna 2.x and the short form with a type; written are the classes of today, save where an old study has an old one.</remarks>
internal static class DistributionJson
{
    public static string Write(Distribution distribution) => PyJson.DictOf([new("name", distribution.ClassName), new("attributes", Attributes(distribution))]).ToString();

    /// <exception cref="FormatException">The text is none; the message goes on where "expected" begins.</exception>
    public static Distribution Read(string text)
    {
        try
        {
            PyJson json = PyJsonReader.Read(text);
            if (json.Dict is not { } dict) throw new FormatException($"expected a dict but got {json}");
            if (!dict.TryGetValue("name", out PyJson? name)) return Short(dict);
            if (!dict.TryGetValue("attributes", out PyJson? attributes) || attributes.Dict is not { } named) throw new FormatException($"expected attributes but got {json}");
            return Named(name.String, new(named, text));
        }
        catch (Exception error) when (error is PyJsonException or ArgumentException)
        {
            throw new FormatException($"{error.Message} in {text}", error);
        }
    }

    private static Distribution Named(string? name, DistributionFields fields) => name switch
    {
        FloatDistribution.Name => new FloatDistribution(fields.Number("low"), fields.Number("high"), fields.Flag("log"), fields.OptionalNumber("step")),
        IntDistribution.Name => new IntDistribution(fields.Integer("low"), fields.Integer("high"), fields.Flag("log"), fields.Integer("step", 1)),
        CategoricalDistribution.Name => new CategoricalDistribution(fields.Choices("choices")),
        "UniformDistribution" => new FloatDistribution(fields.Number("low"), fields.Number("high")) { ClassName = name },
        "LogUniformDistribution" => new FloatDistribution(fields.Number("low"), fields.Number("high"), log: true) { ClassName = name },
        "DiscreteUniformDistribution" => new FloatDistribution(fields.Number("low"), fields.Number("high"), step: fields.Number("q")) { ClassName = name },
        "IntUniformDistribution" => new IntDistribution(fields.Integer("low"), fields.Integer("high"), step: fields.Integer("step", 1)) { ClassName = name },
        "IntLogUniformDistribution" => new IntDistribution(fields.Integer("low"), fields.Integer("high"), log: true, fields.Integer("step", 1)) { ClassName = name },
        _ => throw new FormatException($"expected a distribution that Optuna has but got {name}"),
    };

    private static Distribution Short(IReadOnlyDictionary<string, PyJson> dict)
    {
        var fields = new DistributionFields(dict, PyJson.DictOf(dict).ToString());
        return (dict.GetValueOrDefault("type") ?? PyJson.None).String switch
        {
            "float" => Named(FloatDistribution.Name, fields),
            "int" => Named(IntDistribution.Name, fields with { NullIsDefault = true }),
            "categorical" => Named(CategoricalDistribution.Name, fields),
            _ => throw new FormatException($"expected a name or a type but got {fields.Text}"),
        };
    }

    private static PyJson Attributes(Distribution distribution) => PyJson.DictOf(distribution switch
    {
        FloatDistribution { ClassName: "DiscreteUniformDistribution" } range => [new("low", range.Low), new("high", range.High), new("q", range.Step!.Value)],
        FloatDistribution { ClassName: not FloatDistribution.Name } range => [new("low", range.Low), new("high", range.High)],
        FloatDistribution range =>
        [
            new("step", range.Step is { } step ? step : PyJson.None), new("low", range.Low), new("high", range.High), new("log", range.Log),
        ],
        IntDistribution { ClassName: not IntDistribution.Name } range => [new("step", range.Step), new("low", range.Low), new("high", range.High)],
        IntDistribution range => [new("log", range.Log), new("step", range.Step), new("low", range.Low), new("high", range.High)],
        CategoricalDistribution categories => new KeyValuePair<string, PyJson>[] { new("choices", PyJson.ListOf(categories.Choices)) },
        _ => throw new ArgumentException($"Expected a distribution of Optuna's but got {distribution.GetType().Name}"),
    });
}
