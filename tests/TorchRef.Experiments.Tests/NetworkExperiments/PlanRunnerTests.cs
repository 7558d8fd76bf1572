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
        var curves = Trainings.Plans[0].Curves(result.Records, Measures.TrainAccuracy);
        Assert.Equal([2, 2], curves.Select(curve => curve.Count));
        Assert.Equal([0, 0], Trainings.Plans[1].Curves(result.Records, Measures.TrainAccuracy).Select(curve => curve.Count));
    }

    [Fact]
    public void A_curve_that_has_no_value_says_so() =>
        Assert.Contains("expected one of 0 measurements", Assert.Throws<InvalidOperationException>(() => new Curve("nothing", []).Final).Message);

    private static Records Run(string folder, Action<RunProgress> progress) =>
        ExperimentRunner.Run(new Trainings(), Request(), new RunOptions { Folder = folder, SaveEvery = TimeSpan.Zero, Progress = progress }).Records;

    private static RunRequest Request() => new() { Digits = new(SmallDigits.Make) };

    private sealed class Trainings : IExperiment
    {
        private static readonly NetworkSpec s_network = new() { Inputs = SmallDigits.Pixels, Width = 8, Depth = 2 };

        public static IReadOnlyList<TrainingPlan> Plans { get; } = [Plan("first", 20), Plan("second", 10)];

        public string Name => "trainings";

        public string Description => "two small trainings";

        public RequestParts Uses => RequestParts.Digits;

        public ExperimentPlan Plan(RunRequest request) => new()
        {
            Settings = [new Setting("epochs", Epochs)],
            Parts = PlanRunner.Parts(Plans, request.Digits),
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
