using TorchRef.Normalization;
using static TorchRef.Tests.Normalization.CentralDifferences;
using static TorchSharp.torch;

namespace TorchRef.Tests.Normalization;

public class InputStandardizationTests
{
    [Fact]
    public void Training_data_get_mean_0_and_deviation_1()
    {
        var data = Normal(1, 100, 3) * 5 + 2;
        using var module = new InputStandardization(3).Fit(data);
        var output = module.call(data);
        Near(zeros(3, float64), output.mean([0]));
        Near(ones(3, float64), output.square().mean([0]));
        Assert.Equal(100, module.Count);
    }

    [Fact]
    public void Other_data_get_the_training_datas_statistics()
    {
        var (data, other) = (Normal(2, 50, 3), Normal(3, 7, 3) + 4);
        using var module = new InputStandardization(3).Fit(data);
        var deviation = (data - data.mean([0])).square().mean([0]).sqrt();
        Near((other - data.mean([0])) / deviation, module.call(other));
        Near(((other - data.mean([0])) / deviation)[0], module.call(other[0]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(64)]
    public void Batches_and_merged_parts_give_what_all_at_once_gives(long size)
    {
        var data = Normal(4, 64, 3) + 1e6;
        using var whole = new InputStandardization(3).Fit(data);
        using var streamed = new InputStandardization(3).Fit(data.split(size));
        using var left = new InputStandardization(3).Fit(data.narrow(0, 0, 20));
        using var right = new InputStandardization(3).Fit(data.narrow(0, 20, 44));
        left.Merge(right);
        foreach (var other in new[] { streamed, left })
        {
            Assert.Equal(64, other.Count);
            Near(whole.Mean, other.Mean, 1e-9);
            Near(whole.Std, other.Std, 1e-9);
        }
        Near((data - data.mean([0])).square().mean([0]).sqrt(), whole.Std, 1e-9);
    }

    [Fact]
    public void A_constant_feature_becomes_exactly_0_and_comes_back()
    {
        var data = full([30, 2], 0.1, float64);
        data.select(1, 1).copy_(Normal(5, 30));
        using var module = new InputStandardization(2).Fit(data.split(7));
        Assert.Equal(0, module.Std[0].item<double>());
        Near(zeros(30, float64), module.call(data).select(1, 0), 0);
        Near(data, module.Inverse(module.call(data)));
        Near(full([1], 0.9, float64), module.call(tensor(new[] { 1.0, 0.0 }))[0].view(1));
    }

    [Fact]
    public void A_size_of_1_pools_its_dimension()
    {
        var images = Normal(6, 10, 3, 4, 5) * 2 + 1;
        using var module = new InputStandardization([3, 1, 1]).Fit(images);
        Assert.Equal(200, module.Count);
        Near(images.mean([0, 2, 3]), module.Mean.view(3));
        Near(ones(3, float64), module.call(images).square().mean([0, 2, 3]));
    }

    [Fact]
    public void Bytes_become_numbers()
    {
        var bytes = arange(0, 200, dtype: int64).to_type(uint8).view(100, 2);
        using var module = new InputStandardization(2).Fit(bytes);
        var output = module.call(bytes);
        Assert.Equal(float32, output.dtype);
        Near(ones(2), output.square().mean([0]), 1e-5);
    }

    [Fact]
    public void The_state_dict_carries_the_statistics()
    {
        using var module = new InputStandardization(3).Fit(Normal(7, 9, 3));
        using var other = new InputStandardization(3);
        other.load_state_dict(module.state_dict());
        Assert.Equal("mean, std, count", string.Join(", ", module.state_dict().Keys));
        Assert.Equal(9, other.Count);
        Near(module.call(Normal(8, 4, 3)), other.call(Normal(8, 4, 3)), 0);
        Assert.Empty(module.parameters());
    }

    [Fact]
    public void Gradients_pass_through()
    {
        using var module = new InputStandardization(3).Fit(Normal(9, 20, 3));
        Agree(module.call, Normal(10, 2, 3));
        Agree(module.Inverse, Normal(11, 2, 3));
    }

    [Fact]
    public void Fitting_again_forgets_and_a_failed_fit_changes_nothing()
    {
        using var module = new InputStandardization(2).Fit(Normal(12, 9, 2));
        var data = Normal(13, 5, 2);
        module.Fit(data);
        Near(data.mean([0]), module.Mean);
        Assert.Throws<ArgumentException>(() => module.Fit([data, full([1, 2], double.PositiveInfinity)]));
        Near(data.mean([0]), module.Mean);
        Assert.Equal(5, module.Count);
    }

    [Fact]
    public void What_doesnt_fit_is_said()
    {
        using var module = new InputStandardization([3, 1]);
        Assert.Equal("standardising needs statistics: expected data to have been fitted but got none", Assert.Throws<InvalidOperationException>(() => module.call(zeros(2, 3, 1))).Message);
        Says("the samples must have the shape of the features: expected [*, 3, *] but got [2, 4, 1]", () => module.Fit(zeros(2, 4, 1)));
        Says("a batch must hold a sample in each row: expected 3 dimensions but got 2", () => module.Fit(zeros(3, 1)));
        Says("statistics need finite values: expected numbers but got NaN or infinity", () => module.Fit(full([2, 3, 1], double.NaN)));
        Says("statistics need data: expected at least one sample but got none", () => module.Fit(zeros(0, 3, 1)));
        Says("feature_shape must be positive: expected sizes of at least 1 but got [0]", () => new InputStandardization(0));
        Says("statistics of different features can't be merged: expected feature shape [3, 1] but got [3]", () => module.Merge(new InputStandardization(3)));
    }

    private static void Says(string text, Func<object> action) => Assert.Equal(text, Assert.Throws<ArgumentException>(action).Message);
}
