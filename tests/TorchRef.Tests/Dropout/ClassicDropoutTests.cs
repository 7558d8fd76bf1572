using TorchRef.Dropout;
using static TorchRef.Tests.Dropout.DropoutFamily;
using static TorchSharp.torch;

namespace TorchRef.Tests.Dropout;

public sealed class ClassicDropoutTests : IDisposable
{
    private readonly IDisposable _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void TrainingDropsWithoutScaling()
    {
        var input = Numbers([1000]).requires_grad_();           // [1000]
        manual_seed(6);
        var output = new ClassicDropout(0.2).call(input);       // [1000]
        manual_seed(6);
        var mask = rand([1000], float64).gt(0.2).to_type(float64); // [1000]
        output.backward([full([1000], 3.0, float64)]);
        Same(input * mask, output);
        Same(mask * 3, input.grad);
        Near(0.8, mask.mean(), within: 0.06);                   // 4.7 standard errors
    }

    [Fact]
    public void EvaluationScalesByTheShareThatIsKeptNotByThatWhichIsRemoved()
    {
        var module = new ClassicDropout(0.2);
        module.eval();
        var input = tensor([1.0, -2, 5]).requires_grad_();      // [3]
        var output = module.call(input);                        // [3]
        output.backward([tensor([1.0, 1, 10])]);
        Same(tensor([0.8, -1.6, 4]), output);
        Same(tensor([0.8, 0.8, 8]), input.grad);
    }

    [Fact]
    public void IsInvertedDropoutTimesTheShareThatIsKept()
    {
        var (input, mask) = (Numbers([6, 5]), Numbers([6, 5]).gt(0.3)); // [6, 5], [6, 5]
        var inverted = TorchRef.Dropout.Dropout.WithMask(input, mask, 0.25); // [6, 5]
        Assert.InRange((inverted * 0.75 - ClassicDropout.WithMask(input, mask)).abs().max().item<double>(), 0, 1e-15);
    }

    [Fact]
    public void MasksAgreeAcrossTypes()
    {
        var module = new ClassicDropout(0.1);
        manual_seed(6);
        var wide = module.call(ones([500], float64));           // [500]
        foreach (var dtype in new[] { float32, bfloat16 })
        {
            manual_seed(6);
            var narrow = module.call(ones([500], dtype));       // [500]
            Assert.Equal(dtype, narrow.dtype);
            Same(wide, narrow.to_type(float64));
        }
    }

    [Fact]
    public void RatioZeroKeepsAllAndRatioOneNothing()
    {
        var input = Numbers([40]);                              // [40]
        var (all, none) = (new ClassicDropout(0), new ClassicDropout(1));
        foreach (var training in new[] { true, false })
        {
            all.train(training);
            none.train(training);
            Same(input, all.call(input));
            Same(zeros_like(input), none.call(input));
        }
    }

    [Fact]
    public void RefusesWhatIsNoProbabilityAndPrintsItsRatio()
    {
        Assert.Equal("dropout probability has to be between 0 and 1, but got 1.2", Assert.Throws<ArgumentException>(() => new ClassicDropout(1.2)).Message);
        Assert.Equal("ClassicDropout(dropout_ratio=0.5)", new ClassicDropout().ToString());
        Assert.Empty(new ClassicDropout().state_dict());
    }
}
