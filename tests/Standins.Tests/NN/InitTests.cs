using TorchSharp;
using static TorchSharp.torch;
using Init = TorchSharp.torch.nn.init;

namespace Standins.Tests.NN;

public class InitTests
{
    [Fact]
    public void Constants_and_identities_fill_a_tensor()
    {
        Near.Assert(Init.ones_(torch.empty(2)), [1, 1]);
        Near.Assert(Init.zeros_(torch.ones(2)), [0, 0]);
        Near.Assert(Init.constant_(torch.empty(2), 0.5), [0.5, 0.5]);
        Near.Assert(Init.eye_(torch.empty(2, 3)), [1, 0, 0, 0, 1, 0]);
        using var kernel = Init.dirac_(torch.empty(2, 2, 3));
        using var input = torch.randn(1, 2, 5);
        Assert.True(torch.allclose(input, nn.functional.conv1d(input, kernel, padding: 1)));
    }

    [Fact]
    public void Parameters_are_filled_outside_the_graph()
    {
        using var parameter = nn.Parameter(torch.empty(2, 2));
        Assert.Same(parameter, Init.xavier_uniform_(parameter));
        Assert.True(parameter.is_leaf);
        Assert.True(parameter.requires_grad);
    }

    [Fact]
    public void Fans_count_the_receptive_field()
    {
        Assert.Equal((3, 2), Init.CalculateFanInAndFanOut(torch.empty(2, 3)));
        Assert.Equal((30, 20), Init.CalculateFanInAndFanOut(torch.empty(2, 3, 2, 5)));
        Assert.Throws<ArgumentException>(() => Init.CalculateFanInAndFanOut(torch.empty(2)));
    }

    [Theory]
    [InlineData(Init.NonlinearityType.Linear, 0, 1)]
    [InlineData(Init.NonlinearityType.Sigmoid, 0, 1)]
    [InlineData(Init.NonlinearityType.Tanh, 0, 1.6666666666666667)]
    [InlineData(Init.NonlinearityType.ReLU, 0, 1.4142135623730951)]
    [InlineData(Init.NonlinearityType.LeakyReLU, 0.2, 1.3867504905630728)]
    public void Gains_are_pythons(Init.NonlinearityType nonlinearity, double slope, double expected) =>
        Assert.Equal(expected, Init.calculate_gain(nonlinearity, slope), 1e-12);

    [Fact]
    public void Uniform_rules_keep_their_bounds()
    {
        // Variance of a uniform distribution: bound²/3.
        Within(Init.xavier_uniform_(torch.empty(100, 200)), Math.Sqrt(6.0 / 300), Math.Sqrt(2.0 / 300));
        Within(Init.kaiming_uniform_(torch.empty(100, 200)), Math.Sqrt(6.0 / 200), Math.Sqrt(2.0 / 200));
        Within(Init.kaiming_uniform_(torch.empty(100, 200), mode: Init.FanInOut.FanOut), Math.Sqrt(6.0 / 100), Math.Sqrt(2.0 / 100));
        Within(Init.uniform_(torch.empty(20000), -1, 1), 1, Math.Sqrt(1.0 / 3));
    }

    [Fact]
    public void Normal_rules_have_their_deviations()
    {
        Within(Init.normal_(torch.empty(20000), 0, 2), double.MaxValue, 2);
        Within(Init.kaiming_normal_(torch.empty(100, 200)), double.MaxValue, Math.Sqrt(2.0 / 200));
        using var cut = Init.trunc_normal_(torch.empty(1000), 1, 1, 0.5, 2);
        Assert.InRange(cut.min().item<float>(), 0.5f, 1);
        Assert.InRange(cut.max().item<float>(), 1.5f, 2);
    }

    [Fact]
    public void Orthogonal_rows_are_orthogonal()
    {
        using var wide = Init.orthogonal_(torch.empty(2, 4), 2);
        Near.Assert(wide.matmul(wide.t()), [4, 0, 0, 4]);
        using var tall = Init.orthogonal_(torch.empty(4, 2));
        Near.Assert(tall.t().matmul(tall), [1, 0, 0, 1]);
    }

    [Fact]
    public void Sparse_columns_have_their_share_of_zeros()
    {
        using var sparse = Init.sparse_(torch.empty(10, 4), 0.25);
        Near.Assert(sparse.eq(0).sum(0L), [3, 3, 3, 3]);
    }

    [Fact]
    public void A_layer_begins_uniform_within_its_fan()
    {
        torch.manual_seed(3);
        using var layer = nn.Linear(4, 3);
        torch.manual_seed(3);
        using var weight = Init.uniform_(torch.empty(3, 4), -0.5, 0.5);
        using var bias = Init.uniform_(torch.empty(3), -0.5, 0.5);
        Near.Assert(layer.weight - weight, new double[12], 1e-7);
        Near.Assert(layer.bias! - bias, new double[3], 1e-7);
        using var convolution = nn.Conv2d(2, 50, 3);
        Assert.InRange(convolution.weight.abs().max().ToDouble(), 0.2, 1 / Math.Sqrt(18) + 1e-6);
    }

    private static void Within(Tensor values, double bound, double deviation)
    {
        Assert.True(values.abs().max().ToDouble() <= bound + 1e-6);
        Assert.InRange(values.std().ToDouble() / deviation, 0.95, 1.05);
    }
}
