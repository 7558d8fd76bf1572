using TorchRef.Experiments.Running;

namespace TorchRef.Experiments.Tests.Catalog;

/// <summary>An experiment that was run before: it takes over what came out.</summary>
internal sealed class KnownRun(Func<string, RunResult> known, IExperiment experiment) : IExperiment
{
    public string Name => experiment.Name;

    public string Description => experiment.Description;

    public RequestParts Uses => experiment.Uses;

    public ExperimentPlan Plan(RunRequest request)
    {
        RunResult result = known(Name);
        return result.Plan with
        {
            Parts = [new ExperimentPart("known", part =>
            {
                foreach (string name in result.Records.Names) part.Records.Set(name, result.Records[name]);
            })],
            Conclude = _ => result.Outcome,
        };
    }
}
