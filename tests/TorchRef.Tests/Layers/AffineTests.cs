using TorchRef.Layers;
using TorchRef.Tests.Support;
using static TorchSharp.torch;

namespace TorchRef.Tests.Layers;

/// <summary>The affine layer: torch.nn.Linear's parameters, outputs and gradients, and its laws.</summary>
public sealed class AffineTests
{
    [Fact]
    public void A_new_layer_has_the_parameters_of_torch_nn_from_the_same_seed_bit_for_bit() => Law.Holds(sample =>
    {
        var (inputs, outputs, bias, dtype) = (sample.Between(1, 40), sample.Between(1, 40), sample.Pick(true, false), sample.FloatType());

        manual_seed(sample.Seed);
        using var own = new Affine(inputs, outputs, bias, dtype: dtype);
        var next = rand(3);
        manual_seed(sample.Seed);
        using var torch = nn.Linear(inputs, outputs, bias, dtype: dtype);

        Assert.Equal(torch.state_dict().Keys, own.state_dict().Keys);
        foreach (var (key, value) in torch.state_dict()) Expect.Same(own.state_dict()[key], value, key);
        Expect.Same(next, rand(3), "the random stream afterwards");
    });

    [Fact]
    public void Output_and_gradients_are_those_of_torch_nn() => Law.Holds(sample =>
    {
        var (dtype, bias) = (sample.FloatType(), sample.Pick(true, false));
        var shape = sample.AnyShape();
        var outputs = sample.Between(1, 6);
        manual_seed(sample.Seed);
        using var own = new Affine(shape[^1], outputs, bias, sample.Pick(GradientForm.Composite, GradientForm.ClosedForm), dtype: dtype);
        manual_seed(sample.Seed);
        using var torch = nn.Linear(shape[^1], outputs, bias, dtype: dtype);
        var values = sample.Normal(shape, dtype);
        var (mine, theirs) = (values.clone().requires_grad_(), values.clone().requires_grad_());
        var cotangent = sample.Normal([.. shape[..^1], outputs], dtype);

        var (output, expected) = (own.call(mine), torch.call(theirs));
        output.backward([cotangent]);
        expected.backward([cotangent]);

        Expect.Close(output, expected, Expect.RoundOff(dtype), "output");
        Expect.Close(mine.grad, theirs.grad, Expect.RoundOff(dtype), "gradient of input");
        Expect.Close(own.Weight.grad, torch.weight!.grad, Expect.RoundOff(dtype), "gradient of weight");
        if (bias) Expect.Close(own.Bias!.grad, torch.bias!.grad, Expect.RoundOff(dtype), "gradient of bias");
        else Assert.Null(own.Bias);
    });

    [Fact]
    public void The_closed_form_can_be_differentiated_twice() => Law.Holds(sample =>
    {
        var (input, direction) = (sample.Normal([4, 3], float64), sample.Normal([4, 3], float64));

        var (composite, closed) = (SecondOrder(GradientForm.Composite), SecondOrder(GradientForm.ClosedForm));

        Expect.Close(closed, composite, 1e-13);

        Tensor SecondOrder(GradientForm form)
        {
            manual_seed(sample.Seed);
            using var affine = new Affine(3, 2, form: form, dtype: float64);
            var leaf = input.clone().requires_grad_();
            var loss = affine.call(leaf).pow(3).sum();          // [], curved, so that a second derivative exists
            var gradient = autograd.grad([loss], [leaf], null, retain_graph: true, create_graph: true)[0];
            return autograd.grad([(gradient * direction).sum()], [affine.Weight])[0];
        }
    }, samples: 5);

    [Fact]
    public void A_bias_gets_the_sum_of_what_comes_back_and_a_weight_the_products()
    {
        using var scope = NewDisposeScope();
        foreach (var form in Enum.GetValues<GradientForm>())
        {
            using var affine = new Affine(2, 1, form: form, dtype: float64);
            Initializers.Constant(affine.Weight, 3);
            Initializers.Constant(affine.Bias!, 10);
            var input = tensor(new double[] { 1, 2, 3, 4 }, [2, 2]).requires_grad_();

            var output = affine.call(input);
            output.backward([tensor(new double[] { 1, 100 }, [2, 1])]);

            Expect.Numbers([19, 31], output);
            Expect.Numbers([3, 3, 300, 300], input.grad);       // g·W
            Expect.Numbers([301, 402], affine.Weight.grad);     // 1·(1, 2) + 100·(3, 4)
            Expect.Numbers([101], affine.Bias!.grad);
        }
    }

    [Theory]
    [InlineData(GradientForm.Composite)]
    [InlineData(GradientForm.ClosedForm)]
    public void An_empty_batch_gives_an_empty_output_and_zero_gradients(GradientForm form)
    {
        using var scope = NewDisposeScope();
        using var affine = new Affine(3, 2, form: form);
        var input = zeros(0, 3).requires_grad_();

        var output = affine.call(input);
        output.sum().backward();

        Assert.Equal([0, 2], output.shape);
        Expect.Same(affine.Weight.grad, zeros(2, 3));
        Expect.Same(affine.Bias!.grad, zeros(2));
    }

    [Fact]
    public void Without_inputs_the_output_is_the_bias_and_the_bias_is_0()
    {
        using var scope = NewDisposeScope();
        using var affine = new Affine(0, 2);

        Expect.Same(affine.call(zeros(3, 0)), zeros(3, 2));
    }

    [Fact]
    public void Inputs_that_do_not_fit_are_refused_in_the_words_of_PyTorch()
    {
        using var scope = NewDisposeScope();
        foreach (var form in Enum.GetValues<GradientForm>())
        {
            using var affine = new Affine(4, 5, form: form);

            Assert.Equal("mat1 and mat2 shapes cannot be multiplied (2x3 and 4x5)", Refusal(zeros(2, 3)));
            Assert.Equal("mat1 and mat2 shapes cannot be multiplied (1x3 and 4x5)", Refusal(zeros(3)));
            Assert.Equal("mat1 and mat2 shapes cannot be multiplied (4x3 and 4x5)", Refusal(zeros(2, 2, 3)));
            Assert.Equal("both arguments to matmul need to be at least 1D, but they are 0D and 2D", Refusal(zeros([])));
            Assert.Equal("mat1 and mat2 must have the same dtype, but got Double and Float", Refusal(zeros([2, 4], float64)));

            string Refusal(Tensor input) => Assert.Throws<ArgumentException>(() => affine.call(input)).Message;
        }
    }

    [Theory]
    [InlineData(-1, 3, "Trying to create tensor with negative dimension -1: [3, -1]")]
    [InlineData(3, -2, "Trying to create tensor with negative dimension -2: [-2, 3]")]
    public void Negative_sizes_are_refused(long inputs, long outputs, string text) =>
        Assert.Equal(text, Assert.Throws<ArgumentException>(() => new Affine(inputs, outputs)).Message);

    [Theory]
    [InlineData(true, "Affine(in_features=4, out_features=5, bias=True)")]
    [InlineData(false, "Affine(in_features=4, out_features=5, bias=False)")]
    public void It_prints_its_sizes(bool bias, string printed)
    {
        using var affine = new Affine(4, 5, bias);

        Assert.Equal(printed, affine.ToString());
    }

    [Theory]
    [InlineData(GradientForm.Composite)]
    [InlineData(GradientForm.ClosedForm)]
    public void Calls_inside_dispose_scopes_leave_no_tensor_behind(GradientForm form)
    {
        using var affine = new Affine(4, 3, form: form);
        Call();
        var before = Tensor.TotalCount;

        for (var i = 0; i < 100; i++) Call();

        Assert.InRange(Tensor.TotalCount - before, long.MinValue, 0);

        void Call()
        {
            using var scope = NewDisposeScope();
            affine.zero_grad();
            affine.call(ones([4, 4]).requires_grad_()).sum().backward();
        }
    }
}
