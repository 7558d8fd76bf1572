using TorchRef.Experiments.NetworkExperiments;
using TorchRef.Experiments.Running;
using TorchRef.Experiments.Training;
using static TorchSharp.torch;

namespace TorchRef.Experiments.Catalog.Overfitting;

/// <summary>
/// The average of several over-fitted networks against each of them; and a dropout network as an ensemble of its thinned
/// networks: their average by Monte Carlo against the one pass with scaled weights.
/// </summary>
internal sealed record Ensemble : NetworkExperiment
{
    /// <summary>What is recorded of the last network of each seed, the one with dropout.</summary>
    public const string Together = "test accuracy of the first networks together", MonteCarlo = "test accuracy of the first samples together", Scaled = "test accuracy by weight scaling";

    /// <summary>What is recorded of each network of an ensemble.</summary>
    public const string Alone = "test accuracy alone";

    /// <summary>What one sample gets right, over all samples.</summary>
    public const string OneSample = "mean test accuracy of one sample";

    /// <summary>201 measurements.</summary>
    public Ensemble() => Epochs = 201;

    /// <inheritdoc/>
    public override string Name => "ensemble";

    /// <inheritdoc/>
    public override string Description => "five networks averaged beat one of them; dropout as an ensemble: Monte Carlo against weight scaling";

    /// <summary>Networks of an ensemble.</summary>
    public int Members { get; init; } = 5;

    /// <summary>The share of units that the dropout network drops.</summary>
    public double DropoutRatio { get; init; } = 0.1;

    /// <summary>Of how many thinned networks the average is looked at; rising.</summary>
    public IReadOnlyList<int> Samples { get; init; } = [1, 2, 3, 5, 10, 20, 50];

    /// <summary>Images to train with.</summary>
    public int Images { get; init; } = Book.SmallSet;

    /// <summary>Images to test with at most; null for all.</summary>
    public int? TestImages { get; init; }

    /// <inheritdoc/>
    protected override NetworkExperiment Quick => this with { Seeds = 2, TestImages = 1000, Samples = [1, 2, 5, 10, 20] };

    /// <inheritdoc/>
    protected override IEnumerable<Setting> OwnSettings => [new("networks of an ensemble", Members), new("samples averaged", Samples.Select(count => (double)count))];

    /// <inheritdoc/>
    protected override IReadOnlyList<TrainingPlan> Trainings(TrainingRun run) =>
    [
        new TrainingPlan("networks", [.. run.Seeds.SelectMany(seed => Enumerable.Range(0, Members + 1).Select(member => Member(seed, member)))],
            Book.Training(run) with { MeasuresTest = false }, run.Epochs) { TrainCount = Images, TestCount = TestImages, Afterwards = Measure },
    ];

    /// <inheritdoc/>
    protected override ExperimentOutcome Conclude(TrainingRecords trained) => new EnsembleReport(this, trained).Conclude();

    /// <summary>The members of an ensemble, and after them the dropout network; all with weights and mini-batches of their own.</summary>
    private ReplicaSpec Member(ulong seed, int member)
    {
        var drops = member == Members;
        var own = unchecked((long)(seed * (ulong)(Members + 1)) + member);
        return new ReplicaSpec
        {
            Name = drops ? "dropout" : FormattableString.Invariant($"network {member + 1}"),
            Network = Book.DeepNetwork with { DropoutRatio = drops ? DropoutRatio : 0 },
            LearningRate = Book.LearningRate,
            Seed = own,
            BatchSeed = own,
        };
    }

    private void Measure(TrainedNetworks trained)
    {
        var test = trained.Data.Test ?? throw new ArgumentException("An ensemble is measured on test images: expected some but got none");
        for (var first = 0; first < trained.Plan.Replicas.Count; first += Members + 1)
        {
            using var scope = NewDisposeScope();
            var dropout = first + Members;
            var (together, alone) = Averages(Members, member => trained.Trainer.Probabilities(first + member, test.Images), test);
            for (var member = 0; member < Members; member++) trained.Record(first + member, Alone, alone[member]);
            trained.Record(dropout, Together, together);
            trained.Record(dropout, Scaled, Accuracy(trained.Trainer.Probabilities(dropout, test.Images), test));
            var (averages, samples) = Averages(Samples[^1], sample =>
            {
                trained.Part.Report(1, FormattableString.Invariant($"sample {sample + 1} of {Samples[^1]} of network {dropout + 1} of {trained.Plan.Replicas.Count}"));
                return trained.Trainer.Probabilities(dropout, test.Images, samplingSeed: sample);
            }, test);
            trained.Record(dropout, MonteCarlo, Samples.Select(count => averages[count - 1]));
            trained.Record(dropout, OneSample, samples.Average());
        }
    }

    /// <summary>The accuracy of the average probabilities of the first network, of the first two, and so on; and that of each.</summary>
    private static (double[] together, double[] alone) Averages(int count, Func<int, Tensor> probabilities, ExampleSet test)
    {
        var (together, alone) = (new double[count], new double[count]);
        var sum = zeros(test.Count, test.Targets.shape[1], test.Images.dtype, test.Images.device); // [N, classes]
        for (var i = 0; i < count; i++)
        {
            using var scope = NewDisposeScope();
            var own = probabilities(i);                                 // [N, classes]
            sum.add_(own);                                              // the largest sum is the largest average
            (together[i], alone[i]) = (Accuracy(sum, test), Accuracy(own, test));
        }
        return (together, alone);
    }

    private static double Accuracy(Tensor probabilities, ExampleSet test) => probabilities.argmax(1).eq(test.Labels).sum().item<long>() / (double)test.Count;
}
