using TorchRef.Dropout;
using static TorchRef.Tests.Dropout.DropoutFamily;
using static TorchSharp.torch;

namespace TorchRef.Tests.Dropout;

public sealed class AlphaDropoutTests : IDisposable
{
    private readonly IDisposable _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void KeepsZeroMeanAndUnitVariance(double p)
    {
        const int count = 200_000;
        manual_seed(4);
        var output = new AlphaDropout(p).call(Numbers([count])); // [200000]
        Near(0, output.mean(), within: 5 / Math.Sqrt(count));
        Near(1, output.square().mean(), within: 5 * 3 / Math.Sqrt(count)); // the fourth moment is below 10 for these p
    }

    [Fact]
    public void IsTheAffineFunctionOfThePaper()
    {
        const double saturation = 1.0507009873554805 * 1.6732632423543772; // SELU's λ·α
        const double p = 0.3;
        var a = Math.Pow(1 - p + saturation * saturation * p * (1 - p), -0.5);
        var b = a * p * saturation;
        var input = tensor([-1.5, 0.25, 3]);                    // [3]
        var mask = tensor([1.0, 0, 1]);                         // [3]
        var expected = a * (input * mask - saturation * (1 - mask)) + b; // [3]
        Assert.InRange((AlphaDropout.WithMask(input, mask, p) - expected).abs().max().item<double>(), 0, 1e-15);
        Assert.InRange((FeatureAlphaDropout.WithMask(input.view(1, 3), mask.view(1, 3), p) - expected).abs().max().item<double>(), 0, 1e-15);
    }

    [Fact]
    public void WhatIsDroppedIsTheSameWhateverItWas()
    {
        manual_seed(4);
        var one = new AlphaDropout().call(full([50], -3.0, float64)); // [50]
        manual_seed(4);
        var other = new AlphaDropout().call(full([50], 8.0, float64)); // [50]
        var dropped = one.eq(other);                            // [50]
        Near(0.5, dropped.to_type(float64).mean(), within: 0.3);
        var values = one[dropped];                              // [about 25]
        // −α′a + b with b = a·α′·p: at p = ½ that is −½·α′a, and a = 1/√(½·(1 + ½·α′²)).
        Near(-0.5 * 1.7580993408473766 / Math.Sqrt(0.5 * (1 + 0.5 * 1.7580993408473766 * 1.7580993408473766)), values.mean(), within: 1e-14);
    }
}
