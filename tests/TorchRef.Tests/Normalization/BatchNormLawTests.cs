using TorchRef.Normalization;
using TorchRef.Tests.Support;
using static TorchSharp.torch;

namespace TorchRef.Tests.Normalization;

/// <summary>What batch normalisation in training is, whatever the batch.</summary>
public sealed class BatchNormLawTests
{
    [Fact]
    public void The_output_has_mean_beta_and_variance_gamma_squared_times_variance_over_variance_plus_epsilon() => Law.Holds(sample =>
    {
        var (shape, dtype) = (sample.BatchShape(), sample.FloatType());
        var eps = sample.Pick(1e-5, 1e-3, 0.5);
        using var module = new Norms(shape[1], eps).Own(shape.Length, sample.Form(), dtype).WithParameters(sample);
        var input = sample.Batch(shape, dtype);

        var output = module.call(input).detach().to_type(float64);

        var reduced = output.Reduced();
        var variance = Variance(input.to_type(float64));        // [C]
        var (weight, bias) = (module.Weight!.detach().to_type(float64), module.Bias!.detach().to_type(float64)); // [C], [C]
        Expect.Vanishes(output.mean(reduced) - bias, 20 * Expect.RoundOff(dtype), "mean − β");
        Expect.Vanishes(Variance(output) - weight.square() * variance / (variance + eps), 20 * Expect.RoundOff(dtype), "variance − γ²σ²/(σ² + ε)");
    });

    [Fact]
    public void Shifting_the_input_changes_nothing() => Law.Holds(sample =>
    {
        var shape = sample.BatchShape();
        using var module = new Norms(shape[1], Tracking: false).Own(shape.Length, sample.Form()).WithParameters(sample);
        var input = sample.Batch(shape, float64);
        var shift = sample.Normal([shape[1]], float64, deviation: 10).Along(input); // [1, C, 1, …]

        Expect.Close(module.call(input + shift), module.call(input), 1e-11);
    });

    [Fact]
    public void Scaling_the_input_is_scaling_epsilon_by_the_inverse_square() => Law.Holds(sample =>
    {
        var shape = sample.BatchShape();
        var scale = sample.Uniform(0.1, 10);
        using var plain = new Norms(shape[1], 1e-3 / (scale * scale), Tracking: false, Affine: false).Own(shape.Length, sample.Form());
        using var scaled = new Norms(shape[1], 1e-3, Tracking: false, Affine: false).Own(shape.Length, sample.Form());
        var input = sample.Batch(shape, float64);

        Expect.Close(scaled.call(input * scale), plain.call(input), 1e-11);
        Expect.Close(scaled.call(input * -scale), -plain.call(input), 1e-11);
    });

    [Fact]
    public void Channels_know_nothing_of_each_other() => Law.Holds(sample =>
    {
        var shape = sample.BatchShape();
        using var module = new Norms(shape[1]).Own(shape.Length, sample.Form()).WithParameters(sample);
        var input = sample.Batch(shape, float64).requires_grad_();
        var channel = sample.Between(0, (int)shape[1] - 1);

        module.call(input).select(1, channel).square().sum().backward();

        for (var other = 0; other < shape[1]; other++)
            if (other != channel) Expect.Vanishes(input.grad!.select(1, other), 0, $"gradient of channel {other}");
    });

    [Fact]
    public void The_order_of_the_batch_does_not_matter() => Law.Holds(sample =>
    {
        var shape = sample.BatchShape();
        using var module = new Norms(shape[1]).Own(shape.Length, sample.Form()).WithParameters(sample);
        var input = sample.Batch(shape, float64);

        Expect.Close(module.call(input.flip(0)), module.call(input).flip(0), 1e-12);
    });

    [Fact]
    public void The_gradient_of_the_input_sums_to_zero_in_each_channel() => Law.Holds(sample =>
    {
        var (shape, dtype) = (sample.BatchShape(), sample.FloatType());
        using var module = new Norms(shape[1]).Own(shape.Length, sample.Form(), dtype).WithParameters(sample);
        var input = sample.Batch(shape, dtype).requires_grad_();

        module.call(input).backward([sample.Normal(shape, dtype)]);

        var gradient = input.grad!.to_type(float64);
        Expect.Vanishes(gradient.sum(gradient.Reduced()), 100 * Scale(input, module) * Expect.RoundOff(dtype), "sum of ∂L/∂x");
    });

    [Fact]
    public void The_gradient_of_the_input_is_orthogonal_to_the_normalised_input_up_to_epsilon() => Law.Holds(sample =>
    {
        var shape = sample.BatchShape();
        var eps = sample.Pick(0, 1e-5, 1e-2, 1);
        using var module = new Norms(shape[1], eps).Own(shape.Length, sample.Form()).WithParameters(sample);
        var input = sample.Batch(shape, float64).requires_grad_();
        var cotangent = sample.Normal(shape, float64);          // (N, C, …)

        module.call(input).backward([cotangent]);

        var values = input.detach();
        var reduced = values.Reduced();
        var variance = Variance(values);                        // [C]
        var inverse = (variance + eps).rsqrt();                 // [C]
        var normalized = (values - values.mean(reduced, keepdim: true)) * inverse.Along(values); // (N, C, …)
        var along = (cotangent * normalized).sum(reduced);      // [C]
        var expected = module.Weight!.detach() * inverse * along * eps / (variance + eps); // [C]
        Expect.Vanishes((input.grad! * normalized).sum(reduced) - expected, 100 * Scale(input, module) * 1e-12, "Σ ∂L/∂x·x̂ − γs·Σ(g·x̂)·ε/(σ² + ε)");
    });

    [Fact]
    public void The_gradients_of_gamma_and_beta_are_the_sums_of_g_times_the_normalised_input_and_of_g() => Law.Holds(sample =>
    {
        var shape = sample.BatchShape();
        using var module = new Norms(shape[1]).Own(shape.Length, sample.Form()).WithParameters(sample);
        using var plain = new Norms(shape[1], Affine: false).Own(shape.Length);
        var input = sample.Batch(shape, float64);
        var cotangent = sample.Normal(shape, float64);          // (N, C, …)

        module.call(input).backward([cotangent]);

        Expect.Close(module.Weight!.grad, (cotangent * plain.call(input)).sum(input.Reduced()), 1e-11, "gradient of γ");
        Expect.Close(module.Bias!.grad, cotangent.sum(input.Reduced()), 1e-12, "gradient of β");
    });

    [Fact]
    public void The_gradient_of_the_input_is_the_slope_of_the_loss() => Law.Holds(sample =>
    {
        const double Step = 1e-5;
        var shape = sample.BatchShape();
        using var module = new Norms(shape[1], sample.Pick(1e-5, 0.1)).Own(shape.Length, sample.Form()).WithParameters(sample);
        var input = sample.Batch(shape, float64).requires_grad_();
        var (cotangent, direction) = (sample.Normal(shape, float64), sample.Normal(shape, float64)); // (N, C, …) each

        module.call(input).backward([cotangent]);
        var slope = (input.grad! * direction).sum().item<double>();

        double Loss(double step) => (module.call(input.detach() + direction * step) * cotangent).sum().item<double>();
        // Central differences of two widths, extrapolated: what is left is of the fourth order.
        var (near, wide) = ((Loss(Step) - Loss(-Step)) / (2 * Step), (Loss(2 * Step) - Loss(-2 * Step)) / (4 * Step));
        var scale = Scale(input, module);
        Assert.InRange(slope - (4 * near - wide) / 3, -1e-6 * scale, 1e-6 * scale);
    });

    /// <summary>The biased variance of each channel.</summary>
    private static Tensor Variance(Tensor values) => (values - values.mean(values.Reduced(), keepdim: true)).square().mean(values.Reduced()); // [C]

    /// <summary>How large the terms of the gradient are that cancel: γ/σ for a cotangent of about 1, times the values of a channel.</summary>
    private static double Scale(Tensor input, BatchNorm module)
    {
        var deviation = (Variance(input.detach().to_type(float64)) + module.Eps).sqrt(); // [C]
        return 1 + (module.Weight!.detach().to_type(float64) / deviation).abs().max().item<double>() * input.numel() / module.NumFeatures;
    }
}
