using TorchRef.Checks;
using static TorchSharp.torch;

namespace TorchRef.Tests.Checks.Gradients;

public sealed class StateTests
{
    [Fact]
    public void A_module_leaves_the_check_as_it_came()
    {
        using var scope = NewDisposeScope();
        var drop = nn.Dropout(0.4);
        var module = nn.Sequential(("norm", nn.BatchNorm1d(3, dtype: float64)), ("drop", drop), ("linear", nn.Linear(3, 2, dtype: float64)));
        drop.eval();
        var input = Forged.Normal(1, 6, 3);
        module.call(input).sum().backward();
        var before = module.state_dict().ToDictionary(named => named.Key, named => named.Value.clone());
        var gradients = module.parameters().Select(parameter => parameter.grad!.clone()).ToArray();
        var (kept, generator) = (input.clone(), get_rng_state());

        GradCheck.Run(module, input, new GradCheckOptions { Order = 2 });

        Assert.All(module.state_dict(), named => Assert.True(named.Value.Equals(before[named.Key]), named.Key));
        Assert.All(module.parameters().Zip(gradients), pair => Assert.True(pair.First.grad!.Equals(pair.Second)));
        Assert.True(input.Equals(kept));
        Assert.True(get_rng_state().Equals(generator));
        Assert.True(module.training);
        Assert.False(drop.training);
    }

    [Fact]
    public void Dropout_is_checked_with_the_same_mask_each_time()
    {
        using var scope = NewDisposeScope();
        var report = GradCheck.Run(nn.Dropout(0.5), Forged.Normal(2, 5, 4));
        Assert.True(report.Verdict == Verdict.Pass, report.ToString());
    }

    [Fact]
    public void A_hidden_counter_is_named_for_what_it_is()
    {
        using var scope = NewDisposeScope();
        var calls = 0;
        var report = GradCheck.Run(Forged.Right(x => x * ++calls), [Forged.Normal(3, 4)]);
        Assert.Equal((Verdict.Fail, Cause.NotReplayable), (report.Verdict, report.Diagnosis.Cause));
        Assert.Contains("forward isn't replayable", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_input_changed_in_place_is_named_and_the_callers_is_spared()
    {
        using var scope = NewDisposeScope();
        var input = Forged.Normal(4, 4);
        var kept = input.clone();
        var report = GradCheck.Run(Forged.Right(x => x.mul_(2)), [input]);
        Assert.Equal((Verdict.Fail, Cause.InputChanged), (report.Verdict, report.Diagnosis.Cause));
        Assert.True(input.Equals(kept));
    }

    [Fact]
    public void Outputs_that_are_cut_off_the_graph_are_named()
    {
        using var scope = NewDisposeScope();
        var report = GradCheck.Run(Forged.Right(x => x.exp().detach()), [Forged.Normal(5, 4)]);
        Assert.Equal((Verdict.Fail, Cause.NoGradient), (report.Verdict, report.Diagnosis.Cause));
    }

    [Fact]
    public void Float32_is_converted_for_the_check_and_back_or_refused()
    {
        using var scope = NewDisposeScope();
        var module = nn.Linear(3, 2);
        var weight = module.weight!.clone();
        var report = GradCheck.Run(module, randn(4, 3));
        Assert.True(report.Verdict == Verdict.Pass, report.ToString());
        Assert.Contains(report.Findings, finding => finding.Cause == Cause.LowPrecisionInput);
        Assert.True(module.weight!.Equals(weight));
        Assert.Equal(ScalarType.Float32, module.weight!.dtype);
        var refused = GradCheck.Run(module, randn(4, 3), new GradCheckOptions { PromoteToFloat64 = false });
        Assert.Equal((Verdict.Inconclusive, Cause.LowPrecisionInput), (refused.Verdict, refused.Diagnosis.Cause));
    }

    [Fact]
    public void What_forward_throws_reaches_the_caller_and_state_is_put_back()
    {
        using var scope = NewDisposeScope();
        var generator = get_rng_state();
        Assert.Throws<InvalidOperationException>(() => GradCheck.Run(Forged.Right(_ => throw new InvalidOperationException("mine")), [Forged.Normal(6, 2)]));
        Assert.True(get_rng_state().Equals(generator));
    }

    [Fact]
    public void A_check_can_be_stopped_and_state_is_put_back()
    {
        using var scope = NewDisposeScope();
        using var stop = new CancellationTokenSource();
        var module = nn.BatchNorm1d(3, dtype: float64);
        var calls = 0;
        Assert.Throws<OperationCanceledException>(() => GradCheck.Run(
            inputs => { if (++calls == 20) stop.Cancel(); return [module.call(inputs[0])]; }, [Forged.Normal(7, 5, 3)], new GradCheckOptions { Cancellation = stop.Token }));
        Assert.InRange(calls, 20, 21);
    }

    [Fact]
    public void Checks_leave_no_tensor_behind()
    {
        using var scope = NewDisposeScope();
        var module = nn.BatchNorm1d(3, dtype: float64);
        var input = Forged.Normal(8, 5, 3);
        GradCheck.Run(module, input, new GradCheckOptions { Order = 2 });
        // What other tests left to the collector would be missed from the count.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        // What other tests left to finalisers would be missing from the second count.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = Tensor.TotalCount;
        for (var i = 0; i < 30; i++) GradCheck.Run(module, input, new GradCheckOptions { Order = 2 });
        Assert.Equal(before, Tensor.TotalCount);
        for (var i = 0; i < 10; i++) GradCheck.Run(Forged.Of(x => x.exp(), x => x.exp() * 2), [input]);
        for (var i = 0; i < 10; i++) GradCheck.Run(Forged.Right(x => x.relu()), [input], new GradCheckOptions { Mode = GradCheckMode.Fast });
        Assert.Equal(before, Tensor.TotalCount);
    }
}
