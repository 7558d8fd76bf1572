using TorchRef.Experiments.Search.Studies.PythonJson;

namespace TorchRef.Experiments.Search.Studies;

/// <summary>Distributions as the JSON that Optuna stores.</summary>
internal static class DistributionJson
{
    public static string Write(Distribution distribution) => PyJson.DictOf([new("name", distribution.ClassName), new("attributes", Attributes(distribution))]).ToString();

    private static PyJson Attributes(Distribution distribution) => PyJson.DictOf(distribution switch
    {
        FloatDistribution range =>
        [
            new("step", range.Step is { } step ? step : PyJson.None), new("low", range.Low), new("high", range.High), new("log", range.Log),
        ],
        IntDistribution range => [new("log", range.Log), new("step", range.Step), new("low", range.Low), new("high", range.High)],
        CategoricalDistribution categories => new KeyValuePair<string, PyJson>[] { new("choices", PyJson.ListOf(categories.Choices)) },
        _ => throw new ArgumentException($"Expected a distribution of Optuna's but got {distribution.GetType().Name}"),
    });
}
