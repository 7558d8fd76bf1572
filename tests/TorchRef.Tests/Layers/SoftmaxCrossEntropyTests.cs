using TorchRef.Layers;
using TorchRef.Tests.Support;
using static TorchSharp.torch;

namespace TorchRef.Tests.Layers;

/// <summary>Softmax cross-entropy: torch.nn's loss and gradient over its options, and what both do at the edges.</summary>
public sealed class SoftmaxCrossEntropyTests
{
    public static TheoryData<GradientForm> Forms => [GradientForm.Composite, GradientForm.ClosedForm];

    [Fact]
    public void Loss_and_gradient_are_those_of_torch_nn() => Law.Holds(sample =>
    {
        var (dtype, reduction, smoothing) = (sample.FloatType(), sample.Pick(nn.Reduction.Mean, nn.Reduction.Sum, nn.Reduction.None), sample.Pick(0, 0.2, 1));
        long classes = sample.Between(1, 6);
        long[] shape = sample.Pick(2, 3, 4) switch { 2 => [5, classes], 3 => [4, classes, 3], _ => [2, classes, 3, 2] };
        var weight = sample.Pick(true, false) ? sample.Normal([classes], dtype).abs() + 0.1 : null;
        var ignored = sample.Pick(-100, 0);
        using var own = new SoftmaxCrossEntropy(weight, ignored, reduction, smoothing, form: sample.Pick(GradientForm.Composite, GradientForm.ClosedForm));
        var values = sample.Normal(shape, dtype, deviation: 3);
        var target = sample.Normal(shape, dtype).argmax(1);
        var (mine, theirs) = (values.clone().requires_grad_(), values.clone().requires_grad_());

        var (loss, expected) = (own.call(mine, target), nn.functional.cross_entropy(theirs, target, weight, ignored, reduction, smoothing));
        var cotangent = sample.Normal(loss.shape, dtype);
        loss.backward([cotangent]);
        expected.backward([cotangent]);

        Expect.Close(loss, expected, Expect.RoundOff(dtype), "loss");
        Expect.Close(mine.grad, theirs.grad, Expect.RoundOff(dtype), "gradient");
    });

    [Fact]
    public void With_probabilities_the_target_has_a_gradient_too() => Law.Holds(sample =>
    {
        var (shape, reduction, smoothing) = (new long[] { 4, 3, 2 }, sample.Pick(nn.Reduction.Mean, nn.Reduction.None), sample.Pick(0, 0.1));
        using var own = new SoftmaxCrossEntropy(reduction: reduction, label_smoothing: smoothing, form: sample.Pick(GradientForm.Composite, GradientForm.ClosedForm));
        var (values, shares) = (sample.Normal(shape, float64), sample.Normal(shape, float64).softmax(1));
        var (mine, myTarget) = (values.clone().requires_grad_(), shares.clone().requires_grad_());
        var (theirs, theirTarget) = (values.clone().requires_grad_(), shares.clone().requires_grad_());

        var (loss, expected) = (own.call(mine, myTarget), nn.functional.cross_entropy(theirs, theirTarget, reduction: reduction, label_smoothing: smoothing));
        var cotangent = sample.Normal(loss.shape, float64);
        loss.backward([cotangent]);
        expected.backward([cotangent]);

        Expect.Close(loss, expected, 1e-13, "loss");
        Expect.Close(mine.grad, theirs.grad, 1e-13, "gradient of logits");
        Expect.Close(myTarget.grad, theirTarget.grad, 1e-13, "gradient of target");
    });

    [Theory]
    [MemberData(nameof(Forms))]
    public void The_gradient_is_softmax_less_onehot_over_N(GradientForm form)
    {
        using var scope = NewDisposeScope();
        using var loss = new SoftmaxCrossEntropy(form: form);
        var input = tensor(new[] { 0, 0, Math.Log(2), 0, Math.Log(3), 0 }, [2, 3]).requires_grad_();

        var value = loss.call(input, tensor(new long[] { 2, 0 }));
        value.backward();

        Assert.Equal((Math.Log(2) + Math.Log(5)) / 2, value.item<double>(), 14);
        Expect.Numbers([0.125, 0.125, -0.25, -0.4, 0.3, 0.1], input.grad);
    }

    [Fact]
    public void Both_forms_can_be_differentiated_twice_alike() => Law.Holds(sample =>
    {
        var (values, direction, target) = (sample.Normal([4, 3], float64), sample.Normal([4, 3], float64), sample.Normal([4, 3], float64).argmax(1));

        Expect.Close(SecondOrder(GradientForm.ClosedForm), SecondOrder(GradientForm.Composite), 1e-13);

        Tensor SecondOrder(GradientForm form)
        {
            using var loss = new SoftmaxCrossEntropy(form: form);
            var input = values.clone().requires_grad_();
            var gradient = autograd.grad([loss.call(input, target)], [input], null, retain_graph: true, create_graph: true)[0];
            return autograd.grad([(gradient * direction).sum()], [input])[0];
        }
    }, samples: 5);

    [Theory]
    [MemberData(nameof(Forms))]
    public void Logits_of_any_size_and_any_offset_are_served(GradientForm form)
    {
        using var scope = NewDisposeScope();
        using var loss = new SoftmaxCrossEntropy(reduction: nn.Reduction.None, form: form);
        var input = tensor(new double[] { 1000, 0, -1000, 0, 1e300, 1e300 }, [3, 2]).requires_grad_();

        var losses = loss.call(input, tensor(new long[] { 1, 0, 0 }));
        losses.sum().backward();

        Expect.Numbers([1000, 1000, Math.Log(2)], losses);
        Expect.Numbers([1, -1, -1, 1, -0.5, 0.5], input.grad);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_class_that_cannot_be_adds_nothing_where_it_is_not_the_target(GradientForm form)
    {
        using var scope = NewDisposeScope();
        using var loss = new SoftmaxCrossEntropy(reduction: nn.Reduction.None, form: form);
        var input = tensor(new[] { double.NegativeInfinity, 0, 0, 0 }, [2, 2]).requires_grad_();

        var losses = loss.call(input, tensor(new long[] { 1, 1 }));
        losses.sum().backward();

        Expect.Numbers([0, Math.Log(2)], losses);
        Expect.Numbers([0, 0, 0.5, -0.5], input.grad);
        Expect.Numbers([double.PositiveInfinity], loss.call(input[..1], zeros(1, int64)));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void An_ignored_example_counts_neither_above_nor_below_the_line(GradientForm form)
    {
        using var scope = NewDisposeScope();
        using var loss = new SoftmaxCrossEntropy(form: form);
        var input = tensor(new double[] { 5, -5, 0, 0, 3, 1 }, [3, 2]).requires_grad_();

        var value = loss.call(input, tensor(new long[] { -100, 0, -100 }));
        value.backward();

        Assert.Equal(Math.Log(2), value.item<double>(), 15);
        Expect.Numbers([0, 0, -0.5, 0.5, 0, 0], input.grad);
        Assert.True(double.IsNaN(loss.call(input, full(3, -100, int64)).item<double>()));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void With_an_offset_the_value_is_that_of_the_offset_and_the_gradient_that_without(GradientForm form)
    {
        using var scope = NewDisposeScope();
        using var plain = new SoftmaxCrossEntropy(form: form);
        using var offset = new SoftmaxCrossEntropy(log_offset: 1e-7, form: form);
        var values = tensor(new double[] { 1, 2, 3, 100, 0, -100 }, [2, 3]);
        var (one, other) = (values.clone().requires_grad_(), values.clone().requires_grad_());
        var target = tensor(new long[] { 0, 2 });

        var value = offset.call(one, target);
        value.backward();
        plain.call(other, target).backward();

        var chosen = values.softmax(1).gather(1, target.unsqueeze(1));
        Expect.Close(value, -(chosen + 1e-7).log().mean(), 1e-14, "value");
        Expect.Close(one.grad, other.grad, 1e-14, "gradient");
        Assert.True(value.item<double>() < plain.call(values, target).item<double>());
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Low_precision_is_computed_in_float32(GradientForm form)
    {
        using var scope = NewDisposeScope();
        using var loss = new SoftmaxCrossEntropy(form: form);
        var input = tensor(new[] { 0.5, 1.25, -2, 3, 0, 1 }, [2, 3], bfloat16);
        var target = tensor(new long[] { 1, 2 });

        Expect.Same(loss.call(input, target), loss.call(input.to_type(float32), target).to_type(bfloat16));
    }

    [Fact]
    public void The_weight_is_a_buffer_of_its_own()
    {
        using var scope = NewDisposeScope();
        var weight = tensor(new[] { 1.0, 2 });
        using var loss = new SoftmaxCrossEntropy(weight);
        using var without = new SoftmaxCrossEntropy();

        weight[0] = 7;

        Assert.Equal(["weight"], loss.state_dict().Keys);
        Expect.Numbers([1, 2], loss.Weight);
        Assert.Empty(without.state_dict());
        Assert.Equal("SoftmaxCrossEntropy()", without.ToString());
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Calls_inside_dispose_scopes_leave_no_tensor_behind(GradientForm form)
    {
        using var loss = new SoftmaxCrossEntropy(form: form);
        Call();
        var before = Tensor.TotalCount;

        for (var i = 0; i < 100; i++) Call();

        Assert.InRange(Tensor.TotalCount - before, long.MinValue, 0);

        void Call()
        {
            using var scope = NewDisposeScope();
            loss.call(ones([4, 3]).requires_grad_(), zeros(4, int64)).backward();
        }
    }
}
