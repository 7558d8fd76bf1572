using TorchRef.Experiments.Networks;
using TorchRef.Experiments.Training;
using static TorchSharp.torch;

namespace TorchRef.Experiments.Tests.Training;

public sealed class ReplicaTrainerTests
{
    private static readonly NetworkSpec s_network = new() { Inputs = SmallDigits.Pixels, Width = 12, Depth = 3 };
    private static readonly TrainingSettings s_settings = new() { BatchSize = 20, MeasuresLoss = true, KeepsBatchLosses = true, Threads = 2 };

    [Fact]
    public void Training_learns()
    {
        var records = Run([Replica(1) with { LearningRate = 0.2 }, Replica(2) with { LearningRate = 0 }], s_settings, 120);
        Assert.True(records[^1].TrainAccuracy![0] > 0.9, $"expected more than .9 but got {records[^1].TrainAccuracy![0]}");
        Assert.True(records[^1].TestAccuracy![0] > 0.5, $"expected more than .5 but got {records[^1].TestAccuracy![0]}");
        Assert.True(records[^1].TrainLoss![0] < records[0].TrainLoss![0] / 2);
        Assert.Equal(records[0].TrainLoss![1], records[^1].TrainLoss![1]);   // a rate of 0 learns nothing
    }

    [Fact]
    public void The_first_measurement_comes_after_one_update_the_next_after_a_pass()
    {
        var records = Run([Replica(1)], s_settings, 3);
        Assert.Equal([1L, 4, 7], records.Select(record => record.Updates));
        Assert.Equal([1, 3, 3], records.Select(record => record.BatchLosses![0].Length));
    }

    [Fact]
    public void A_replica_that_overflows_harms_no_other()
    {
        var healthy = Run([Replica(1), Replica(7), Replica(2)], s_settings, 4);
        var mixed = Run([Replica(1), Replica(7) with { Initial = InitialWeights.Deviation(1e30) }, Replica(2)], s_settings, 4);
        Assert.True(double.IsNaN(mixed[^1].TrainLoss![1]));
        Assert.Equal(healthy[^1].TrainLoss![0], mixed[^1].TrainLoss![0]);
        Assert.Equal(healthy[^1].TrainLoss![2], mixed[^1].TrainLoss![2]);
    }

    [Fact]
    public void A_replicas_result_depends_on_no_number_of_threads_and_on_the_others_within_round_off()
    {
        ReplicaSpec[] many = [.. Enumerable.Range(0, 19).Select(i => Replica(i) with { Network = i % 2 == 0 ? s_network : s_network with { Normalization = new(), DropoutRatio = 0.1 } })];
        var one = Run(many, s_settings with { Threads = 1 }, 5)[^1];
        var three = Run(many, s_settings with { Threads = 3 }, 5)[^1];
        Assert.Equal(one.TrainLoss, three.TrainLoss);
        var alone = Run([many[5]], s_settings, 5)[^1];
        Assert.Equal(one.TrainLoss![5], alone.TrainLoss![0], 1e-5);
    }

    [Fact]
    public void A_training_that_was_saved_goes_on_to_the_same_bits()
    {
        ReplicaSpec[] replicas =
        [
            Replica(1) with { Network = s_network with { Normalization = new(), DropoutRatio = 0.1 }, Optimizer = new(OptimizerKind.Adam), LearningRate = 0.001 },
            Replica(2) with { Optimizer = new(OptimizerKind.Momentum), WeightDecay = 0.01 },
        ];
        var whole = Run(replicas, s_settings, 6)[^1];
        using var saved = new MemoryStream();
        using var data = new TrainingData(SmallDigits.Make());
        using (var first = new ReplicaTrainer(replicas, data, s_settings))
        {
            for (var epoch = 0; epoch < 3; epoch++) first.RunEpoch();
            first.Save(saved);
        }
        saved.Position = 0;
        using var second = new ReplicaTrainer(replicas, data, s_settings with { Threads = 1 });
        second.Load(saved);
        EpochRecord? last = null;
        while (second.Epoch < 6) last = second.RunEpoch();
        Assert.Equal(whole.TrainLoss, last!.TrainLoss);
        Assert.Equal(whole.BatchLosses![0], last.BatchLosses![0]);
    }

    [Fact]
    public void A_state_of_another_training_or_a_damaged_one_is_refused()
    {
        using var data = new TrainingData(SmallDigits.Make());
        using var trainer = new ReplicaTrainer([Replica(1)], data, s_settings);
        using var saved = new MemoryStream();
        trainer.Save(saved);
        using var other = new ReplicaTrainer([Replica(1) with { Initial = InitialWeights.Deviation(0.123) }], data, s_settings);
        Assert.Contains("its own state only", Refusal(other, saved.ToArray()));
        var damaged = saved.ToArray();
        damaged[^5] ^= 1;
        Assert.Contains("must be whole: expected SHA-256", Refusal(trainer, damaged));
        Assert.Contains("must be whole", Refusal(trainer, damaged[..^9]));
        Assert.Contains("must be whole", Refusal(trainer, damaged[..5]));
    }

    [Fact]
    public void A_stopped_training_says_that_it_cant_go_on()
    {
        using var data = new TrainingData(SmallDigits.Make());
        using var trainer = new ReplicaTrainer([Replica(1)], data, s_settings);
        Assert.Throws<OperationCanceledException>(() => trainer.RunEpoch(new CancellationToken(canceled: true)));
        Assert.Contains("can't go on", Assert.Throws<InvalidOperationException>(() => trainer.RunEpoch()).Message);
    }

    [Fact]
    public void Kept_gradients_are_those_of_the_update()
    {
        using var scope = NewDisposeScope();
        using var data = new TrainingData(SmallDigits.Make(), precision: float64);
        using var trainer = new ReplicaTrainer([Replica(1) with { LearningRate = 0.5, WeightDecay = 0.2 }], data, s_settings with { Precision = float64, KeepsGradients = true });
        var before = trainer.StateOf(0)["affine1.weight"];              // [inputs, units]
        trainer.RunEpoch();
        var moved = before - (trainer.GradientsOf(0)["affine1.weight"] + before * 0.2) * 0.5; // [inputs, units]
        Assert.True((moved - trainer.StateOf(0)["affine1.weight"]).abs().max().item<double>() < 1e-14);
    }

    [Fact]
    public void Samples_of_a_dropout_network_average_to_about_its_evaluation()
    {
        using var scope = NewDisposeScope();
        using var data = new TrainingData(SmallDigits.Make());
        using var trainer = new ReplicaTrainer([Replica(1) with { Network = s_network with { DropoutRatio = 0.2 } }], data, s_settings);
        trainer.RunEpoch();
        var scaled = trainer.Probabilities(0, data.Test!.Images);       // [N, 10]
        var first = trainer.Probabilities(0, data.Test.Images, samplingSeed: 1); // [N, 10]
        Assert.Equal(0, (first - trainer.Probabilities(0, data.Test.Images, samplingSeed: 1)).abs().max().item<float>());
        var average = zeros_like(first);                                // [N, 10]
        for (var seed = 0; seed < 100; seed++) average.add_(trainer.Probabilities(0, data.Test.Images, seed) / 100);
        Assert.True((average - scaled).abs().mean().item<float>() < (first - scaled).abs().mean().item<float>() / 2);
        Assert.Equal(data.Test.Count, scaled.sum().item<float>(), 3);
    }

    [Fact]
    public void Nothing_is_left_behind()
    {
        Run([Replica(1)], s_settings, 1);
        // What other tests left to finalisers would be missing from the second count.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = Tensor.TotalCount;
        Run([Replica(1) with { Network = s_network with { Normalization = new(), DropoutRatio = 0.1 } }, Replica(2)], s_settings, 3);
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void The_setting_of_threads_is_put_back()
    {
        var before = get_num_threads();
        Run([Replica(1)], s_settings, 1);
        Assert.Equal(before, get_num_threads());
    }

    [Fact]
    public void What_cant_be_trained_is_refused()
    {
        using var data = new TrainingData(SmallDigits.Make());
        string Refused(ReplicaSpec replica, TrainingSettings? settings = null) => Assert.Throws<ArgumentException>(() => new ReplicaTrainer([replica], data, settings ?? s_settings)).Message;
        Assert.Contains("expected 36 inputs but got 784", Refused(Replica(1) with { Network = new() }));
        Assert.Contains("at least 2 but got 1", Refused(Replica(1) with { Network = s_network with { Normalization = new() } }, s_settings with { BatchSize = 1 }));
        Assert.Contains("expected Float64 but got Float32", Refused(Replica(1), s_settings with { Precision = float64 }));
        Assert.Contains("got -1", Refused(Replica(1) with { LearningRate = -1 }));
        Assert.Contains("a divisor of 12 but got 5", Refused(Replica(1) with { Network = s_network with { Normalization = new() { Kind = NormalizationKind.Group, Groups = 5 } } }));
    }

    private static ReplicaSpec Replica(int seed) => new() { Name = $"replica {seed}", Network = s_network, Seed = seed, LearningRate = 0.05 };

    private static List<EpochRecord> Run(IReadOnlyList<ReplicaSpec> replicas, TrainingSettings settings, int epochs)
    {
        using var data = new TrainingData(SmallDigits.Make());
        using var trainer = new ReplicaTrainer(replicas, data, settings);
        return [.. Enumerable.Range(0, epochs).Select(_ => trainer.RunEpoch())];
    }

    private static string Refusal(ReplicaTrainer trainer, byte[] state) => Assert.Throws<InvalidDataException>(() => trainer.Load(new MemoryStream(state))).Message;
}
