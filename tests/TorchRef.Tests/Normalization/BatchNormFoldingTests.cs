using TorchRef.Normalization;
using TorchRef.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchRef.Tests.Normalization;

public sealed class BatchNormFoldingTests
{
    [Fact]
    public void A_linear_layer_and_its_normalisation_are_one_layer() => Law.Holds(sample =>
    {
        var (inputs, outputs) = (sample.Between(1, 6), sample.Between(1, 6));
        using var linear = nn.Linear(inputs, outputs, hasBias: sample.Pick(true, false), dtype: float64);
        using var norm = Evaluated(sample, outputs, 2);

        using var folded = BatchNormFolding.Fold(linear, norm);

        var input = sample.Normal([5, inputs], float64);        // [5, inputs]
        Expect.Close(folded.call(input), norm.call(linear.call(input)), 1e-12);
    });

    [Fact]
    public void A_convolution_and_its_normalisation_are_one_convolution() => Law.Holds(sample =>
    {
        var groups = sample.Pick(1, 2);
        var (stride, padding, bias) = (sample.Between(1, 2), sample.Between(0, 2), sample.Pick(true, false));
        using var one = nn.Conv1d(4, 6, 3, stride: stride, padding: padding, groups: groups, bias: bias, dtype: float64);
        using var two = nn.Conv2d(4, 6, (3, 2), stride: (stride, 1), padding: (padding, 1), dilation: (1, 2), groups: groups, bias: bias, dtype: float64);
        using var norm1 = Evaluated(sample, 6, 3);
        using var norm2 = Evaluated(sample, 6, 4);

        using var folded1 = BatchNormFolding.Fold(one, norm1);
        using var folded2 = BatchNormFolding.Fold(two, norm2);

        var signal = sample.Normal([2, 4, 9], float64);         // [2, 4, 9]
        var image = sample.Normal([2, 4, 8, 7], float64);       // [2, 4, 8, 7]
        Expect.Close(folded1.call(signal), norm1.call(one.call(signal)), 1e-12);
        Expect.Close(folded2.call(image), norm2.call(two.call(image)), 1e-12);
    }, samples: 15);

    [Fact]
    public void Padding_by_name_and_of_other_modes_is_kept()
    {
        using var scope = NewDisposeScope();
        using var convolution = nn.Conv2d(2, 3, (3, 3), Padding.Same, padding_mode: PaddingModes.Circular, dtype: float64);
        using var norm = nn.BatchNorm2d(3).to(float64);
        norm.running_var!.fill_(4);
        norm.eval();

        using var folded = BatchNormFolding.Fold(convolution, norm);

        var image = randn(2, 2, 5, 4, dtype: float64);          // [2, 2, 5, 4]
        Expect.Close(folded.call(image), norm.call(convolution.call(image)), 1e-12);
    }

    [Fact]
    public void The_result_shares_nothing_and_is_in_evaluation_mode()
    {
        using var linear = nn.Linear(2, 3, dtype: float64);
        using var norm = new BatchNorm1d(3, dtype: float64);
        norm.eval();

        using var folded = BatchNormFolding.Fold(linear, norm);
        var before = folded.weight!.detach().clone();           // [3, 2]
        using (no_grad()) linear.weight!.zero_();

        Expect.Same(folded.weight.detach(), before);
        Assert.False(folded.training);
        Assert.True(folded.weight.requires_grad);
        Assert.NotNull(folded.bias);
    }

    [Fact]
    public void What_cannot_be_folded_is_refused_in_words()
    {
        using var linear = nn.Linear(2, 3);
        using var training = new BatchNorm1d(3);
        using var untracked = new BatchNorm1d(3, track_running_stats: false);
        using var other = new BatchNorm1d(4);
        using var precise = new BatchNorm1d(3, dtype: float64);
        using var foreign = nn.BatchNorm1d(3);
        foreach (var module in new[] { untracked, other, precise }) module.eval();

        Assert.Equal("batch normalisation is affine in evaluation only: expected a module in evaluation mode but got one in training mode", Assert.Throws<ArgumentException>(() => BatchNormFolding.Fold(linear, training)).Message);
        Assert.Equal("batch normalisation is affine in evaluation only: expected a module in evaluation mode but got one in training mode", Assert.Throws<ArgumentException>(() => BatchNormFolding.Fold(linear, foreign)).Message);
        Assert.Equal("running statistics are what evaluation is made of: expected a module that tracks them but got one that doesn't", Assert.Throws<ArgumentException>(() => BatchNormFolding.Fold(linear, untracked)).Message);
        Assert.Equal("the channels of the normalisation are the outputs of the layer before it: expected 3 but got 4", Assert.Throws<ArgumentException>(() => BatchNormFolding.Fold(linear, other)).Message);
        Assert.Equal("the layer and its normalisation must be of one type: expected Float32 but got Float64", Assert.Throws<ArgumentException>(() => BatchNormFolding.Fold(linear, precise)).Message);
    }

    private static BatchNorm Evaluated(Sampler sample, long features, int rank)
    {
        var module = new Norms(features, 1e-3, Affine: sample.Pick(true, false)).Own(rank).WithParameters(sample).WithStatistics(sample);
        module.eval();
        return module;
    }
}
