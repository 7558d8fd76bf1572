using TorchRef.Layers;
using TorchRef.Tests.Support;
using static TorchSharp.torch;

namespace TorchRef.Tests.Layers;

/// <summary>The hyperbolic tangent near 0 and far out.</summary>
public sealed class TanhTests
{
    [Theory]
    [InlineData(1e-7)]
    [InlineData(-1e-12)]
    [InlineData(1e-300)]
    public void Near_0_it_keeps_every_digit(double place)
    {
        using var scope = NewDisposeScope();
        using var tanh = new Tanh();

        Assert.Equal(1, tanh.call(tensor(new[] { place })).item<double>() / Math.Tanh(place), 14);
    }

    [Theory]
    [InlineData(-25)]
    [InlineData(25)]
    public void Far_out_the_derivative_keeps_its_digits_on_both_sides(double place)
    {
        using var scope = NewDisposeScope();
        foreach (var form in Enum.GetValues<GradientForm>())
        {
            using var tanh = new Tanh(form);
            var input = tensor(new[] { place }).requires_grad_();

            tanh.call(input).sum().backward();

            var exact = 1 / (Math.Cosh(place) * Math.Cosh(place));
            Assert.Equal(1, tanh.Derivative(input.detach()).item<double>() / exact, 12);
            if (form == GradientForm.ClosedForm) Assert.Equal(1, input.grad!.item<double>() / exact, 12);
        }
    }

    [Fact]
    public void It_is_a_sigmoid_stretched_and_centred_on_0() => Law.Holds(sample =>
    {
        using var tanh = new Tanh();
        using var sigmoid = new Sigmoid();
        var input = sample.Normal([50], float64, deviation: 3);

        Expect.Close(tanh.call(input), 2 * sigmoid.call(2 * input) - 1, 1e-15);
        Expect.Close(tanh.Derivative(input), 4 * sigmoid.Derivative(2 * input), 1e-15, "derivative");
    }, samples: 10);

    [Fact]
    public void Its_derivative_passes_one_half_which_the_study_notes_take_for_its_bound()
    {
        using var scope = NewDisposeScope();
        using var tanh = new Tanh();

        Assert.True((tanh.Derivative(linspace(-0.8, 0.8, 17, float64)) > 0.5).all().item<bool>());
    }
}
