using TorchRef.Experiments.Catalog;
using TorchRef.Experiments.Data;
using TorchRef.Experiments.Running;

namespace TorchRef.Experiments.Tests.Catalog;

/// <summary>Each experiment once, in its quick form or a tiny one, on drawn digits; shared by all tests.</summary>
internal static class QuickRuns
{
    private static readonly Lazy<DigitData> s_digits = new(() => SyntheticDigits.Generate(1000, 500));

    private static readonly Dictionary<string, Lazy<RunResult>> s_results =
        Experiments.ToDictionary(experiment => experiment.Name, experiment => new Lazy<RunResult>(() => ExperimentRunner.Run(experiment, Request)));

    /// <summary>All of the catalogue, those with networks in tiny forms.</summary>
    public static IReadOnlyList<IExperiment> Experiments => [.. ExperimentCatalog.All.Select(Tiny.Of)];

    /// <summary>The same, but what they come to is known already.</summary>
    public static IReadOnlyList<IExperiment> Known => [.. Experiments.Select(experiment => new KnownRun(Of, experiment))];

    public static RunRequest Request => new() { Quick = true, Digits = s_digits };

    public static TheoryData<string> Names => [.. ExperimentCatalog.All.Select(experiment => experiment.Name)];

    public static IExperiment Find(string name) => Experiments.Single(experiment => experiment.Name == name);

    public static RunResult Of(string name) => s_results[name].Value;
}
