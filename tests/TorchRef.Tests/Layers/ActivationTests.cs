using TorchRef.Layers;
using TorchRef.Tests.Support;
using static TorchSharp.torch;

namespace TorchRef.Tests.Layers;

/// <summary>What the activations have in common: torch.nn's values and gradients, ranges that hold, derivatives that are the slopes.</summary>
public sealed class ActivationTests
{
    private static readonly string[] s_names = ["Sigmoid", "Tanh", "ReLU"];

    public static TheoryData<string, GradientForm> All()
    {
        var data = new TheoryData<string, GradientForm>();
        foreach (var name in s_names)
            foreach (var form in Enum.GetValues<GradientForm>())
                data.Add(name, form);
        return data;
    }

    [Fact]
    public void Output_and_gradient_are_those_of_torch_nn() => Law.Holds(sample =>
    {
        var name = sample.Pick(s_names);
        using var own = Make(name, sample.Pick(GradientForm.Composite, GradientForm.ClosedForm));
        using var torch = Reference(name);
        var (shape, dtype) = (sample.AnyShape(), sample.FloatType());
        var values = sample.Normal(shape, dtype, deviation: sample.Pick(0.01, 1, 30, 1000));
        values.flatten()[0] = 0;                                // where all is flat, torch.nn's 1 − y² has no digits to compare
        var (mine, theirs) = (values.clone().requires_grad_(), values.clone().requires_grad_());
        var cotangent = sample.Normal(shape, dtype);

        var (output, expected) = (own.call(mine), torch.call(theirs));
        output.backward([cotangent]);
        expected.backward([cotangent]);

        Expect.Close(output, expected, Expect.RoundOff(dtype), "output");
        Expect.Close(mine.grad, theirs.grad, Expect.RoundOff(dtype), "gradient");
        Expect.Close(own.Derivative(values) * cotangent, theirs.grad, Expect.RoundOff(dtype), "derivative times cotangent");
    });

    [Fact]
    public void The_derivative_is_the_slope_of_the_function() => Law.Holds(sample =>
    {
        const double Width = 1e-5;
        using var own = Make(sample.Pick(s_names));
        var input = sample.Normal([50], float64, deviation: 3);
        input = input + input.sign() * 2 * Width;               // away from the kink of the rectifier

        var slope = (own.call(input + Width) - own.call(input - Width)) / (2 * Width);

        Expect.Close(own.Derivative(input), slope, 1e-9);
    }, samples: 15);

    [Fact]
    public void The_gradient_can_itself_be_differentiated_and_both_forms_agree() => Law.Holds(sample =>
    {
        var name = sample.Pick("Sigmoid", "Tanh");
        var values = sample.Normal([20], float64, deviation: 2);
        values[0] = 0;
        var cotangent = sample.Normal([20], float64);
        var direction = sample.Normal([20], float64);

        Expect.Close(SecondOrder(Make(name, GradientForm.ClosedForm)), SecondOrder(Reference(name)), 1e-12, "closed form");
        Expect.Close(SecondOrder(Make(name)), SecondOrder(Reference(name)), 1e-12, "composite");

        Tensor SecondOrder(nn.Module<Tensor, Tensor> module)
        {
            using (module)
            {
                var input = values.clone().requires_grad_();
                var gradient = autograd.grad([module.call(input)], [input], [cotangent], retain_graph: true, create_graph: true)[0];
                return autograd.grad([(gradient * direction).sum()], [input])[0];
            }
        }
    }, samples: 10);

    [Fact]
    public void Values_and_derivatives_stay_in_their_ranges() => Law.Holds(sample =>
    {
        using var own = Make(sample.Pick("Sigmoid", "Tanh", "ReLU", "Step"));
        var input = sample.Normal([200], float64, deviation: 2);

        foreach (var value in own.call(input).data<double>()) Assert.True(own.Range.Contains(value), $"{value:R} is outside of {own.Range}");
        foreach (var value in own.Derivative(input).data<double>()) Assert.True(own.DerivativeRange.Contains(value), $"the derivative {value:R} is outside of {own.DerivativeRange}");
    }, samples: 15);

    [Theory]
    [InlineData("Sigmoid", "(0, 1)", "(0, 0.25]")]
    [InlineData("Tanh", "(-1, 1)", "(0, 1]")]
    [InlineData("ReLU", "[0, inf)", "[0, 1]")]
    [InlineData("Step", "[0, 1]", "[0, 0]")]
    public void The_ranges_are_those_that_the_module_tells(string name, string range, string derivative)
    {
        using var own = Make(name);

        Assert.Equal(range, own.Range.ToString());
        Assert.Equal(derivative, own.DerivativeRange.ToString());
    }

    [Theory]
    [InlineData("Sigmoid", 0.25)]
    [InlineData("Tanh", 1)]
    public void The_steepest_place_is_at_0_where_the_greatest_derivative_is_attained(string name, double steepest)
    {
        using var scope = NewDisposeScope();
        using var own = Make(name);
        var input = linspace(-5, 5, 1001, float64);

        var slopes = own.Derivative(input);

        Assert.Equal(steepest, own.Derivative(zeros([], float64)).item<double>());
        Assert.Equal(steepest, own.DerivativeRange.Greatest);
        Assert.Equal(500, slopes.argmax().item<long>());
        Assert.Equal(1, (slopes == slopes.max()).sum().item<long>());
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Infinities_saturate_and_NaN_stays_forward_and_backward(string name, GradientForm form)
    {
        using var scope = NewDisposeScope();
        using var own = Make(name, form);
        using var torch = Reference(name);
        double[] special = [0, -0.0, double.PositiveInfinity, double.NegativeInfinity, double.NaN, double.Epsilon, 1e300, -1e300];
        foreach (var dtype in new[] { float64, float32 })
        {
            var (mine, theirs) = (tensor(special, dtype).requires_grad_(), tensor(special, dtype).requires_grad_());
            var (output, expected) = (own.call(mine), torch.call(theirs));
            output.sum().backward();
            expected.sum().backward();

            Expect.Close(output, expected, 1e-15, "output");
            Expect.Close(mine.grad, theirs.grad, 1e-15, "gradient");
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Low_precision_is_computed_in_float32_and_integers_follow_torch_nn(string name, GradientForm form)
    {
        using var scope = NewDisposeScope();
        using var own = Make(name, form);
        using var torch = Reference(name);
        var values = tensor(new[] { -3.0, -0.7, 0, 0.2, 1.5, 9 });

        var low = own.call(values.to_type(bfloat16));

        Expect.Same(low, own.call(values.to_type(bfloat16).to_type(float32)).to_type(bfloat16));
        var (mine, theirs) = (own.call(values.to_type(int64)), torch.call(values.to_type(int64)));
        Assert.Equal(theirs.dtype, mine.dtype);
        Expect.Close(mine, theirs, 1e-6);
    }

    [Theory]
    [InlineData("Sigmoid", "Sigmoid()")]
    [InlineData("Tanh", "Tanh()")]
    [InlineData("ReLU", "ReLU()")]
    [InlineData("Step", "Step()")]
    public void It_prints_as_PyTorch_prints_it_and_has_no_state(string name, string printed)
    {
        using var own = Make(name);

        Assert.Equal(printed, own.ToString());
        Assert.Empty(own.state_dict());
    }

    [Theory]
    [InlineData("Sigmoid", "Sigmoid must have a real input: expected a real element type but got ComplexDouble")]
    [InlineData("Tanh", "Tanh must have a real input: expected a real element type but got ComplexDouble")]
    [InlineData("Step", "Step must have a real input: expected a real element type but got ComplexDouble")]
    [InlineData("ReLU", "clamp is not supported for complex types")]
    public void A_complex_input_is_refused(string name, string text)
    {
        using var scope = NewDisposeScope();
        using var own = Make(name);
        var input = complex(ones(2, float64), ones(2, float64));

        Assert.Equal(text, Assert.Throws<ArgumentException>(() => own.call(input)).Message);
        Assert.Equal(text, Assert.Throws<ArgumentException>(() => own.Derivative(input)).Message);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Calls_inside_dispose_scopes_leave_no_tensor_behind(string name, GradientForm form)
    {
        using var own = Make(name, form);
        using (NewDisposeScope()) own.call(ones([4, 4]).requires_grad_()).sum().backward();
        var before = Tensor.TotalCount;

        for (var i = 0; i < 100; i++)
        {
            using var scope = NewDisposeScope();
            own.call(ones([4, 4]).requires_grad_()).sum().backward();
            own.Derivative(ones(4));
        }

        Assert.InRange(Tensor.TotalCount - before, long.MinValue, 0);
    }

    private static Activation Make(string name, GradientForm form = GradientForm.Composite) => name switch
    {
        "Sigmoid" => new Sigmoid(form),
        "Tanh" => new Tanh(form),
        "Step" => new Step(),
        _ => new ReLU(form: form),
    };

    private static nn.Module<Tensor, Tensor> Reference(string name) => name switch
    {
        "Sigmoid" => nn.Sigmoid(),
        "Tanh" => nn.Tanh(),
        _ => nn.ReLU(),
    };
}
