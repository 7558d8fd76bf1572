using TorchRef.Experiments.Search.Studies;

namespace TorchRef.Experiments.Tests.Search.Studies.Support;

/// <summary>Trials that tests begin.</summary>
internal static class Trial
{
    public static readonly FloatDistribution LearningRate = new(1e-6, 1e-2, log: true);

    public static NewTrial Running(double lr = 1e-3) => NewTrial.Running(new KeyValuePair<string, TrialParam>("lr", new(LearningRate, lr)));

    public static NewTrial Waiting(double lr = 1e-3) => NewTrial.Waiting(new KeyValuePair<string, Experiments.Search.Studies.PythonJson.PyJson>("lr", lr));
}
