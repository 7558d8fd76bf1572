using TorchRef.Experiments.Networks;
using TorchRef.Experiments.Training;
using TorchRef.Normalization;
using static TorchSharp.torch;

namespace TorchRef.Experiments.Tests.Training;

public sealed class ReplicaParityTests
{
    private const int Updates = 50;
    private const double Tolerance = 1e-10;

    public static TheoryData<string> Networks => [.. s_networks.Keys];

    public static TheoryData<OptimizerKind, string> Optimizers
    {
        get
        {
            var cases = new TheoryData<OptimizerKind, string>();
            foreach (var kind in Enum.GetValues<OptimizerKind>())
                // No biases before batch normalisation: their gradients are round-off, which 1/ε makes large.
                foreach (var network in new[] { "tanh", "batch normalisation without biases" }) cases.Add(kind, network);
            return cases;
        }
    }

    private static readonly Dictionary<string, NetworkSpec> s_networks = new()
    {
        ["plain"] = Small(new()),
        ["sigmoid"] = Small(new() { Activation = ActivationKind.Sigmoid }),
        ["tanh"] = Small(new() { Activation = ActivationKind.Tanh }),
        ["without biases"] = Small(new() { HasBias = false }),
        ["one hidden layer"] = Small(new()) with { Depth = 1 },
        ["dropout"] = Small(new() { DropoutRatio = 0.3 }),
        ["dropout, sigmoid"] = Small(new() { DropoutRatio = 0.3, Activation = ActivationKind.Sigmoid }),
        ["dropout, tanh"] = Small(new() { DropoutRatio = 0.3, Activation = ActivationKind.Tanh }),
        ["batch normalisation"] = Small(new() { Normalization = new() }),
        ["batch normalisation without biases"] = Small(new() { Normalization = new(), HasBias = false }),
        ["batch normalisation after the activation"] = Small(new() { Normalization = new() { Place = NormalizationPlace.AfterActivation } }),
        ["batch normalisation of PyTorch"] = Small(new() { Normalization = new() { Convention = BatchNormConvention.PyTorch } }),
        ["batch normalisation, all batches alike"] = Small(new() { Normalization = new() { Convention = BatchNormConvention.PyTorch with { Momentum = null } } }),
        ["batch normalisation, tanh, dropout, without biases"] = Small(new() { Normalization = new(), Activation = ActivationKind.Tanh, DropoutRatio = 0.2, HasBias = false }),
        ["batch normalisation after tanh, dropout"] = Small(new() { Normalization = new() { Place = NormalizationPlace.AfterActivation }, Activation = ActivationKind.Tanh, DropoutRatio = 0.2 }),
        ["layer normalisation"] = Small(new() { Normalization = new() { Kind = NormalizationKind.Layer } }),
        ["group normalisation after tanh"] = Small(new() { Activation = ActivationKind.Tanh, Normalization = new() { Kind = NormalizationKind.Group, Groups = 2, Place = NormalizationPlace.AfterActivation } }),
    };

    [Theory, MemberData(nameof(Networks))]
    public void Networks_trained_together_are_those_trained_one_by_one(string name) =>
        // Groups of few units whose variance is near 0 make round-off a thousand times larger: there small steps.
        Compare(s_networks[name], new OptimizerSpec(), s_networks[name].Normalization?.Kind == NormalizationKind.Group ? 0.001 : 0.05, keepsGradients: false);

    [Theory, MemberData(nameof(Optimizers))]
    public void Every_optimiser_moves_each_replica_as_it_would_alone(OptimizerKind kind, string network) =>
        Compare(s_networks[network], new OptimizerSpec(kind), kind is OptimizerKind.SGD or OptimizerKind.Momentum or OptimizerKind.Nesterov ? 0.02 : 0.002, keepsGradients: false);

    [Fact]
    public void Descent_that_keeps_its_gradients_goes_the_same_way() => Compare(s_networks["batch normalisation"], new OptimizerSpec(), 0.05, keepsGradients: true);

    private static void Compare(NetworkSpec network, OptimizerSpec optimizer, double rate, bool keepsGradients)
    {
        // Three inits, and every replica its own rate, decay and seed.
        InitialWeights[] initials = [InitialWeights.He, InitialWeights.Xavier, InitialWeights.Deviation(0.1)];
        ReplicaSpec[] replicas = [.. initials.Select((initial, i) => new ReplicaSpec
        {
            Name = initial.Name, Network = network, Optimizer = optimizer, Initial = initial, LearningRate = rate * (1 + i), WeightDecay = 0.01 * i, Seed = 10 + i, BatchSeed = 3,
        })];
        var settings = new TrainingSettings { Precision = float64, BatchSize = 16, UpdatesPerEpoch = 1, MeasuresTraining = false, MeasuresTest = false, KeepsGradients = keepsGradients, Threads = 1 };
        using var data = new TrainingData(SmallDigits.Make(), precision: float64);
        using var trainer = new ReplicaTrainer(replicas, data, settings);
        SingleNetwork[] singles = [.. replicas.Select((replica, i) => new SingleNetwork(replica, trainer.StateOf(i)))];
        for (var update = 0; update < Updates; update++)
        {
            trainer.RunEpoch();
            using var scope = NewDisposeScope();
            var batch = MiniBatches.Draw(3, update, 1, settings.BatchSize, data.Train.Count)[0]; // [B]
            var (images, labels) = (data.Train.Images.index_select(0, batch), data.Train.Labels.index_select(0, batch)); // [B, pixels], [B]
            for (var i = 0; i < singles.Length; i++) singles[i].Update(images, labels, Masks(trainer, i));
        }
        for (var i = 0; i < singles.Length; i++) AssertSame(singles[i], trainer.StateOf(i), replicas[i].Name);
    }

    private static List<Tensor> Masks(ReplicaTrainer trainer, int replica)
    {
        var (block, within) = trainer.Find(replica);
        return [.. block.Program.Dropouts.Select(dropout => block.Program.Layout.Split(dropout.Mask)[within])]; // [B, units] each
    }

    private static void AssertSame(SingleNetwork single, IReadOnlyDictionary<string, Tensor> together, string replica)
    {
        using var scope = NewDisposeScope();
        foreach (var (name, value) in single.State())
        {
            Assert.Equal(value.shape, together[name].shape);
            var difference = (value - together[name]).abs().max().item<double>();
            Assert.True(difference <= Tolerance, $"{replica}: expected {name} within {Tolerance} but got {difference}");
        }
    }

    private static NetworkSpec Small(NetworkSpec network) => network with { Inputs = SmallDigits.Pixels, Width = 12, Depth = 3 };
}
