using TorchRef.Normalization;
using TorchRef.Tests.Support;
using static TorchSharp.torch;

namespace TorchRef.Tests.Normalization;

/// <summary>Evaluation: an affine function of each channel, made of the running statistics.</summary>
public sealed class BatchNormEvalTests
{
    [Fact]
    public void The_output_is_made_of_the_running_statistics() => Law.Holds(sample =>
    {
        using var module = Draw(sample, out var shape);
        var input = sample.Batch(shape, float64);               // (N, C, …)

        var expected = (input - module.RunningMean!.Along(input)) / (module.RunningVar!.Along(input) + module.Eps).sqrt() // (N, C, …)
            * module.Weight!.Along(input) + module.Bias!.Along(input);

        Expect.Close(module.call(input), expected, 1e-12);
    });

    [Fact]
    public void The_gradients_are_g_gamma_over_sigma_the_sum_of_g_times_the_normalised_input_and_the_sum_of_g() => Law.Holds(sample =>
    {
        using var module = Draw(sample, out var shape);
        var input = sample.Batch(shape, float64).requires_grad_(); // (N, C, …)
        var cotangent = sample.Normal(shape, float64);          // (N, C, …)

        module.call(input).backward([cotangent]);

        var values = input.detach();
        var inverse = (module.RunningVar! + module.Eps).rsqrt().Along(values); // [1, C, 1, …]
        Expect.Close(input.grad, cotangent * inverse * module.Weight!.detach().Along(values), 1e-12, "gradient of the input");
        Expect.Close(module.Weight!.grad, (cotangent * (values - module.RunningMean!.Along(values)) * inverse).sum(values.Reduced()), 1e-12, "gradient of γ");
        Expect.Close(module.Bias!.grad, cotangent.sum(values.Reduced()), 1e-12, "gradient of β");
    });

    [Fact]
    public void The_gradient_of_beta_for_a_cotangent_of_ones_counts_the_values() => Law.Holds(sample =>
    {
        using var module = Draw(sample, out var shape);

        module.call(sample.Batch(shape, float64)).sum().backward();

        Expect.Same(module.Bias!.grad, full(shape[1], shape.Aggregate(1L, (product, size) => product * size) / shape[1], float64));
    }, samples: 10);

    [Fact]
    public void A_single_value_per_channel_is_enough()
    {
        using var scope = NewDisposeScope();
        using var module = new Norms(2, 0).Own(2);
        module.eval();

        Expect.Numbers([3, -4], module.call(tensor(new[] { 3.0, -4 }, [1, 2])));
    }

    [Fact]
    public void A_new_module_divides_by_the_root_of_1_plus_epsilon()
    {
        using var scope = NewDisposeScope();
        using var module = new Norms(1, 3).Own(2);
        module.eval();

        Expect.Numbers([1, -2], module.call(tensor(new[] { 2.0, -4 }, [2, 1])));
    }

    [Fact]
    public void Training_again_normalises_by_the_batch_again()
    {
        using var scope = NewDisposeScope();
        using var module = new Norms(2).Own(2);
        var input = tensor(new[] { 1.0, 2, 3, 4 }, [2, 2]);
        var training = module.call(input);

        module.eval();
        var evaluation = module.call(input);
        module.train();

        Assert.False(evaluation.allclose(training));
        Expect.Same(module.call(input), training);
        Assert.Equal(2, module.NumBatchesTracked!.item<long>());
    }

    [Fact]
    public void Second_derivatives_of_the_input_vanish() => Law.Holds(sample =>
    {
        using var module = Draw(sample, out var shape);
        var input = sample.Batch(shape, float64).requires_grad_(); // (N, C, …)
        var gradient = autograd.grad([module.call(input).square().sum()], [input], create_graph: true, retain_graph: true)[0]; // (N, C, …)

        var second = autograd.grad([gradient.sum()], [input])[0];

        // y² has the second derivative 2γ²/(σ² + ε), and no term between two values.
        var expected = 2 * module.Weight!.detach().square() / (module.RunningVar! + module.Eps); // [C]
        Expect.Close(second, expected.Along(input).expand(shape), 1e-12);
    }, samples: 10);

    private static BatchNorm Draw(Sampler sample, out long[] shape)
    {
        shape = sample.BatchShape();
        var module = new Norms(shape[1], sample.Pick(1e-5, 1e-2)).Own(shape.Length, sample.Form()).WithParameters(sample).WithStatistics(sample);
        module.eval();
        return module;
    }
}
