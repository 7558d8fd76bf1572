using TorchRef.Optimization;
using TorchRef.Tests.Support;
using TorchSharp.Modules;
using static TorchSharp.torch;
using SGD = TorchRef.Optimization.SGD;

namespace TorchRef.Tests.Optimization;

/// <summary>Weight decay as a term of the loss.</summary>
public sealed class WeightDecayTests
{
    [Fact]
    public void It_is_half_lambda_times_the_sum_of_squares()
    {
        using var scope = NewDisposeScope();
        Parameter[] parameters = [new(tensor(new[] { 1.0, -2, 3 })), new(tensor(new[] { 4.0 }, [1, 1]))];

        Expect.Numbers([3], WeightDecay.L2Penalty(parameters, 0.2));
    }

    [Fact]
    public void Its_gradient_is_lambda_theta() => Law.Holds(sample =>
    {
        var lambda = sample.Uniform(0, 2);
        var parameters = Enumerable.Range(0, sample.Between(1, 4)).Select(_ => new Parameter(sample.Normal(sample.AnyShape(), float64))).ToList();

        WeightDecay.L2Penalty(parameters, lambda).backward();

        foreach (var parameter in parameters) Expect.Close(parameter.grad, parameter.detach() * lambda, 1e-14);
    });

    [Fact]
    public void In_the_loss_it_moves_parameters_as_in_the_step() => Law.Holds(sample =>
    {
        var lambda = sample.Uniform(0, 0.5);
        var values = sample.Normal(sample.AnyShape(), float64);
        var target = sample.Normal(values.shape, float64);
        var (inLoss, inStep) = (new Parameter(values.clone()), new Parameter(values.clone()));
        using var plain = new SGD([inLoss], lr: 0.1, momentum: 0.9);
        using var decaying = new SGD([inStep], lr: 0.1, momentum: 0.9, weight_decay: lambda);

        for (var step = 0; step < 5; step++)
        {
            plain.zero_grad();
            decaying.zero_grad();
            ((inLoss - target).square().sum() + WeightDecay.L2Penalty([inLoss], lambda)).backward();
            (inStep - target).square().sum().backward();
            plain.step();
            decaying.step();
        }

        Expect.Close(inLoss.detach(), inStep.detach(), 1e-13);
    });

    [Fact]
    public void A_lambda_of_0_adds_nothing_and_keeps_a_graph()
    {
        using var scope = NewDisposeScope();
        var parameter = new Parameter(tensor(new[] { 2.0 }));

        var penalty = WeightDecay.L2Penalty([parameter], 0);
        penalty.backward();

        Expect.Numbers([0], penalty);
        Expect.Numbers([0], parameter.grad);
    }

    [Theory]
    [InlineData(-0.1, "-0.1")]
    [InlineData(double.NaN, "NaN")]
    public void A_lambda_that_is_not_at_least_0_is_refused(double lambda, string shown)
    {
        using var parameter = new Parameter(ones(1));

        var refusal = Assert.Throws<ArgumentException>(() => WeightDecay.L2Penalty([parameter], lambda));

        Assert.Equal($"the strength of weight decay must not be negative: expected λ ≥ 0 but got {shown}", refusal.Message);
    }

    [Fact]
    public void Nothing_to_decay_is_refused()
    {
        var refusal = Assert.Throws<ArgumentException>(() => WeightDecay.L2Penalty([], 0.1));

        Assert.Equal("weight decay must have something to decay: expected at least one parameter but got none", refusal.Message);
    }

    [Fact]
    public void Only_the_penalty_is_left_behind()
    {
        using var parameter = new Parameter(ones([3, 3]));
        var before = Tensor.TotalCount;

        using var penalty = WeightDecay.L2Penalty([parameter], 0.1);

        Assert.InRange(Tensor.TotalCount - before, long.MinValue, 1);
    }
}
