using TorchRef.Layers;
using TorchRef.Optimization;
using TorchRef.Tests.Support;
using static TorchSharp.torch;

namespace TorchRef.Tests.Layers;

/// <summary>The step, and why nothing before it learns.</summary>
public sealed class StepTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(1)]
    public void It_is_torch_heaviside(double atZero)
    {
        using var scope = NewDisposeScope();
        using var step = new Step(atZero);
        var input = tensor(new[] { -3, -1e-300, -0.0, 0, 1e-300, 2, double.NegativeInfinity, double.PositiveInfinity, double.NaN });

        Expect.Same(step.call(input), input.heaviside(tensor(atZero, float64)));
        Expect.Numbers([0, atZero, 1], step.call(tensor(new long[] { -1, 0, 1 })));
    }

    [Fact]
    public void Its_gradient_is_0_whatever_comes_back()
    {
        using var scope = NewDisposeScope();
        using var step = new Step();
        var input = tensor(new[] { -1.0, 0, 1 }).requires_grad_();

        step.call(input).backward([tensor(new[] { 5, double.PositiveInfinity, -7 })]);

        Expect.Numbers([0, 0, 0], input.grad);
    }

    [Fact]
    public void A_perceptron_of_steps_stays_as_wrong_as_it_was_where_one_of_sigmoids_learns()
    {
        Assert.Equal(0, Improvement(new Step()));
        Assert.True(Improvement(new Sigmoid()) > 0.1);

        static double Improvement(Activation activation)
        {
            using var scope = NewDisposeScope();
            manual_seed(3);
            using var affine = new Affine(2, 1, dtype: float64);
            using var optimizer = new SGD(affine.parameters(), lr: 1);
            var input = tensor(new double[] { 0, 0, 0, 1, 1, 0, 1, 1 }, [4, 2]);
            var wanted = tensor(new double[] { 0, 1, 1, 1 }, [4, 1]); // or
            var (first, last) = (0.0, 0.0);
            for (var i = 0; i <= 100; i++)
            {
                optimizer.zero_grad();
                var loss = (activation.call(affine.call(input)) - wanted).square().mean(); // []
                loss.backward();
                optimizer.step();
                last = loss.item<double>();
                if (i == 0) first = last;
            }
            activation.Dispose();
            return first - last;
        }
    }
}
