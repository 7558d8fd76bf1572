using TorchRef.Layers;
using TorchRef.Tests.Support;
using static TorchSharp.torch;

namespace TorchRef.Tests.Layers;

/// <summary>The rectifier: its slope, work in place, and units that are dead.</summary>
public sealed class ReLUTests
{
    [Theory]
    [InlineData(GradientForm.Composite)]
    [InlineData(GradientForm.ClosedForm)]
    public void The_slope_on_the_right_is_1_not_x_and_at_0_it_is_0(GradientForm form)
    {
        using var scope = NewDisposeScope();
        using var relu = new ReLU(form: form);
        var input = tensor(new[] { -2.0, -0.0, 0, 0.5, 7 }).requires_grad_();

        var output = relu.call(input);
        output.sum().backward();

        Expect.Numbers([0, 0, 0, 0.5, 7], output);
        Expect.Numbers([0, 0, 0, 1, 1], input.grad);
        Expect.Numbers([0, 0, 0, 1, 1], relu.Derivative(input.detach()));
    }

    [Fact]
    public void An_infinite_gradient_does_not_pass_the_left_as_NaN()
    {
        using var scope = NewDisposeScope();
        foreach (var form in Enum.GetValues<GradientForm>())
        {
            using var relu = new ReLU(form: form);
            var input = tensor(new[] { -1.0, 1 }).requires_grad_();

            relu.call(input).backward([full(2, double.PositiveInfinity, float64)]);

            Expect.Numbers([0, double.PositiveInfinity], input.grad);
        }
    }

    [Fact]
    public void In_place_changes_the_input_and_returns_it() => Law.Holds(sample =>
    {
        using var inplace = new ReLU(inplace: true);
        using var plain = new ReLU();
        var leaf = sample.Normal(sample.AnyShape(), float64).requires_grad_();
        var given = leaf * 1;
        var expected = plain.call(leaf).detach();

        var output = inplace.call(given);
        output.sum().backward();

        Expect.Same(output, expected, "output");
        Expect.Same(given, expected, "input");
        Expect.Same(leaf.grad, plain.Derivative(leaf).detach(), "gradient");
    }, samples: 10);

    [Fact]
    public void A_large_negative_bias_kills_a_unit_and_negative_data_alone_do_not()
    {
        using var scope = NewDisposeScope();
        var data = -ones([5, 1], float64);                      // all negative
        Assert.Equal(0, GradientOfWeight(weight: 1, bias: 0));
        Assert.Equal(-5, GradientOfWeight(weight: -1, bias: 0));
        Assert.Equal(0, GradientOfWeight(weight: -1, bias: -100));

        double GradientOfWeight(double weight, double bias)
        {
            using var affine = new Affine(1, 1, dtype: float64);
            using var relu = new ReLU();
            Initializers.Constant(affine.Weight, weight);
            Initializers.Constant(affine.Bias!, bias);
            relu.call(affine.call(data)).sum().backward();
            return affine.Weight.grad!.item<double>();
        }
    }

    [Fact]
    public void Booleans_are_refused_and_so_is_the_closed_form_in_place()
    {
        using var scope = NewDisposeScope();
        using var relu = new ReLU();
        using var inplace = new ReLU(inplace: true);

        Assert.Equal("Boolean inputs not supported for relu", Assert.Throws<ArgumentException>(() => relu.call(ones(2) > 0)).Message);
        Assert.Equal("Boolean inputs not supported for relu", Assert.Throws<ArgumentException>(() => inplace.call(ones(2) > 0)).Message);
        Assert.Equal("the closed form of ReLU makes a new tensor: expected inplace false but got true", Assert.Throws<ArgumentException>(() => new ReLU(true, GradientForm.ClosedForm)).Message);
        Assert.Equal("ReLU(inplace=True)", inplace.ToString());
    }
}
