using TorchRef.Optimization;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchRef.Tests.Optimization;

/// <summary>Native memory: what an optimiser remembers is all that it keeps.</summary>
public sealed class OptimizerMemoryTests
{
    public static TheoryData<string> Names => Kinds.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Steps_add_nothing_and_disposal_gives_all_back(string name)
    {
        using var parameter = new Parameter(ones([4, 4], float64));
        var before = Tensor.TotalCount;
        var optimizer = Kinds.Make[name]([parameter], 0.1, true);
        Step(optimizer, parameter);
        var afterOne = Tensor.TotalCount;

        for (var step = 0; step < 200; step++) Step(optimizer, parameter);

        Assert.InRange(Tensor.TotalCount - afterOne, long.MinValue, 0);
        optimizer.Dispose();
        Assert.InRange(Tensor.TotalCount - before, long.MinValue, 0);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Saving_and_loading_leave_nothing_behind(string name)
    {
        using var parameter = new Parameter(ones([4, 4], float64));
        using var optimizer = Kinds.Make[name]([parameter], 0.1, true);
        Step(optimizer, parameter);
        var before = Tensor.TotalCount;

        for (var i = 0; i < 20; i++)
        {
            using var state = optimizer.state_dict();
            optimizer.load_state_dict(state);
        }

        Assert.InRange(Tensor.TotalCount - before, long.MinValue, 0);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Memory_outlives_the_scope_that_it_was_made_in(string name)
    {
        using var parameter = new Parameter(ones([4, 4], float64));
        Optimizer optimizer;
        using (NewDisposeScope())
        {
            optimizer = Kinds.Make[name]([parameter], 0.1, true);
            Step(optimizer, parameter);
        }

        Step(optimizer, parameter);
        optimizer.Dispose();
    }

    private static void Step(Optimizer optimizer, Parameter parameter)
    {
        using var scope = NewDisposeScope();
        optimizer.zero_grad();
        parameter.square().sum().backward();
        optimizer.step();
    }
}
