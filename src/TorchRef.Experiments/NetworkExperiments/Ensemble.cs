using TorchRef.Experiments.Data;
using TorchRef.Experiments.Running;
using TorchRef.Experiments.Training;
using static TorchSharp.torch;

namespace TorchRef.Experiments.NetworkExperiments;

/// <summary>
/// The average of several over-fitted networks against each of them; and a dropout network as an ensemble of its thinned
/// networks: their average by Monte Carlo against the one pass with scaled weights.
/// </summary>
public static class Ensemble
{
    private const string Together = "test accuracy of the ensemble", MonteCarlo = "test accuracy by Monte Carlo", OneSample = "test accuracy of one sample";

    /// <summary>Settings.</summary>
    public sealed record Settings : ExperimentSettings
    {
        /// <summary>201 measurements.</summary>
        public Settings() => Epochs = 201;

        /// <summary>Networks of an ensemble.</summary>
        public int Members { get; init; } = 5;

        /// <summary>The share of units that the dropout network drops.</summary>
        public double DropoutRatio { get; init; } = 0.1;

        /// <summary>Thinned networks to average.</summary>
        public int Samples { get; init; } = 50;

        /// <summary>Images to train with.</summary>
        public int Images { get; init; } = Book.SmallSet;

        /// <summary>Images to test with at most; null for all.</summary>
        public int? TestImages { get; init; }

        /// <summary>A version for seconds: one seed, 1000 test images, 10 samples.</summary>
        public static Settings Quick { get; } = new() { Seeds = 1, TestImages = 1000, Samples = 10 };
    }

    /// <summary>What came out; test accuracies over the seeds.</summary>
    /// <param name="Single">The mean over the members of an ensemble.</param>
    /// <param name="Together">The class with the largest average probability.</param>
    /// <param name="Gain">The second less the first.</param>
    /// <param name="WeightScaling">The dropout network in evaluation.</param>
    /// <param name="MonteCarlo">The average probabilities of its thinned networks.</param>
    /// <param name="OneSample">A single one of them.</param>
    public sealed record Result(OverSeeds Single, OverSeeds Together, OverSeeds Gain, OverSeeds WeightScaling, OverSeeds MonteCarlo, OverSeeds OneSample);

    /// <summary>An ensemble and a dropout network a seed.</summary>
    public static IReadOnlyList<TrainingPlan> Plans(Settings settings)
    {
        settings.Check();
        var replicas = new List<ReplicaSpec>();
        foreach (var seed in settings.AllSeeds)
            for (var member = 0; member <= settings.Members; member++)
                replicas.Add(Member(settings, seed, member));
        return
        [
            new TrainingPlan("networks", replicas, Book.Training(settings) with { MeasuresTest = false }, settings.Epochs)
            {
                TrainCount = settings.Images, TestCount = settings.TestImages, Afterwards = trained => Measure(trained, settings),
            },
        ];
    }

    /// <summary>What the records say; null before the networks are trained.</summary>
    public static Result? Conclude(Settings settings, Records records)
    {
        var plan = Plans(settings)[0];
        var seeds = plan.Replicas.Chunk(settings.Members + 1).Where(seed => records.Has(plan.RecordOf(seed[^1], OneSample))).ToArray();
        if (seeds.Length == 0) return null;
        double Single(ReplicaSpec[] seed) => seed.Take(settings.Members).Average(member => records.Number(plan.RecordOf(member, Measures.TestAccuracy)));
        double Dropout(ReplicaSpec[] seed, string measure) => records.Number(plan.RecordOf(seed[^1], measure));
        return new Result(
            OverSeeds.Of(seeds.Select(Single)), OverSeeds.Of(seeds.Select(seed => Dropout(seed, Together))), OverSeeds.Of(seeds.Select(seed => Dropout(seed, Together) - Single(seed))),
            OverSeeds.Of(seeds.Select(seed => Dropout(seed, Measures.TestAccuracy))), OverSeeds.Of(seeds.Select(seed => Dropout(seed, MonteCarlo))), OverSeeds.Of(seeds.Select(seed => Dropout(seed, OneSample))));
    }

    /// <summary>Trains and concludes, without anything that could be resumed.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static Result Run(Settings settings, DigitData digits, Action<TrainingPlan, double, string?>? progress = null, CancellationToken stop = default) =>
        Conclude(settings, PlanRunner.Run(Plans(settings), digits, progress, stop))!;

    /// <summary>The members of an ensemble, and after them the dropout network; all with weights and mini-batches of their own.</summary>
    private static ReplicaSpec Member(Settings settings, long seed, int member)
    {
        var drops = member == settings.Members;
        var own = seed * (settings.Members + 1) + member;
        return new ReplicaSpec
        {
            Name = drops ? "dropout" : FormattableString.Invariant($"network {member + 1}"),
            Network = Book.DeepNetwork with { DropoutRatio = drops ? settings.DropoutRatio : 0 },
            LearningRate = Book.LearningRate,
            Seed = own,
            BatchSeed = own,
        };
    }

    private static void Measure(TrainedNetworks trained, Settings settings)
    {
        var test = trained.Data.Test ?? throw new ArgumentException("an ensemble is measured on test images: expected some but got none");
        for (var first = 0; first < trained.Plan.Replicas.Count; first += settings.Members + 1)
        {
            using var scope = NewDisposeScope();
            var members = Enumerable.Range(first, settings.Members).Select(replica => trained.Trainer.Probabilities(replica, test.Images)).ToArray(); // each [N, classes]
            for (var member = 0; member < members.Length; member++) trained.Record(first + member, Measures.TestAccuracy, Accuracy(members[member], test));
            var dropout = first + settings.Members;
            var samples = Enumerable.Range(0, settings.Samples).Select(sample =>
            {
                trained.Stop.ThrowIfCancellationRequested();
                return trained.Trainer.Probabilities(dropout, test.Images, samplingSeed: sample);
            }).ToArray();                                               // each [N, classes]
            trained.Record(dropout, Together, Accuracy(Average(members), test));
            trained.Record(dropout, Measures.TestAccuracy, Accuracy(trained.Trainer.Probabilities(dropout, test.Images), test));
            trained.Record(dropout, MonteCarlo, Accuracy(Average(samples), test));
            trained.Record(dropout, OneSample, Accuracy(samples[0], test));
        }
    }

    private static double Accuracy(Tensor probabilities, ExampleSet test) => probabilities.argmax(1).eq(test.Labels).sum().item<long>() / (double)test.Count;

    private static Tensor Average(Tensor[] all) => stack(all, 0).mean([0L]); // [N, classes]
}
