using TorchRef.Layers;
using TorchRef.Tests.Support;
using static TorchSharp.torch;

namespace TorchRef.Tests.Layers;

/// <summary>The sigmoid far out, where the textbook formula fails, and how gradients vanish in it.</summary>
public sealed class SigmoidTests
{
    [Theory]
    [InlineData(GradientForm.Composite)]
    [InlineData(GradientForm.ClosedForm)]
    public void At_800_nothing_overflows_forward_or_backward(GradientForm form)
    {
        using var scope = NewDisposeScope();
        using var sigmoid = new Sigmoid(form);
        foreach (var dtype in new[] { float64, float32 })
        {
            var input = tensor(new[] { -800.0, 800, -100, 100 }, dtype).requires_grad_();

            var output = sigmoid.call(input);
            output.sum().backward();

            Expect.Numbers([0, 1, 0, 1], output);
            Expect.Numbers([0, 0, 0, 0], input.grad);
        }
    }

    [Fact]
    public void The_textbook_formula_has_NaN_for_a_gradient_there()
    {
        using var scope = NewDisposeScope();
        var input = tensor(new[] { -800.0 }).requires_grad_();

        (1 / (1 + (-input).exp())).sum().backward();

        Assert.True(input.grad!.isnan().item<bool>());
    }

    [Theory]
    [InlineData(-40)]
    [InlineData(40)]
    public void Far_out_the_derivative_keeps_its_digits_on_both_sides(double place)
    {
        using var scope = NewDisposeScope();
        foreach (var form in Enum.GetValues<GradientForm>())
        {
            using var sigmoid = new Sigmoid(form);
            var input = tensor(new[] { place }).requires_grad_();

            sigmoid.call(input).sum().backward();

            var exact = Math.Exp(-40) / ((1 + Math.Exp(-40)) * (1 + Math.Exp(-40)));
            Assert.Equal(1, input.grad!.item<double>() / exact, 12);
            Assert.Equal(1, sigmoid.Derivative(input.detach()).item<double>() / exact, 12);
        }
    }

    [Fact]
    public void Its_two_sides_add_up_to_1() => Law.Holds(sample =>
    {
        using var sigmoid = new Sigmoid();
        var input = sample.Normal([50], float64, deviation: 10);

        Expect.Close(sigmoid.call(input) + sigmoid.call(-input), ones(50, float64), 1e-15);
        Expect.Same(sigmoid.Derivative(input), sigmoid.Derivative(-input), "the derivative on both sides");
    }, samples: 10);

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(10)]
    public void Through_each_sigmoid_at_most_a_quarter_of_a_gradient_passes(int depth)
    {
        using var scope = NewDisposeScope();
        using var sigmoid = new Sigmoid();
        var input = linspace(-4, 4, 101, float64).requires_grad_();

        var output = input.alias();
        for (var layer = 0; layer < depth; layer++) output = sigmoid.call(output);
        output.sum().backward();

        Assert.InRange(input.grad!.max().item<double>(), 0, Math.Pow(0.25, depth));
    }
}
