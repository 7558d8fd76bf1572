using TorchRef.Experiments.Catalog;
using TorchRef.Experiments.Data;
using TorchRef.Experiments.Running;

namespace TorchRef.Experiments.Tests.Catalog;

/// <summary>Each experiment once, in its quick form, on drawn digits; shared by all tests.</summary>
internal static class QuickRuns
{
    private static readonly Lazy<DigitData> s_digits = new(() => SyntheticDigits.Generate(1000, 500));

    private static readonly Dictionary<string, Lazy<RunResult>> s_results =
        ExperimentCatalog.All.ToDictionary(experiment => experiment.Name, experiment => new Lazy<RunResult>(() => ExperimentRunner.Run(experiment, Request)));

    public static RunRequest Request => new() { Quick = true, Digits = s_digits };

    public static TheoryData<string> Names => [.. ExperimentCatalog.All.Select(experiment => experiment.Name)];

    public static RunResult Of(string name) => s_results[name].Value;
}
