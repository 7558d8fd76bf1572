using TorchRef.Experiments.Data;
using TorchRef.Experiments.Networks;
using TorchRef.Experiments.Running;
using TorchRef.Experiments.Training;

namespace TorchRef.Experiments.NetworkExperiments;

/// <summary>The settings of trainings, read off them, so that no report can say anything else than what was done.</summary>
internal static class TrainingDescription
{
    /// <summary>All that decides the numbers; what differs between networks or trainings is listed.</summary>
    public static IEnumerable<Setting> Of(IReadOnlyList<TrainingPlan> trainings, DigitData digits)
    {
        ReplicaSpec[] replicas = [.. trainings.SelectMany(training => training.Replicas)];
        yield return Words("network", replicas.Select(replica => $"{replica.Network.Shape}, {replica.Network.Activation}{(replica.Network.HasBias ? "" : ", no biases")}"));
        yield return Words("normalisation", replicas.Select(replica => Text(replica.Network.Normalization)));
        yield return Words("initial weights", replicas.Select(replica => replica.Initial.Name));
        yield return Words("optimiser", replicas.Select(replica => Text(replica.Optimizer)));
        yield return Numbers("learning rate", replicas.Select(replica => replica.LearningRate));
        yield return Numbers("weight decay", replicas.Select(replica => replica.WeightDecay));
        yield return Numbers("dropout ratio", replicas.Select(replica => replica.Network.DropoutRatio));
        yield return Numbers("batch size", trainings.Select(training => (double)training.Settings.BatchSize));
        yield return Numbers("updates between measurements", trainings.Select(training => (double)training.Settings.UpdatesFor(training.TrainImages(digits))));
        yield return Numbers("measurements", trainings.Select(training => (double)training.Epochs));
        yield return Numbers("training images", trainings.Select(training => (double)training.TrainImages(digits)));
        if (trainings.Any(training => training.TestImages(digits) > 0))
        {
            yield return Numbers("test images", trainings.Select(training => (double)training.TestImages(digits)));
            yield return Numbers("measurements between tests", trainings.Select(training => (double)training.TestEvery));
        }
        yield return Words("precision", trainings.Select(training => training.Settings.Precision.ToString().ToLowerInvariant()));
    }

    private static string Text(NormalizationSpec? normalization)
    {
        if (normalization is null) return "none";
        var place = normalization.Place == NormalizationPlace.BeforeActivation ? "before the activation" : "after the activation";
        return normalization.Kind switch
        {
            NormalizationKind.Batch => $"batch, {place}, {normalization.Convention.Name}",
            NormalizationKind.Group => $"{normalization.Groups} groups, {place}",
            _ => $"layer, {place}",
        };
    }

    private static string Text(OptimizerSpec optimizer) => optimizer.Kind switch
    {
        OptimizerKind.Momentum or OptimizerKind.Nesterov => $"{optimizer.Kind} (μ {Exact.Text(optimizer.Momentum)})",
        OptimizerKind.AdaGrad => $"{optimizer.Kind} (ε {Exact.Text(optimizer.Epsilon)})",
        OptimizerKind.RMSprop => $"{optimizer.Kind} (α {Exact.Text(optimizer.Alpha)}, ε {Exact.Text(optimizer.Epsilon)})",
        OptimizerKind.Adam => $"{optimizer.Kind} (β {Exact.Text(optimizer.Beta1)} and {Exact.Text(optimizer.Beta2)}, ε {Exact.Text(optimizer.Epsilon)})",
        _ => optimizer.Kind.ToString(),
    };

    private static Setting Words(string name, IEnumerable<string> values) => values.Distinct().ToArray() is [var only] ? new Setting(name, only) : new Setting(name, values.Distinct());

    private static Setting Numbers(string name, IEnumerable<double> values) => values.Distinct().ToArray() is [var only] ? new Setting(name, only) : new Setting(name, values.Distinct());
}
