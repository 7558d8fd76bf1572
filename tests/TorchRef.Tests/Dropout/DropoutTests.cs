using TorchRef.Tests.Support;
using static TorchSharp.torch;
using OwnDropout = TorchRef.Dropout.Dropout;

namespace TorchRef.Tests.Dropout;

/// <summary>Inverted dropout: the mask of torch.nn, its scale, and when nothing is dropped.</summary>
public sealed class DropoutTests
{
    [Fact]
    public void The_same_seed_gives_output_and_gradient_of_torch_nn_bit_for_bit() => Law.Holds(sample =>
    {
        var (shape, dtype, p) = (sample.AnyShape(), sample.FloatType(), sample.Pick(0, 0.1, 0.5, 0.75, 1, sample.Uniform(0, 1)));
        using var own = new OwnDropout(p);
        using var torch = nn.Dropout(p);
        var values = sample.Normal(shape, dtype);
        var (mine, theirs) = (values.clone().requires_grad_(), values.clone().requires_grad_());
        var cotangent = sample.Normal(shape, dtype);

        manual_seed(sample.Seed);
        var output = own.call(mine);
        manual_seed(sample.Seed);
        var expected = torch.call(theirs);
        output.backward([cotangent]);
        expected.backward([cotangent]);

        Expect.Same(output, expected, "output");
        Expect.Same(mine.grad, theirs.grad, "gradient");
    });

    [Fact]
    public void The_random_stream_stands_where_torch_nn_leaves_it() => Law.Holds(sample =>
    {
        var p = sample.Pick(0, 0.5, 1);
        using var own = new OwnDropout(p);
        using var torch = nn.Dropout(p);
        var input = sample.Normal(sample.AnyShape(), float64);

        manual_seed(sample.Seed);
        own.call(input);
        var mine = rand(3);
        manual_seed(sample.Seed);
        torch.call(input);

        Expect.Same(mine, rand(3));
    }, samples: 15);

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void About_1_minus_p_of_the_elements_are_kept_and_scaled_so_that_the_mean_stays(double p)
    {
        const int Count = 100_000;
        using var scope = NewDisposeScope();
        using var dropout = new OwnDropout(p);
        manual_seed(7);

        var output = dropout.call(ones(Count, float64));

        var kept = output.count_nonzero().item<long>();
        var deviation = Math.Sqrt(p * (1 - p) / Count);         // of the share that is kept
        Assert.InRange((double)kept / Count, 1 - p - 6 * deviation, 1 - p + 6 * deviation);
        Assert.InRange(output.mean().item<double>(), 1 - 6 * deviation / (1 - p), 1 + 6 * deviation / (1 - p));
        Assert.Equal(1 / (1 - p), output.max().item<double>(), 15);
        Assert.Equal(0, output.min().item<double>());
    }

    [Fact]
    public void Every_call_draws_a_mask_of_its_own()
    {
        using var scope = NewDisposeScope();
        using var dropout = new OwnDropout();
        var input = ones(1000);

        Assert.False(dropout.call(input).allclose(dropout.call(input)));
    }

    [Fact]
    public void Backward_uses_the_mask_of_the_forward() => Law.Holds(sample =>
    {
        using var dropout = new OwnDropout(sample.Uniform(0.05, 0.95));
        var shape = sample.AnyShape();
        var input = (sample.Normal(shape, float64).abs() + 1).requires_grad_(); // no zeros
        var cotangent = sample.Normal(shape, float64);

        var output = dropout.call(input);
        dropout.call(input);                                    // a later call draws another mask
        output.backward([cotangent]);

        Expect.Close(input.grad, cotangent * (output / input).detach(), 1e-14);
    });

    [Theory]
    [InlineData(0, true, false)]
    [InlineData(0, true, true)]
    [InlineData(0.5, false, false)]
    [InlineData(1, false, true)]
    public void Without_p_and_in_evaluation_the_output_is_the_input_itself(double p, bool training, bool inplace)
    {
        using var scope = NewDisposeScope();
        using var dropout = new OwnDropout(p, inplace);
        dropout.train(training);
        var input = tensor(new[] { 1.0, double.NaN, double.PositiveInfinity, -0.0 });

        var output = dropout.call(input);

        Expect.Same(output, input);
        output[0] = 5;
        Assert.Equal(5, input[0].item<double>());
    }

    [Fact]
    public void Evaluation_passes_the_gradient_through()
    {
        using var scope = NewDisposeScope();
        using var dropout = new OwnDropout(0.9);
        dropout.eval();
        var input = ones(4, float64).requires_grad_();

        dropout.call(input).backward([tensor(new[] { 1.0, 2, 3, 4 })]);

        Expect.Numbers([1, 2, 3, 4], input.grad);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void With_p_1_nothing_is_left_and_an_infinity_becomes_NaN(bool inplace)
    {
        using var scope = NewDisposeScope();
        using var dropout = new OwnDropout(1, inplace);

        var output = dropout.call(tensor(new[] { 1.0, -2, double.PositiveInfinity, double.NaN }));

        Expect.Numbers([0, 0, double.NaN, double.NaN], output);
    }

    [Fact]
    public void With_p_1_the_gradient_is_0()
    {
        using var scope = NewDisposeScope();
        using var dropout = new OwnDropout(1);
        var input = ones(3, float64).requires_grad_();

        dropout.call(input).sum().backward();

        Expect.Numbers([0, 0, 0], input.grad);
    }

    [Fact]
    public void In_place_changes_the_input_and_returns_it() => Law.Holds(sample =>
    {
        var (shape, p) = (sample.AnyShape(), sample.Pick(0.2, 0.5, 1));
        using var inplace = new OwnDropout(p, inplace: true);
        using var plain = new OwnDropout(p);
        var input = sample.Normal(shape, float64);
        var untouched = input.clone();

        manual_seed(sample.Seed);
        var expected = plain.call(untouched);
        manual_seed(sample.Seed);
        var output = inplace.call(input);

        Expect.Same(output, expected, "output");
        Expect.Same(input, expected, "input");
        output.add_(1);
        Expect.Same(input, expected + 1, "input after a change of the output");
    }, samples: 15);

    [Fact]
    public void Out_of_place_leaves_the_input_alone() => Law.Holds(sample =>
    {
        using var dropout = new OwnDropout(sample.Pick(0.5, 1));
        var input = sample.Normal(sample.AnyShape(), float64);
        var before = input.clone();

        dropout.call(input);

        Expect.Same(input, before);
    }, samples: 5);

    [Fact]
    public void In_place_has_the_gradient_of_the_mask()
    {
        using var scope = NewDisposeScope();
        using var dropout = new OwnDropout(0.5, inplace: true);
        var leaf = ones(50, float64).requires_grad_();

        var output = dropout.call(leaf * 1);
        output.sum().backward();

        Expect.Same(leaf.grad, output.detach());
    }

    [Theory]
    [InlineData(-0.1, "-0.1")]
    [InlineData(1.1, "1.1")]
    [InlineData(-1, "-1")]
    [InlineData(2, "2")]
    [InlineData(double.PositiveInfinity, "inf")]
    public void A_probability_outside_of_0_to_1_is_refused_by_the_constructor(double p, string shown)
    {
        var refusal = Assert.Throws<ArgumentException>(() => new OwnDropout(p));

        Assert.Equal($"dropout probability has to be between 0 and 1, but got {shown}", refusal.Message);
    }

    [Theory]
    [InlineData(0.5, false, "Dropout(p=0.5, inplace=False)")]
    [InlineData(0, true, "Dropout(p=0.0, inplace=True)")]
    [InlineData(1e-5, false, "Dropout(p=1e-05, inplace=False)")]
    public void It_prints_as_PyTorch_prints_it(double p, bool inplace, string printed)
    {
        using var dropout = new OwnDropout(p, inplace);

        Assert.Equal(printed, dropout.ToString());
    }

    [Fact]
    public void By_default_a_new_module_drops_half_out_of_place_and_has_no_state()
    {
        using var dropout = new OwnDropout();

        Assert.Equal((0.5, false, true), (dropout.P, dropout.Inplace, dropout.training));
        Assert.Empty(dropout.state_dict());
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.BFloat16)]
    public void Shape_and_type_stay(ScalarType dtype)
    {
        using var scope = NewDisposeScope();
        using var dropout = new OwnDropout(0.3);
        foreach (var shape in new long[][] { [], [0], [3, 0, 2], [2, 3, 4, 5, 6] })
        {
            var output = dropout.call(ones(shape, dtype));

            Assert.Equal(dtype, output.dtype);
            Assert.Equal(shape, output.shape);
        }
    }

    [Fact]
    public void A_given_mask_is_applied_as_a_drawn_one_and_may_broadcast()
    {
        using var scope = NewDisposeScope();
        var input = tensor(new[] { 1.0, 2, 3, 4 }, [2, 2]).requires_grad_();

        var output = OwnDropout.WithMask(input, tensor(new[] { 1.0, 0 }, [2, 1]), 0.75);
        output.sum().backward();

        Expect.Numbers([4, 8, 0, 0], output);
        Expect.Numbers([4, 4, 0, 0], input.grad);
        Expect.Numbers([0, double.NaN], OwnDropout.WithMask(tensor(new[] { 1.0, double.PositiveInfinity }), tensor(new[] { 1.0, 1.0 }), 1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(1)]
    public void Calls_inside_dispose_scopes_leave_no_tensor_behind(double p)
    {
        using var dropout = new OwnDropout(p);
        var before = Tensor.TotalCount;

        for (var i = 0; i < 200; i++)
        {
            using var scope = NewDisposeScope();
            dropout.call(ones([4, 4]).requires_grad_()).sum().backward();
        }

        Assert.InRange(Tensor.TotalCount - before, long.MinValue, 0);
    }
}
