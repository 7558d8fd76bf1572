using TorchRef.Normalization;
using TorchRef.Tests.Support;
using static TorchSharp.torch;

namespace TorchRef.Tests.Normalization;

/// <summary>Composite and closed form are one function, and torch.nn's.</summary>
public sealed class BatchNormFormTests
{
    [Fact]
    public void Both_forms_have_the_same_output_gradients_and_statistics() => Law.Holds(sample =>
    {
        var (shape, settings) = Draw(sample);
        using var composite = settings.Own(shape.Length).WithParameters(sample).WithStatistics(sample);
        using var closed = settings.Own(shape.Length, BatchNormForm.ClosedForm);
        closed.CopyStateFrom(composite);

        CompareSteps(sample, closed, composite, shape, float64, 1e-10);
    });

    [Theory]
    [InlineData(BatchNormForm.Composite)]
    [InlineData(BatchNormForm.ClosedForm)]
    public void Every_rank_equals_torch_nn(BatchNormForm form) => Law.Holds(sample =>
    {
        var (shape, settings) = Draw(sample);
        var dtype = sample.FloatType();
        using var own = settings.Own(shape.Length, form, dtype).WithParameters(sample).WithStatistics(sample);
        using var torch = settings.Torch(shape.Length, dtype);
        torch.CopyStateFrom(own);

        CompareSteps(sample, own, torch, shape, dtype, dtype == float64 ? 1e-11 : 1e-4);
    });

    [Fact]
    public void Both_forms_have_the_same_second_derivatives() => Law.Holds(sample =>
    {
        var shape = sample.BatchShape();
        shape[0] += 2;                                          // of two values per channel little is left: its terms cancel
        var settings = new Norms(shape[1], sample.Pick(1e-5, 1e-2), Affine: sample.Pick(true, false));
        using var composite = settings.Own(shape.Length).WithParameters(sample);
        using var closed = settings.Own(shape.Length, BatchNormForm.ClosedForm);
        closed.CopyStateFrom(composite);
        var input = sample.Batch(shape, float64);
        var (cotangent, probe) = (sample.Normal(shape, float64), sample.Normal(shape, float64)); // (N, C, …) each

        var expected = SecondDerivatives(composite, input, cotangent, probe);
        var actual = SecondDerivatives(closed, input, cotangent, probe);

        string[] names = ["input", "cotangent", "weight"];
        for (var i = 0; i < expected.Count; i++) Expect.Close(actual[i], expected[i], 1e-10, $"second derivative by the {names[i]}");
    });

    [Theory]
    [InlineData(BatchNormForm.Composite)]
    [InlineData(BatchNormForm.ClosedForm)]
    public void Float32_is_close_to_float64(BatchNormForm form) => Law.Holds(sample =>
    {
        var (shape, settings) = Draw(sample);
        using var narrow = settings.Own(shape.Length, form, float32).WithParameters(sample).WithStatistics(sample);
        using var wide = settings.Own(shape.Length, form);
        wide.CopyStateFrom(narrow);
        var input = sample.Batch(shape, float32);

        var output = narrow.call(input);

        Assert.Equal(float32, output.dtype);
        Expect.Close(output.to_type(float64), wide.call(input.to_type(float64)), 1e-5);
    });

    [Fact]
    public void An_offset_does_not_cost_the_variance_its_digits() => Law.Holds(sample =>
    {
        // E[x²] − E[x]² would have no digit left here: 1e7² needs 14 of float64's 16.
        using var module = new Norms(3, 0).Own(2, sample.Form());
        var input = sample.Normal([16, 3], float64);            // [16, 3]

        Expect.Close(module.call((input + 1e7) - 1e7), module.call(input), 1e-7);
        Expect.Close(module.call(input + 1e7), module.call(input), 1e-7);
    });

    [Fact]
    public void A_closed_form_without_gradient_of_the_input_still_has_those_of_the_parameters() => Law.Holds(sample =>
    {
        using var composite = new Norms(4).Own(2).WithParameters(sample);
        using var closed = new Norms(4).Own(2, BatchNormForm.ClosedForm);
        closed.CopyStateFrom(composite);
        var (input, cotangent) = (sample.Batch([6, 4], float64), sample.Normal([6, 4], float64)); // [6, 4] each

        composite.call(input).backward([cotangent]);
        closed.call(input).backward([cotangent]);

        Expect.Close(closed.Weight!.grad, composite.Weight!.grad, 1e-12, "gradient of γ");
        Expect.Close(closed.Bias!.grad, composite.Bias!.grad, 1e-12, "gradient of β");
    }, samples: 5);

    [Theory]
    [InlineData(BatchNormForm.Composite)]
    [InlineData(BatchNormForm.ClosedForm)]
    public void Without_a_graph_nothing_requires_a_gradient(BatchNormForm form)
    {
        using var scope = NewDisposeScope();
        using var module = new Norms(3).Own(2, form);
        using var noGraph = no_grad();

        Assert.False(module.call(ones([4, 3], float64)).requires_grad);
    }

    private static (long[] shape, Norms settings) Draw(Sampler sample)
    {
        var shape = sample.BatchShape();
        return (shape, new Norms(shape[1], sample.Pick(1e-5, 1e-3, 0.5), sample.Pick<double?>(0.1, 0.7, null), sample.Pick(true, false), sample.Pick(true, false)));
    }

    private static void CompareSteps(Sampler sample, nn.Module<Tensor, Tensor> actual, nn.Module<Tensor, Tensor> expected, long[] shape, ScalarType dtype, double tolerance)
    {
        foreach (var training in new[] { true, true, false })
        {
            var values = sample.Batch(shape, dtype);            // (N, C, …)
            var (mine, theirs) = (values.clone().requires_grad_(), values.clone().requires_grad_());
            var cotangent = sample.Normal(shape, dtype);        // (N, C, …)
            actual.train(training);
            expected.train(training);
            actual.zero_grad();
            expected.zero_grad();
            var (output, other) = (actual.call(mine), expected.call(theirs));
            output.backward([cotangent]);
            other.backward([cotangent]);
            Expect.Close(output, other, tolerance, "output");
            // With two values per channel the terms of ∂L/∂x all but cancel: they are compared by their own size.
            var largest = actual.named_parameters().Any() ? 10 : 3;
            Expect.Vanishes(mine.grad! - theirs.grad!, tolerance * largest * Math.Max(1, Spread(values)), "gradient of the input");
            foreach (var ((name, parameter), (_, twin)) in actual.named_parameters().Zip(expected.named_parameters()))
                Expect.Vanishes(parameter.grad! - twin.grad!, tolerance * values.numel(), $"gradient of {name}");
            foreach (var (name, tensor) in expected.state_dict())
                Expect.Close(actual.state_dict()[name], tensor, tolerance, name);
        }
    }

    /// <summary>The largest inverse deviation of a channel, which every gradient is multiplied by.</summary>
    private static double Spread(Tensor values)
    {
        var exact = values.to_type(float64);
        var variance = (exact - exact.mean(exact.Reduced(), keepdim: true)).square().mean(exact.Reduced()); // [C]
        return (variance + 1e-5).rsqrt().max().item<double>();
    }

    private static List<Tensor> SecondDerivatives(BatchNorm module, Tensor input, Tensor cotangent, Tensor probe)
    {
        var (leaf, outer) = (input.clone().requires_grad_(), cotangent.clone().requires_grad_()); // (N, C, …) each
        var first = autograd.grad([module.call(leaf)], [leaf], [outer], retain_graph: true, create_graph: true)[0]; // (N, C, …)
        List<Tensor> sources = module.Affine ? [leaf, outer, module.Weight!] : [leaf, outer];
        return [.. autograd.grad([(first * probe).sum()], sources, allow_unused: true)];
    }
}
