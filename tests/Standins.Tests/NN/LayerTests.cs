using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Standins.Tests.NN;

public class LayerTests
{
    [Fact]
    public void A_linear_layer_multiplies_and_adds()
    {
        using var layer = nn.Linear(3, 2);
        using var input = torch.randn(5, 3);
        using var expected = input.matmul(layer.weight.t()) + layer.bias!;
        Assert.True(torch.allclose(expected, layer.call(input), 1e-5, 1e-6));
        Assert.Equal((3, 2), (layer.in_features, layer.out_features));
        using var plain = nn.Linear(3, 2, hasBias: false, dtype: float64);
        Assert.Null(plain.bias);
        Assert.Equal(float64, plain.weight.dtype);
    }

    [Fact]
    public void A_new_weight_replaces_and_disposes_the_old_one()
    {
        using var layer = nn.Linear(2, 1, hasBias: false);
        var old = layer.weight;
        layer.weight = nn.Parameter(torch.ones(1, 2));
        Assert.True(old.IsInvalid);
        Assert.Same(layer.weight, layer.get_parameter("weight"));
        Assert.Equal(2, layer.call(torch.ones(1, 2)).item<float>());
    }

    [Fact]
    public void A_bilinear_layer_takes_two_inputs()
    {
        using var weight = torch.arange(12, dtype: float32).reshape(2, 2, 3);
        using var output = F.bilinear(torch.tensor(new float[,] { { 1, 2 } }), torch.tensor(new float[,] { { 1, 0, -1 } }), weight, torch.tensor(new[] { 0.5f, 1 }));
        Near.Assert(output, [-5.5, -5]);
        using var layer = nn.Bilinear(2, 3, 4);
        Assert.Equal([5L, 4], layer.call(torch.ones(5, 2), torch.ones(5, 3)).shape);
        Assert.Equal(["weight", "bias"], layer.state_dict().Keys);
    }

    [Fact]
    public void Shapes_are_flattened_and_unflattened()
    {
        using var input = torch.arange(24).reshape(2, 3, 4);
        Assert.Equal([2L, 12], nn.Flatten().call(input).shape);
        Assert.Equal([6L, 4], nn.Flatten(0, 1).call(input).shape);
        Assert.Equal([2L, 3, 2, 2], nn.Unflatten(2, [2, 2]).call(input).shape);
    }

    [Fact]
    public void A_convolution_slides_its_kernel()
    {
        using var layer = nn.Conv1d(1, 1, 2, bias: false);
        layer.weight = nn.Parameter(torch.tensor(new float[] { 1, 10 }).reshape(1, 1, 2));
        using var input = torch.tensor(new float[] { 1, 2, 3, 4 }).reshape(1, 1, 4);
        Near.Assert(layer.call(input), [21, 32, 43]);
        Near.Assert(F.conv1d(input, layer.weight, stride: 2, padding: 1), [10, 32, 4]);
    }

    [Theory]
    [InlineData(PaddingModes.Zeros, new double[] { 10, 21, 32, 3 })]
    [InlineData(PaddingModes.Reflect, new double[] { 12, 21, 32, 23 })]
    [InlineData(PaddingModes.Replicate, new double[] { 11, 21, 32, 33 })]
    [InlineData(PaddingModes.Circular, new double[] { 13, 21, 32, 13 })]
    public void A_border_is_filled_by_its_mode(PaddingModes mode, double[] expected)
    {
        using var layer = nn.Conv1d(1, 1, 2, padding: 1, padding_mode: mode, bias: false);
        layer.weight = nn.Parameter(torch.tensor(new float[] { 1, 10 }).reshape(1, 1, 2));
        Near.Assert(layer.call(torch.tensor(new float[] { 1, 2, 3 }).reshape(1, 1, 3)), expected);
    }

    [Fact]
    public void Convolutions_have_their_shapes()
    {
        using var two = nn.Conv2d(2, 4, (3, 2), stride: (2, 1), padding: (1, 0), groups: 2);
        Assert.Equal([4L, 1, 3, 2], two.weight.shape);
        Assert.Equal([5L, 4, 4, 5], two.call(torch.randn(5, 2, 7, 6)).shape);
        using var same = nn.Conv2d(1, 1, 3, Padding.Same);
        Assert.Equal([1L, 1, 5, 5], same.call(torch.randn(1, 1, 5, 5)).shape);
        using var three = nn.Conv3d(1, 2, 2);
        Assert.Equal([2L, 3, 3, 3], three.call(torch.randn(1, 4, 4, 4)).shape);
        Assert.ThrowsAny<Exception>(() => three.call(torch.randn(3, 4, 4, 4)));
        using var back = nn.ConvTranspose2d(2, 3, 3, stride: 2);
        Assert.Equal([2L, 3, 3, 3], back.weight.shape);
        Assert.Equal([1L, 3, 9, 9], back.call(torch.randn(1, 2, 4, 4)).shape);
        Assert.Equal([1L, 3, 10, 10], back.forward(torch.randn(1, 2, 4, 4), [10, 10]).shape);
    }

    [Fact]
    public void Borders_are_padded()
    {
        using var input = torch.tensor(new float[] { 1, 2, 3 }).reshape(1, 1, 3);
        Near.Assert(F.pad(input, (1, 2), PaddingModes.Circular), [3, 1, 2, 3, 1, 2]);
        Near.Assert(nn.ReflectionPad1d((1, 2)).call(input), [2, 1, 2, 3, 2, 1]);
        Near.Assert(nn.ReplicationPad1d(1).call(input), [1, 1, 2, 3, 3]);
        Near.Assert(nn.ConstantPad1d((0, 1), 9).call(input), [1, 2, 3, 9]);
        Assert.Equal([1L, 5, 7], nn.ZeroPad2d(2).call(input).shape);
    }

    [Fact]
    public void Pools_take_means_and_greatest_values()
    {
        using var input = torch.tensor(new float[] { 1, -2, 3, 4 }).reshape(1, 1, 4);
        Near.Assert(nn.MaxPool1d(2).call(input), [1, 4]);
        Near.Assert(nn.AvgPool1d(2).call(input), [-0.5, 3.5]);
        Near.Assert(nn.LPPool1d(2, 2).call(input), [2.2361, 5]);
        Near.Assert(nn.AdaptiveAvgPool1d(2).call(input), [-0.5, 3.5]);
        Near.Assert(nn.AdaptiveMaxPool1d(1).call(input), [4]);
        var (values, indices) = nn.MaxPool1d(2, stride: 1).forward_with_indices(input);
        Near.Assert(values, [1, 3, 4]);
        Near.Assert(indices, [0, 2, 3]);
        using var image = torch.arange(16, dtype: float32).reshape(1, 1, 4, 4);
        Near.Assert(nn.MaxPool2d(2).call(image), [5, 7, 13, 15]);
        Near.Assert(nn.AvgPool2d((2, 4)).call(image), [3.5, 11.5]);
        Near.Assert(nn.AdaptiveAvgPool2d(1).call(image), [7.5]);
        Assert.Equal([1L, 1, 2, 2, 2], nn.MaxPool3d(2).call(torch.randn([1, 1, 4, 4, 4])).shape);
    }

    [Fact]
    public void An_embedding_looks_up_rows()
    {
        using var layer = nn.Embedding(4, 2, padding_idx: 1);
        Near.Assert(layer.call(torch.tensor(new long[] { 1 })), [0, 0]);
        Assert.Equal([2L, 3, 2], layer.call(torch.zeros(2, 3, dtype: int64)).shape);
        using var rows = torch.tensor(new float[,] { { 1, 2 }, { 3, 4 } });
        using var fixedRows = nn.Embedding_from_pretrained(rows);
        Near.Assert(fixedRows.call(torch.tensor(new long[] { 1, 0 })), [3, 4, 1, 2]);
        Assert.Equal(["weight"], layer.state_dict().Keys);
    }

    [Fact]
    public void Distances_compare_rows()
    {
        using var a = torch.tensor(new double[,] { { 3, 4 }, { 1, 0 } });
        using var b = torch.tensor(new double[,] { { 0, 0 }, { 0, 2 } });
        Near.Assert(nn.PairwiseDistance().call(a, b), [5, Math.Sqrt(5)]);
        Near.Assert(nn.CosineSimilarity().call(a, a), [1, 1]);
    }

    [Fact]
    public void Pixels_move_between_channels_and_the_grid()
    {
        using var input = torch.arange(8).reshape(1, 4, 1, 2);
        using var fine = nn.PixelShuffle(2).call(input);
        Assert.Equal([1L, 1, 2, 4], fine.shape);
        Assert.True(input.Equals(nn.PixelUnshuffle(2).call(fine)));
    }
}
