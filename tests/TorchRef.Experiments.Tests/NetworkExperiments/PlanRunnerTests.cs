using TorchRef.Experiments.NetworkExperiments;
using TorchRef.Experiments.Networks;
using TorchRef.Experiments.Running;
using TorchRef.Experiments.Tests.Data;
using TorchRef.Experiments.Tests.Training;
using TorchRef.Experiments.Training;

namespace TorchRef.Experiments.Tests.NetworkExperiments;

/// <summary>Trainings as parts of a run that may be killed.</summary>
public sealed class PlanRunnerTests
{
    private const int Epochs = 4;

    [Fact]
    public void From_every_state_on_disk_trainings_go_on_to_the_same_numbers()
    {
        using TempFolder watched = new();
        var states = new List<byte[]>();
        var file = Path.Combine(watched.Path, "state.bin");
        var whole = Run(watched.Path, _ =>
        {
            if (File.Exists(file)) states.Add(File.ReadAllBytes(file));
        });
        Assert.True(states.Count > Epochs, $"expected states during both trainings but got {states.Count}");
        foreach (var state in states)
        {
            using TempFolder resumed = new();
            File.WriteAllBytes(Path.Combine(resumed.Path, "state.bin"), state);
            var again = Run(resumed.Path, _ => { });
            Assert.Equal(whole.Names, again.Names);
            Assert.All(whole.Names, name => Assert.Equal(whole[name], again[name]));
        }
    }

    [Fact]
    public void A_training_that_was_stopped_leaves_curves_as_far_as_it_came()
    {
        using var stop = new CancellationTokenSource();
        var result = ExperimentRunner.Run(new Trainings(), Request(), new RunOptions
        {
            Progress = progress =>
            {
                if (progress.Doing == $"epoch 2 of {Epochs}") stop.Cancel();
            },
        }, stop.Token);
        Assert.False(result.IsComplete);
        var trained = new TrainingRecords(new TrainingRun([0], Epochs, TorchSharp.torch.CPU, Request().Digits.Value), Trainings.Plans, result.Records);
        Assert.Equal([2, 2], trained.Curves(Trainings.Plans[0], Measures.TrainAccuracy).Select(curve => curve.Count));
        Assert.Equal([0, 0], trained.Curves(Trainings.Plans[1], Measures.TrainAccuracy).Select(curve => curve.Count));
    }

    [Fact]
    public void Test_images_are_looked_at_now_and_then_and_at_the_end()
    {
        var plan = Trainings.Plans[0] with { TestEvery = 2 };
        Assert.Equal([0, 2, 3], plan.PlacesOf(Measures.TestAccuracy));
        Assert.Equal([0, 1, 2, 3], plan.PlacesOf(Measures.TrainAccuracy));
        var records = ExperimentRunner.Run(new Trainings { Plan0 = plan }, Request()).Records;
        var often = ExperimentRunner.Run(new Trainings(), Request()).Records;
        string name = plan.RecordOf(plan.Replicas[0], Measures.TestAccuracy);
        Assert.Equal([often[name][0], often[name][2], often[name][3]], records[name]);
    }

    [Fact]
    public void Too_few_images_to_train_with_are_one_line()
    {
        var plan = Trainings.Plans[0] with { TrainCount = 5000 };
        Assert.Matches("^An experiment has images to train with: expected at least 5000 but got [0-9]+$", Assert.Throws<ArgumentException>(() => plan.Check(Request().Digits.Value)).Message);
    }

    private static Records Run(string folder, Action<RunProgress> progress) =>
        ExperimentRunner.Run(new Trainings(), Request(), new RunOptions { Folder = folder, SaveEvery = TimeSpan.Zero, Progress = progress }).Records;

    private static RunRequest Request() => new() { Digits = new(SmallDigits.Make) };

    private sealed class Trainings : IExperiment
    {
        private static readonly NetworkSpec s_network = new() { Inputs = SmallDigits.Pixels, Width = 8, Depth = 2 };

        public static IReadOnlyList<TrainingPlan> Plans { get; } = [Plan("first", 20), Plan("second", 10)];

        public TrainingPlan Plan0 { get; init; } = Plans[0];

        public string Name => "trainings";

        public string Description => "two small trainings";

        public RequestParts Uses => RequestParts.Digits;

        public ExperimentPlan Plan(RunRequest request) => new()
        {
            Settings = [new Setting("epochs", Epochs)],
            Parts = PlanRunner.Parts([Plan0, .. Plans.Skip(1)], request.Digits.Value),
            Conclude = _ => new ExperimentOutcome { Findings = [] },
        };

        private static TrainingPlan Plan(string name, int batch) => new(name,
        [
            new() { Name = "plain", Network = s_network, Optimizer = new(OptimizerKind.Momentum) },
            new() { Name = "BN", Network = s_network with { Normalization = new(), DropoutRatio = 0.2 } },
        ], new TrainingSettings { BatchSize = batch, KeepsBatchLosses = true, MeasuresLoss = true }, Epochs)
        {
            Afterwards = trained => trained.Record(0, "weight", trained.Trainer.StateOf(0)["affine0.weight"].sum().item<float>()),
        };
    }
}
