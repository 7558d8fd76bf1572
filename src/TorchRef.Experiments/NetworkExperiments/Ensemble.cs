using TorchRef.Experiments.Training;
using static TorchSharp.torch;

namespace TorchRef.Experiments.NetworkExperiments;

/// <summary>
/// The average of several over-fitted networks against each of them; and a dropout network as an ensemble of its thinned
/// networks: their average by Monte Carlo against the one pass with scaled weights.
/// </summary>
public static class Ensemble
{
    private const int PerNetwork = 1, PerDropout = 3;

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

        /// <summary>Images to test with; null for all.</summary>
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
    public sealed record Result(Spread Single, Spread Together, Spread Gain, Spread WeightScaling, Spread MonteCarlo, Spread OneSample);

    /// <summary>Trains an ensemble and a dropout network a seed.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static Result Run(Settings settings, ExperimentContext context)
    {
        settings.Check();
        var afterwards = PlanRunner.Run("ensemble", [Plan(settings)], context)[0].Afterwards;
        var perSeed = settings.Members * PerNetwork + 1 + PerDropout;
        var seeds = Enumerable.Range(0, settings.Seeds).Select(seed => afterwards.Skip(seed * perSeed).Take(perSeed).ToArray()).ToArray();
        double Single(double[] seed) => seed.Take(settings.Members).Average();
        Spread At(int place) => Spread.Of(seeds.Select(seed => seed[settings.Members + place]));
        return new Result(Spread.Of(seeds.Select(Single)), At(0), Spread.Of(seeds.Select(seed => seed[settings.Members] - Single(seed))), At(1), At(2), At(3));
    }

    private static TrainingPlan Plan(Settings settings)
    {
        var replicas = new List<ReplicaSpec>();
        foreach (var seed in settings.AllSeeds)
        {
            for (var member = 0; member < settings.Members; member++)
                replicas.Add(Member($"network {member + 1}", 0, MemberSeed(seed, member)));
            replicas.Add(Member("dropout", settings.DropoutRatio, MemberSeed(seed, settings.Members)));
        }
        return new TrainingPlan("networks", replicas, Book.Training(settings) with { MeasuresTest = false }, settings.Epochs)
        {
            TrainCount = settings.Images,
            TestCount = settings.TestImages,
            Afterwards = (trainer, data, stop) => [.. Enumerable.Range(0, settings.Seeds).SelectMany(seed => Measure(trainer, data, settings, seed * (settings.Members + 1), stop))],
        };

        long MemberSeed(long seed, int member) => seed * (settings.Members + 1) + member;

        static ReplicaSpec Member(string name, double ratio, long seed) => new()
        {
            Name = name, Network = Book.DeepNetwork with { DropoutRatio = ratio }, LearningRate = Book.LearningRate, Seed = seed, BatchSeed = seed,
        };
    }

    /// <summary>The accuracies of the members, of their average, then of the dropout network: scaled, averaged, one sample.</summary>
    private static IEnumerable<double> Measure(ReplicaTrainer trainer, TrainingData data, Settings settings, int first, CancellationToken stop)
    {
        using var scope = NewDisposeScope();
        var test = data.Test ?? throw new ArgumentException("an ensemble is measured on test images: expected some but got none");
        var members = Enumerable.Range(first, settings.Members).Select(replica => trainer.Probabilities(replica, test.Images)).ToArray(); // each [N, classes]
        var samples = Enumerable.Range(0, settings.Samples).Select(sample =>
        {
            stop.ThrowIfCancellationRequested();
            return trainer.Probabilities(first + settings.Members, test.Images, samplingSeed: sample);
        }).ToArray();                                                   // each [N, classes]
        return
        [
            .. members.Select(Accuracy), Accuracy(Average(members)),
            Accuracy(trainer.Probabilities(first + settings.Members, test.Images)), Accuracy(Average(samples)), Accuracy(samples[0]),
        ];

        double Accuracy(Tensor probabilities) => probabilities.argmax(1).eq(test.Labels).sum().item<long>() / (double)test.Count;

        static Tensor Average(Tensor[] all) => stack(all, 0).mean([0L]); // [N, classes]
    }
}
