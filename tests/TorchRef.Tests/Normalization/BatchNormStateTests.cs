using TorchRef.Normalization;
using TorchRef.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchRef.Tests.Normalization;

/// <summary>Parameters, buffers and mode: their names, types and moves.</summary>
public sealed class BatchNormStateTests
{
    [Theory]
    [InlineData(true, true, "weight bias running_mean running_var num_batches_tracked")]
    [InlineData(true, false, "weight bias")]
    [InlineData(false, true, "running_mean running_var num_batches_tracked")]
    [InlineData(false, false, "")]
    public void The_state_has_the_names_and_order_of_torch_nn(bool affine, bool tracking, string names)
    {
        foreach (var rank in new[] { 2, 4, 5 })
        {
            using var module = new Norms(3, Affine: affine, Tracking: tracking).Own(rank);
            using var torch = new Norms(3, Affine: affine, Tracking: tracking).Torch(rank);

            Assert.Equal(names, string.Join(' ', module.state_dict().Keys));
            Assert.Equal(torch.state_dict().Keys, module.state_dict().Keys);
            Assert.Equal(affine ? ["weight", "bias"] : [], module.named_parameters().Select(pair => pair.name));
        }
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.BFloat16)]
    public void A_new_module_holds_ones_and_zeros_of_its_type_and_a_whole_count(ScalarType dtype)
    {
        using var module = new Norms(2).Own(2, dtype: dtype);

        Assert.Equal([dtype, dtype, dtype, dtype, ScalarType.Int64], module.state_dict().Values.Select(tensor => tensor.dtype));
        Assert.Equal([[2], [2], [2], [2], []], module.state_dict().Values.Select(tensor => tensor.shape));
        Expect.Numbers([1, 1], module.Weight);
        Expect.Numbers([0, 0], module.Bias);
        Expect.Numbers([0, 0], module.RunningMean);
        Expect.Numbers([1, 1], module.RunningVar);
        Expect.Numbers([0], module.NumBatchesTracked);
        Assert.True(module.training);
        Assert.All(module.parameters(), parameter => Assert.True(parameter.requires_grad));
    }

    [Fact]
    public void The_default_type_is_that_of_new_tensors()
    {
        using var module = new BatchNorm1d(2);

        Assert.Equal(get_default_dtype(), module.Weight!.dtype);
        Assert.Equal((1e-5, 0.1, true, true, BatchNormForm.Composite), (module.Eps, module.Momentum, module.Affine, module.TrackRunningStats, module.Form));
    }

    [Theory]
    [InlineData(ScalarType.Float32, ScalarType.Float64)]
    [InlineData(ScalarType.Float64, ScalarType.Float32)]
    public void Moving_to_another_type_moves_parameters_and_statistics_but_not_the_count(ScalarType from, ScalarType to)
    {
        using var scope = NewDisposeScope();
        foreach (var form in Enum.GetValues<BatchNormForm>())
        {
            using var module = (BatchNorm)new Norms(2).Own(2, form, from);
            var batch = tensor(new[] { 1.0, 2, 3, 8 }, [2, 2]);
            module.call(batch.to_type(from));

            module.to(to);

            Assert.Equal([to, to, to, to, ScalarType.Int64], module.state_dict().Values.Select(tensor => tensor.dtype));
            Assert.Equal(to, module.RunningMean!.dtype);
            Expect.Numbers([0.2, 0.5], module.RunningMean, 6);
            Expect.Numbers([1.1, 2.7], module.RunningVar, 6);
            // What was moved is what is trained on from here.
            Assert.Equal(to, module.call(batch.to_type(to)).dtype);
            Expect.Numbers([0.38, 0.95], module.RunningMean, 6);
            Expect.Numbers([0.38, 0.95], module.get_buffer("running_mean"), 6);
            Expect.Numbers([2], module.NumBatchesTracked);
            module.call(batch.to_type(to).requires_grad_()).sum().backward();
            Assert.Equal(to, module.Weight!.grad!.dtype);
        }
    }

    [Theory]
    [InlineData(2, "BatchNorm1d(3, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True)")]
    [InlineData(4, "BatchNorm2d(3, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True)")]
    [InlineData(5, "BatchNorm3d(3, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True)")]
    public void It_prints_as_PyTorch_prints_it(int rank, string printed)
    {
        using var module = new Norms(3).Own(rank);

        Assert.Equal(printed, module.ToString());
    }

    [Fact]
    public void Every_setting_is_printed()
    {
        using var module = new Norms(7, 0.5, null, false, false).Own(2);

        Assert.Equal("BatchNorm1d(7, eps=0.5, momentum=None, affine=False, track_running_stats=False)", module.ToString());
    }

    [Fact]
    public void A_sequence_passes_on_training_evaluation_type_and_state()
    {
        using var scope = NewDisposeScope();
        var norm = new BatchNorm1d(3);
        using var sequence = nn.Sequential(("linear", nn.Linear(2, 3)), ("inner", nn.Sequential(("norm", norm), ("relu", nn.ReLU()))));

        sequence.eval();
        Assert.False(norm.training);
        sequence.train();
        Assert.True(norm.training);
        sequence.to(ScalarType.Float64);
        Assert.Equal(ScalarType.Float64, norm.RunningVar!.dtype);
        sequence.call(randn([4, 2], ScalarType.Float64));

        Assert.Equal(1, norm.NumBatchesTracked!.item<long>());
        Assert.Equal(
            ["linear.weight", "linear.bias", "inner.norm.weight", "inner.norm.bias", "inner.norm.running_mean", "inner.norm.running_var", "inner.norm.num_batches_tracked"],
            sequence.state_dict().Keys);
    }

    [Fact]
    public void Its_state_loads_into_torch_nn_and_back() => Law.Holds(sample =>
    {
        using var own = new Norms(4).Own(2).WithParameters(sample).WithStatistics(sample);
        own.call(sample.Batch([5, 4], float64));
        using var torch = new Norms(4).Torch(2);
        using var again = new Norms(4).Own(2, BatchNormForm.ClosedForm);

        torch.load_state_dict(own.state_dict());
        again.load_state_dict(torch.state_dict());
        foreach (var module in new nn.Module[] { own, torch, again }) module.eval();

        var input = sample.Batch([5, 4], float64);
        Expect.Same(again.call(input), own.call(input));
        Expect.Close(torch.call(input), own.call(input), 1e-13);
        Expect.Same(again.NumBatchesTracked, own.NumBatchesTracked);
    }, samples: 5);

    [Fact]
    public void Zero_gradients_are_no_gradients()
    {
        using var scope = NewDisposeScope();
        using var module = new Norms(2).Own(2);
        module.call(randn([3, 2], float64)).sum().backward();
        Assert.NotNull(module.Weight!.grad);

        module.zero_grad();

        Assert.Null(module.Weight!.grad);
    }
}
