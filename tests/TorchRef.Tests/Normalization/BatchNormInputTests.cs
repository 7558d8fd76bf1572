using TorchRef.Normalization;
using TorchRef.Tests.Support;
using static TorchSharp.torch;

namespace TorchRef.Tests.Normalization;

/// <summary>Inputs out of the ordinary: empty, constant, of low precision, laid out differently, and one known by heart.</summary>
public sealed class BatchNormInputTests
{
    public static TheoryData<BatchNormForm> Forms => [.. Enum.GetValues<BatchNormForm>()];

    public static TheoryData<BatchNormForm, long[]> EmptyShapes => new()
    {
        { BatchNormForm.Composite, [0, 3] }, { BatchNormForm.ClosedForm, [0, 3] }, { BatchNormForm.Composite, [0, 3, 9] },
        { BatchNormForm.ClosedForm, [0, 3, 2, 2] }, { BatchNormForm.Composite, [0, 3, 1, 2, 2] }, { BatchNormForm.Composite, [2, 3, 0] },
    };

    [Theory]
    [MemberData(nameof(EmptyShapes))]
    public void An_empty_batch_gives_an_empty_output_zero_gradients_and_unmoved_statistics(BatchNormForm form, long[] shape)
    {
        using var scope = NewDisposeScope();
        using var module = new Norms(3).Own(shape.Length, form);
        var input = zeros(shape, float64).requires_grad_();

        var output = module.call(input);
        output.sum().backward();

        Assert.Equal(shape, output.shape);
        Assert.Equal(shape, input.grad!.shape);
        Expect.Numbers([0, 0, 0], module.Weight!.grad);
        Expect.Numbers([0, 0, 0], module.Bias!.grad);
        Expect.Numbers([0, 0, 0], module.RunningMean);
        Expect.Numbers([1, 1, 1], module.RunningVar);
        Expect.Numbers([1], module.NumBatchesTracked);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Without_epsilon_a_constant_channel_becomes_beta_and_its_gradient_0(BatchNormForm form)
    {
        using var scope = NewDisposeScope();
        using var module = new Norms(2, 0).Own(2, form);
        using (no_grad()) module.Bias!.fill_(0.25);
        var input = tensor(new[] { 3.0, 1, 3, 3 }, [2, 2]).requires_grad_();

        var output = module.call(input);
        output.backward([tensor(new[] { 1.0, 2, -5, 4 }, [2, 2])]);

        Expect.Numbers([0.25, -0.75, 0.25, 1.25], output);
        Expect.Numbers([0, 0, 0, 0], input.grad);
        Expect.Numbers([0, 2], module.Weight!.grad);
        Expect.Numbers([-4, 6], module.Bias!.grad);
        Expect.Numbers([0.9, 1.1], module.RunningVar);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void With_epsilon_a_constant_channel_becomes_beta(BatchNormForm form) => Law.Holds(sample =>
    {
        var shape = sample.BatchShape();
        using var module = new Norms(shape[1]).Own(shape.Length, form).WithParameters(sample);
        var constant = sample.Normal([shape[1]], float64).round(); // [C]: averages of whole numbers are exact

        var output = module.call(constant.Along(zeros(shape)).expand(shape));

        Expect.Close(output, module.Bias!.Along(output).expand(shape), 1e-12);
    }, samples: 20);

    [Theory]
    [InlineData(BatchNormForm.Composite, ScalarType.BFloat16, 1.0 / 128)]
    [InlineData(BatchNormForm.ClosedForm, ScalarType.BFloat16, 1.0 / 128)]
    [InlineData(BatchNormForm.Composite, ScalarType.Float16, 1.0 / 1024)]
    [InlineData(BatchNormForm.ClosedForm, ScalarType.Float16, 1.0 / 1024)]
    public void Low_precision_input_is_computed_in_float32_and_comes_back_in_its_type(BatchNormForm form, ScalarType low, double roundOff) => Law.Holds(sample =>
    {
        var shape = sample.BatchShape();
        using var module = new Norms(shape[1]).Own(shape.Length, form, float32).WithParameters(sample);
        using var wide = new Norms(shape[1]).Own(shape.Length, form, float32);
        wide.CopyStateFrom(module);
        var input = sample.Batch(shape, float32).to_type(low).requires_grad_(); // (N, C, …)

        foreach (var training in new[] { true, false })
        {
            module.train(training);
            wide.train(training);
            var output = module.call(input);

            Assert.Equal(low, output.dtype);
            Expect.Close(output.to_type(float32), wide.call(input.detach().to_type(float32)), roundOff);
        }

        module.call(input).sum().backward();
        Assert.Equal(low, input.grad!.dtype);
        Assert.Equal(float32, module.Weight!.grad!.dtype);
        Expect.Close(module.RunningVar, wide.RunningVar, 0);
    }, samples: 10);

    [Theory]
    [MemberData(nameof(Forms))]
    public void Channels_last_stays_channels_last(BatchNormForm form) => Law.Holds(sample =>
    {
        long[] shape = [sample.Between(2, 3), sample.Between(2, 4), sample.Between(2, 4), sample.Between(2, 4)];
        using var module = new Norms(shape[1]).Own(4, form).WithParameters(sample).WithStatistics(sample);
        var plain = sample.Batch(shape, float64);               // (N, C, H, W)
        var input = plain.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2).requires_grad_(); // the same, NHWC in memory
        Assert.NotEqual(plain.stride(), input.stride());

        foreach (var training in new[] { true, false })
        {
            module.train(training);
            var output = module.call(input);

            Assert.Equal(input.stride(), output.stride());
            Assert.Equal(plain.stride(), module.call(plain).stride());
        }

        module.train();
        using var twin = new Norms(shape[1]).Own(4, form);
        twin.CopyStateFrom(module);
        Expect.Close(module.call(input), twin.call(plain), 1e-12);
    }, samples: 5);

    [Theory]
    [MemberData(nameof(Forms))]
    public void The_layout_in_memory_does_not_matter(BatchNormForm form) => Law.Holds(sample =>
    {
        var shape = sample.BatchShape();
        using var module = new Norms(shape[1], Tracking: false).Own(shape.Length, form).WithParameters(sample);
        var values = sample.Batch(shape, float64);              // (N, C, …)
        var cotangent = sample.Normal(shape, float64);          // (N, C, …)
        var wide = stack([values, values * 3], -1);             // (N, C, …, 2)
        Tensor[] layouts = [values, wide.select(-1, 0), values.transpose(0, 1).contiguous().transpose(0, 1)];
        Tensor[] cotangents = [cotangent, cotangent, cotangent.transpose(0, 1).contiguous().transpose(0, 1)];

        var gradients = layouts.Zip(cotangents, (layout, outer) =>
        {
            var leaf = layout.detach().requires_grad_();        // (N, C, …)
            return autograd.grad([module.call(leaf)], [leaf], [outer])[0];
        }).ToList();

        foreach (var gradient in gradients) Expect.Vanishes(gradient - gradients[0], 1e-11, "difference to the contiguous layout");
    }, samples: 20);

    [Theory]
    [MemberData(nameof(Forms))]
    public void The_numbers_from_1_to_20_become_the_digits_of_the_study_notes(BatchNormForm form)
    {
        using var scope = NewDisposeScope();
        using var module = new Norms(1, 0).Own(2, form);

        var output = module.call(arange(1, 21, float64).view(20, 1)).detach();

        Expect.Numbers(
            [-1.64750894, -1.47408695, -1.30066495, -1.12724296, -0.95382097, -0.78039897, -0.60697698, -0.43355498, -0.26013299, -0.086711,
                0.086711, 0.26013299, 0.43355498, 0.60697698, 0.78039897, 0.95382097, 1.12724296, 1.30066495, 1.47408695, 1.64750894],
            output.view(-1), digits: 8);
        Expect.Numbers([1.05], module.RunningMean, 14);
        Expect.Numbers([0.9 + 0.1 * 35], module.RunningVar, 14);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void The_input_itself_is_left_alone(BatchNormForm form) => Law.Holds(sample =>
    {
        var shape = sample.BatchShape();
        using var module = new Norms(shape[1]).Own(shape.Length, form).WithParameters(sample);
        var input = sample.Batch(shape, float64).requires_grad_();
        var before = input.detach().clone();

        module.call(input).square().sum().backward();

        Expect.Same(input.detach(), before);
    }, samples: 10);

    [Theory]
    [MemberData(nameof(Forms))]
    public void NaN_in_one_channel_stays_in_it(BatchNormForm form)
    {
        using var scope = NewDisposeScope();
        using var module = new Norms(2).Own(2, form);

        var output = module.call(tensor(new[] { double.NaN, 1, 2, 3 }, [2, 2]));

        Assert.True(output.select(1, 0).isnan().all().item<bool>());
        Assert.True(output.select(1, 1).isfinite().all().item<bool>());
    }
}
