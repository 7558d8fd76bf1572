using TorchRef.Experiments.Data;
using TorchRef.Experiments.NetworkExperiments;
using TorchRef.Experiments.Networks;
using TorchRef.Experiments.Training;

namespace TorchRef.Experiments.Tests.NetworkExperiments;

/// <summary>Each experiment on few drawn digits: large effects only.</summary>
public sealed class NetworkExperimentTests
{
    private const int Images = 100, TestImages = 200;

    private static readonly Lazy<DigitData> s_digits = new(() => SyntheticDigits.Generate(400, TestImages, 0));

    [Fact]
    public void Batch_normalisation_learns_from_scales_that_stop_a_plain_network()
    {
        var settings = new BnInit.Settings { Seeds = 1, Scales = 3, Images = 400 };
        Assert.Equal([1, 0.01, 0.0001], settings.Deviations.Select(deviation => Math.Round(deviation, 10)));
        var result = BnInit.Run(settings, s_digits.Value);
        Assert.True(result.Scales[1].Normalized.Final.Mean > 0.8, $"expected more than .8 but got {result.Scales[1].Normalized.Final.Mean}");
        Assert.True(result.Scales[1].Plain.Final.Mean < 0.3, $"expected less than .3 but got {result.Scales[1].Plain.Final.Mean}");
        Assert.Equal(3, result.Wins);
    }

    [Fact]
    public void A_large_network_learns_few_images_by_heart()
    {
        var accuracy = OverFit.Run(new() { Seeds = 2, Images = Images, Epochs = 120, LearningRate = 0.05 }, s_digits.Value).Accuracy;
        Assert.True(accuracy.Train.Final.Least > 0.95, $"expected more than .95 but got {accuracy.Train.Final.Least}");
        Assert.True(accuracy.Gap.Least > 0, $"expected the test behind but got a gap of {accuracy.Gap.Least}");
        Assert.Equal(120, accuracy.Train.Along.Count);
    }

    [Fact]
    public void Too_strong_a_decay_learns_nothing()
    {
        var decays = DecayStrengths.Run(new() { Seeds = 1, Images = Images, Epochs = 150, Strengths = [0, 0.5] }, s_digits.Value).Decays;
        Assert.Equal([0, 0.5], decays.Select(decay => decay.Strength));
        Assert.True(decays[0].Accuracy.Train.Final.Mean > decays[1].Accuracy.Train.Final.Mean + 0.2);
    }

    [Fact]
    public void Dropout_holds_training_back()
    {
        var kinds = DropoutRatios.Run(new() { Seeds = 1, Images = Images, Epochs = 120, Ratios = [0, 0.3] }, s_digits.Value).Kinds;
        Assert.True(kinds[0].Accuracy.Train.Final.Mean > kinds[1].Accuracy.Train.Final.Mean + 0.2);
    }

    [Fact]
    public void Networks_are_better_together_and_samples_better_on_average()
    {
        var result = Ensemble.Run(new() { Seeds = 2, Images = Images, Epochs = 200, Samples = 20, DropoutRatio = 0.1 }, s_digits.Value);
        Assert.True(result.Gain.Mean > 0, $"expected a gain but got {result.Gain.Mean}");
        Assert.True(result.MonteCarlo.Mean > result.OneSample.Mean, $"expected {result.MonteCarlo.Mean} above {result.OneSample.Mean}");
    }

    [Fact]
    public void Weights_too_small_leave_the_loss_where_it_began()
    {
        var losses = InitLoss.Run(new() { Seeds = 1, Epochs = 4 }, s_digits.Value).Losses;
        Assert.Equal(["std 0.01", "Xavier", "He"], losses.Select(loss => loss.Name));
        Assert.Equal(Math.Log(10), losses[0].After.Final.Mean, 0.05);
        Assert.True(losses[2].After.Final.Mean < 1.8, $"expected less than 1.8 but got {losses[2].After.Final.Mean}");
        Assert.Equal((301, 4), (losses[2].Before.Count, losses[2].After.Count));
    }

    [Fact]
    public void Adaptive_optimisers_are_ahead_of_plain_descent()
    {
        var losses = OptimizersOnMnist.Run(new() { Seeds = 1, Epochs = 3 }, s_digits.Value).Losses.ToDictionary(loss => loss.Name, loss => loss.After.Final.Mean);
        foreach (var kind in new[] { OptimizerKind.Momentum, OptimizerKind.AdaGrad, OptimizerKind.Adam })
            Assert.True(losses[kind.ToString()] < losses[nameof(OptimizerKind.SGD)] / 2, $"expected {kind} far below {losses[nameof(OptimizerKind.SGD)]} but got {losses[kind.ToString()]}");
    }

    [Fact]
    public void Deep_sigmoids_learn_with_batch_normalisation_on_either_side()
    {
        var kind = Assert.Single(BnPosition.Run(new() { Seeds = 1, Images = Images, Epochs = 60, Activations = [ActivationKind.Sigmoid] }, s_digits.Value).Kinds);
        Assert.True(kind.Before.Train.Final.Mean > kind.Plain.Train.Final.Mean + 0.3);
        Assert.True(kind.After.Train.Final.Mean > kind.Plain.Train.Final.Mean + 0.3);
    }

    [Fact]
    public void Batch_normalisation_trains_at_more_points_of_the_grid()
    {
        var result = LearningRateTolerance.Run(new() { Seeds = 1, Images = Images, Epochs = 40, Rates = [0.03, 0.3], Deviations = [0.3, 0.01], Threshold = 0.8 }, s_digits.Value);
        Assert.Equal(4, result.Points.Count);
        Assert.True(result.NormalizedTrains > result.PlainTrains, $"expected more than {result.PlainTrains} but got {result.NormalizedTrains}");
    }

    [Fact]
    public void Batch_normalisation_fails_at_two_examples_where_the_others_dont()
    {
        var size = BatchSizes.Run(new() { Seeds = 1, Epochs = 6, Sizes = [2, 50], Images = 200, LearningRate = 0.2 }, s_digits.Value).Sizes[0];
        Assert.Equal(2, size.Size);
        Assert.True(size.Batch.Test.Final.Mean < size.Group.Test.Final.Mean - 0.2, $"expected {size.Batch.Test.Final.Mean} far below {size.Group.Test.Final.Mean}");
        Assert.True(size.Batch.Test.Final.Mean < size.Layer.Test.Final.Mean - 0.2, $"expected {size.Batch.Test.Final.Mean} far below {size.Layer.Test.Final.Mean}");
    }

    [Fact]
    public void The_noise_of_batch_statistics_falls_with_the_root_of_the_size()
    {
        var result = BnNoise.Run(new() { Seeds = 1, Epochs = 2, Draws = 20_000, NoiseSizes = [8, 128], TrainingSizes = [8, 32], Images = Images, UpdatesPerEpoch = 2 }, s_digits.Value);
        Assert.Equal(1 / Math.Sqrt(8), result.Noises[0].Mean, 0.01);
        Assert.Equal(1 / Math.Sqrt(128), result.Noises[1].Mean, 0.003);
        Assert.Equal(0.389, result.Noises[0].InverseDeviation, 0.03);
        Assert.Equal([8, 32], result.Kinds.Select(kind => kind.Size));
    }

    [Fact]
    public void The_bias_before_batch_normalisation_matters_in_evaluation_only()
    {
        var result = BnBias.Run(new() { Seeds = 2, Images = Images, Epochs = 3 }, s_digits.Value);
        Assert.True(result.PlainGradient.Least > 1e-4, $"expected more than 1e-4 but got {result.PlainGradient.Least}");
        Assert.True(result.NormalizedGradient.Greatest < 1e-14, $"expected round-off but got {result.NormalizedGradient.Greatest}");
        Assert.True(result.TrainingChange.Greatest < 1e-12, $"expected round-off but got {result.TrainingChange.Greatest}");
        Assert.True(result.EvaluationChange.Least > 0.01, $"expected more than .01 but got {result.EvaluationChange.Least}");
    }
}
