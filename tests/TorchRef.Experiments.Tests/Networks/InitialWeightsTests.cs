using TorchRef.Experiments.Networks;
using TorchRef.Experiments.Tests.Training;
using TorchRef.Experiments.Training;
using static TorchSharp.torch;

namespace TorchRef.Experiments.Tests.Networks;

public sealed class InitialWeightsTests
{
    public static TheoryData<string, double> Deviations => new() { { "He", Math.Sqrt(2.0 / 36) }, { "Xavier", Math.Sqrt(1.0 / 36) }, { "std 0.3", 0.3 } };

    [Theory, MemberData(nameof(Deviations))]
    public void Weights_are_drawn_with_the_deviation_that_the_rule_says(string name, double deviation)
    {
        InitialWeights[] rules = [InitialWeights.He, InitialWeights.Xavier, InitialWeights.Deviation(0.3)];
        using var scope = NewDisposeScope();
        using var data = new TrainingData(SmallDigits.Make());
        ReplicaSpec replica = new() { Network = new() { Inputs = SmallDigits.Pixels, Width = 400, Depth = 1 }, Initial = rules.Single(rule => rule.Name == name) };
        using var trainer = new ReplicaTrainer([replica], data, new TrainingSettings());
        var state = trainer.StateOf(0);
        Assert.Equal(deviation, state["affine0.weight"].std().item<float>(), deviation * 0.03);
        Assert.Equal(0, state["affine0.weight"].mean().item<float>(), deviation * 0.03);
        Assert.Equal(0, state["affine0.bias"].abs().max().item<float>());
    }
}
