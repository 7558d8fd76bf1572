using TorchRef.Interop.Checkpoints;
using TorchRef.Interop.Tests.Checkpoints.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchRef.Interop.Tests.Checkpoints;

/// <summary>Optimisers that go on where others stopped.</summary>
public sealed class OptimizerTests : IDisposable
{
    private readonly Folder _folder = new();
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose()
    {
        _scope.Dispose();
        _folder.Dispose();
    }

    public static TheoryData<string> Kinds => ["SGD", "Adam", "RMSProp", "Adagrad", "NAdam", "Rprop"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void One_of_TorchSharp_goes_on_bit_for_bit(string kind)
    {
        var (one, other) = (Optimizers.Parameters(), Optimizers.Parameters());
        var (a, b) = (Make(kind, one, 0.1), Make(kind, other, 0.7));
        for (var step = 0; step < 3; step++) Optimizers.Step(one, () => a.step());
        Checkpoint.Save(a, _folder["state.pth"]);
        Checkpoint.Load(b, _folder["state.pth"]);
        using (no_grad())
            foreach (var (from, to) in one.Zip(other)) to.copy_(from);
        Optimizers.Step(one, () => a.step());
        Optimizers.Step(other, () => b.step());
        foreach (var (from, to) in one.Zip(other)) Assert.True(from.Equals(to));
    }

    [Fact]
    public void A_state_that_does_not_fit_changes_nothing()
    {
        var (one, other) = (Optimizers.Parameters(), Optimizers.Parameters().Take(1).ToList());
        var (a, b) = (optim.Adam(one, 0.1), optim.Adam(other, 0.7));
        Optimizers.Step(one, () => a.step());
        Checkpoint.Save(a, _folder["state.pth"]);
        Assert.Contains("doesn't match the size of optimizer's group", Assert.Throws<ArgumentException>(() => Checkpoint.Load(b, _folder["state.pth"])).Message, StringComparison.Ordinal);
        Assert.Equal(0.7, b.ParamGroups.Single().LearningRate);
    }

    [Fact]
    public void A_state_of_Pythons_is_taken()
    {
        var parameters = Optimizers.Parameters();
        var (own, torch) = (new Optimization.Adam(parameters), optim.Adam(parameters));
        Checkpoint.Load(own, Golden.PathOf("adam.pth"));
        Checkpoint.Load(torch, Golden.PathOf("adam.pth"));
        Assert.Equal(0.01, torch.ParamGroups.Single().LearningRate);
        Assert.Equal(3, own.StateOf(parameters[0])!.Steps);
        Assert.True(own.StateOf(parameters[1])!.Find("exp_avg")!.Equals(((TorchSharp.Modules.Adam.State)torch.state_dict().State[1]).exp_avg));
    }

    private static TorchSharp.Modules.OptimizerHelper Make(string kind, List<TorchSharp.Modules.Parameter> parameters, double rate) => kind switch
    {
        "SGD" => optim.SGD(parameters, rate, momentum: 0.9, dampening: 0.5),
        "Adam" => optim.Adam(parameters, rate, amsgrad: true),
        "RMSProp" => optim.RMSProp(parameters, rate, centered: true, momentum: 0.5),
        "Adagrad" => optim.Adagrad(parameters, rate),
        "NAdam" => optim.NAdam(parameters, rate),
        "Rprop" => optim.Rprop(parameters, rate),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
