using TorchRef.Experiments.Models;
using TorchRef.Experiments.Tests.Data;
using TorchRef.Optimization;
using static TorchSharp.torch;

namespace TorchRef.Experiments.Tests.Models;

public sealed class ModelTrainingTests
{
    [Fact]
    public void The_same_seed_gives_the_same_network_and_another_seed_another()
    {
        Assert.Equal(Trained(1), Trained(1));
        Assert.NotEqual(Trained(1), Trained(2));
    }

    [Fact]
    public void On_whatever_thread_it_comes_to_the_same()
    {
        byte[] expected = Trained(1);
        for (int i = 0; i < 3; i++)
        {
            byte[] found = [];
            // One that libtorch hasn't met yet.
            var thread = new Thread(() => found = Trained(1));
            thread.Start();
            thread.Join();

            Assert.Equal(expected, found);
        }
    }

    [Fact]
    public void A_training_that_goes_on_comes_to_the_same_bit_for_bit()
    {
        using var folder = new TempFolder();
        string file = Path.Combine(folder.Path, "training.pth");
        using (var first = new ModelTraining(Recipes.Small, Recipes.Digits))
        {
            first.RunEpoch();
            first.RunEpoch();
            first.Save(file);
            first.RunEpoch();
        }
        // Whatever others draw meanwhile.
        rand(1000).Dispose();

        using var second = new ModelTraining(Recipes.Small, Recipes.Digits);
        second.Resume(file);
        Assert.Equal(2, second.History.Count);
        while (!second.IsComplete) second.RunEpoch();

        Assert.Equal(Trained(1), Recipes.Bytes(second));
    }

    [Fact]
    public void It_learns()
    {
        using var training = new ModelTraining(Recipes.Small, Recipes.Digits);

        while (!training.IsComplete) training.RunEpoch();

        Assert.True(training.History[^1].Loss < training.History[0].Loss / 2, $"{training.History[0].Loss} fell to {training.History[^1].Loss} only");
        Assert.InRange(training.History[^1].TestCorrect, 50, 100);
        Assert.Throws<InvalidOperationException>(() => training.RunEpoch());
    }

    [Fact]
    public void It_leaves_no_tensor_behind()
    {
        var counts = new List<long>();
        using (var training = new ModelTraining(Recipes.Small with { Epochs = 5 }, Recipes.Digits))
        {
            while (!training.IsComplete)
            {
                training.RunEpoch();
                counts.Add(Tensor.TotalCount);
            }
        }

        Assert.Single(counts.Skip(1).Distinct());
    }

    [Fact]
    public void A_saved_training_belongs_to_its_recipe_seed_and_data()
    {
        using var folder = new TempFolder();
        string file = Path.Combine(folder.Path, "training.pth");
        using var training = new ModelTraining(Recipes.Small, Recipes.Digits);
        training.RunEpoch();
        training.Save(file);

        foreach (var other in new[]
        {
            new ModelTraining(Recipes.Small with { BatchSize = 60 }, Recipes.Digits),
            new ModelTraining(Recipes.Small with { Optimizer = new AdamWOptions(lr: 1e-3) }, Recipes.Digits),
            new ModelTraining(Recipes.Small with { Schedule = LearningRateSchedule.Constant }, Recipes.Digits),
            new ModelTraining(Recipes.Small, Recipes.Digits, new ModelTrainingSettings { Seed = 2 }),
            new ModelTraining(Recipes.Small, Recipes.Digits, new ModelTrainingSettings { Epochs = 5 }),
            new ModelTraining(Recipes.Small, Experiments.Data.SyntheticDigits.Generate(300, 100, 2)),
        })
        {
            using (other) Assert.StartsWith("a training goes on from its own state only: expected that of", Assert.Throws<InvalidDataException>(() => other.Resume(file)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_damaged_or_foreign_file_is_one_line()
    {
        using var folder = new TempFolder();
        string file = Path.Combine(folder.Path, "training.pth");
        using var training = new ModelTraining(Recipes.Small, Recipes.Digits);
        training.Save(file);
        byte[] whole = File.ReadAllBytes(file);
        foreach (byte[] bytes in new[] { [], whole[..100], whole[..^1], Flipped(whole, whole.Length / 2) })
        {
            File.WriteAllBytes(file, bytes);
            Assert.DoesNotContain('\n', Assert.ThrowsAny<InvalidDataException>(() => training.Resume(file)).Message);
        }
        Interop.Checkpoints.Checkpoint.Save(training.Network, file);
        Assert.StartsWith("a training goes on from a training", Assert.Throws<InvalidDataException>(() => training.Resume(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_rate_goes_as_the_schedule_says()
    {
        ModelRecipe cosine = Recipes.Small, constant = cosine with { Schedule = LearningRateSchedule.Constant };

        Assert.Equal([5e-3, 5e-3, 5e-3], new long[] { 0, 50, 99 }.Select(update => constant.LearningRate(update, 100)));
        Assert.Equal(5e-3, cosine.LearningRate(0, 100));
        Assert.Equal(2.5e-3, cosine.LearningRate(50, 100), 12);
        Assert.InRange(cosine.LearningRate(99, 100), 1e-9, 2e-6);
    }

    [Fact]
    public void Too_few_images_or_epochs_are_refused()
    {
        Assert.StartsWith("a mini-batch must be filled: expected at least 301 images to train with but got 300", Assert.Throws<ArgumentException>(() => new ModelTraining(Recipes.Small with { BatchSize = 301 }, Recipes.Digits)).Message, StringComparison.Ordinal);
        Assert.Equal("a training goes through its images: expected at least 1 epoch but got 0", Assert.Throws<ArgumentException>(() => new ModelTraining(Recipes.Small, Recipes.Digits, new ModelTrainingSettings { Epochs = 0 })).Message);
        Assert.Throws<NotSupportedException>(() => new ModelTraining(Recipes.Small with { Optimizer = new RMSpropOptions() }, Recipes.Digits));
    }

    private static byte[] Trained(long seed)
    {
        using var training = new ModelTraining(Recipes.Small, Recipes.Digits, new ModelTrainingSettings { Seed = seed });
        while (!training.IsComplete) training.RunEpoch();
        return Recipes.Bytes(training);
    }

    private static byte[] Flipped(byte[] bytes, int place)
    {
        byte[] copy = [.. bytes];
        copy[place] ^= 1;
        return copy;
    }
}
