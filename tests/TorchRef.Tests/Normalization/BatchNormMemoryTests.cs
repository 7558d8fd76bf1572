using TorchRef.Normalization;
using static TorchSharp.torch;

namespace TorchRef.Tests.Normalization;

/// <summary>Native memory: the garbage collector doesn't see it, so nothing may be left to it.</summary>
public sealed class BatchNormMemoryTests
{
    private const int Steps = 200;

    [Theory]
    [InlineData(BatchNormForm.Composite, true)]
    [InlineData(BatchNormForm.Composite, false)]
    [InlineData(BatchNormForm.ClosedForm, true)]
    [InlineData(BatchNormForm.ClosedForm, false)]
    public void Steps_inside_dispose_scopes_leave_no_tensor_behind(BatchNormForm form, bool training)
    {
        using var module = new Norms(4).Own(2, form);
        module.train(training);
        Step(module);
        var before = Tensor.TotalCount;

        for (var step = 0; step < Steps; step++) Step(module);

        Assert.InRange(Tensor.TotalCount - before, long.MinValue, 0);
    }

    [Theory]
    [InlineData(BatchNormForm.Composite)]
    [InlineData(BatchNormForm.ClosedForm)]
    public void A_forward_leaves_its_output_alone_behind(BatchNormForm form)
    {
        using var module = new Norms(4).Own(2, form);
        using var input = randn([8, 4], float64);
        using var noGraph = no_grad();
        module.call(input).Dispose();
        var before = Tensor.TotalCount;

        using var output = module.call(input);

        Assert.InRange(Tensor.TotalCount - before, long.MinValue, 1);
    }

    [Fact]
    public void A_refused_input_leaves_nothing_behind()
    {
        using var module = new Norms(4).Own(2);
        using var input = ones([1, 4], float64);
        var before = Tensor.TotalCount;

        for (var i = 0; i < 20; i++) Assert.Throws<ArgumentException>(() => module.call(input));

        Assert.InRange(Tensor.TotalCount - before, long.MinValue, 0);
    }

    [Fact]
    public void A_module_outlives_the_scope_that_it_was_made_in()
    {
        BatchNorm module;
        using (NewDisposeScope()) module = new Norms(4).Own(2);

        Assert.All(module.state_dict().Values, tensor => Assert.False(tensor.IsInvalid));
        module.Dispose();
    }

    [Fact]
    public void Disposing_a_module_disposes_its_state()
    {
        var module = new Norms(4).Own(2);
        Tensor[] state = [module.Weight!, module.Bias!, module.RunningMean!, module.RunningVar!, module.NumBatchesTracked!];

        module.Dispose();

        Assert.All(state, tensor => Assert.True(tensor.IsInvalid));
    }

    private static void Step(BatchNorm module)
    {
        using var scope = NewDisposeScope();
        module.zero_grad();
        var input = randn([8, 4], float64).requires_grad_();    // [8, 4]
        module.call(input).square().sum().backward();
        Assert.NotNull(input.grad);
    }
}
