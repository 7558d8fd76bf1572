using TorchRef.Interop.Checkpoints;
using TorchRef.Optimization;
using static TorchSharp.torch;
using OptimizerHelper = TorchSharp.Modules.OptimizerHelper;
using Parameter = TorchSharp.Modules.Parameter;

namespace TorchRef.Interop.Tests.Checkpoints.Support;

/// <summary>Optimisers after some steps on the same two parameters, each with the optimiser of Python's that takes its state.</summary>
internal static class Optimizers
{
    public static IEnumerable<Specimen> OfTorchRef()
    {
        yield return Own("own_sgd", p => new SGD(p, 0.1), "torch.optim.SGD(parameters, 1)");
        yield return Own("own_sgd_momentum", p => new SGD(p, 0.1, momentum: 0.9, dampening: 0.25, weight_decay: 0.01), "torch.optim.SGD(parameters, 1)");
        yield return Own("own_momentum", p => new Momentum(p, 0.1), null);
        yield return Own("own_nesterov", p => new Nesterov(p, 0.1), null);
        yield return Own("own_adagrad", p => new AdaGrad(p, 0.1, lr_decay: 0.01), "torch.optim.Adagrad(parameters)");
        yield return Own("own_rmsprop", p => new RMSprop(p, momentum: 0.5, centered: true), "torch.optim.RMSprop(parameters)");
        yield return Own("own_adam", p => new Adam(p, amsgrad: true), "torch.optim.Adam(parameters)");
        yield return Own("own_adamw", p => new AdamW([(p.Take(1), new AdamWOptions(lr: 0.5)), (p.Skip(1), new AdamWOptions(weight_decay: 0))]), "torch.optim.AdamW([{'params': parameters[:1]}, {'params': parameters[1:]}])");
    }

    public static IEnumerable<Specimen> OfTorch()
    {
        yield return Torch("torch_sgd", p => optim.SGD(p, 0.1), "torch.optim.SGD(parameters, 1)");
        yield return Torch("torch_sgd_momentum", p => optim.SGD(p, 0.1, momentum: 0.9, nesterov: true), "torch.optim.SGD(parameters, 1)");
        yield return Torch("torch_adam", p => optim.Adam(p, 0.01, amsgrad: true), "torch.optim.Adam(parameters)");
        yield return Torch("torch_adamw", p => optim.AdamW(p, 0.01, weight_decay: 0.1), "torch.optim.AdamW(parameters)");
        yield return Torch("torch_adamax", p => optim.Adamax(p), "torch.optim.Adamax(parameters)");
        yield return Torch("torch_nadam", p => optim.NAdam(p), "torch.optim.NAdam(parameters)");
        yield return Torch("torch_radam", p => optim.RAdam(p), "torch.optim.RAdam(parameters)");
        yield return Torch("torch_rmsprop", p => optim.RMSProp(p, momentum: 0.5, centered: true), "torch.optim.RMSprop(parameters)");
        yield return Torch("torch_adagrad", p => optim.Adagrad(p, 0.1), "torch.optim.Adagrad(parameters)");
        yield return Torch("torch_adadelta", p => optim.Adadelta(p), "torch.optim.Adadelta(parameters)");
        yield return Torch("torch_rprop", p => optim.Rprop(p), "torch.optim.Rprop(parameters)");
        yield return Torch("torch_asgd", p => optim.ASGD(p), "torch.optim.ASGD(parameters)");
    }

    public static List<Parameter> Parameters() => [new Parameter(arange(6, dtype: float32).div(7).reshape(3, 2)), new Parameter(arange(3, dtype: float32).div(3))];

    /// <summary>Gives the parameters gradients that depend on them, and takes a step.</summary>
    public static void Step(IReadOnlyList<Parameter> parameters, Action step)
    {
        foreach (var parameter in parameters) parameter.grad = parameter.detach().add(1).cos();
        step();
    }

    private static Specimen Own(string name, Func<List<Parameter>, Optimizer> make, string? python)
    {
        var parameters = Parameters();
        var optimizer = make(parameters);
        for (var step = 0; step < 3; step++) Step(parameters, optimizer.step);
        return Of(name, path => Checkpoint.Save(optimizer, path), python);
    }

    private static Specimen Torch(string name, Func<List<Parameter>, OptimizerHelper> make, string python)
    {
        var parameters = Parameters();
        var optimizer = make(parameters);
        for (var step = 0; step < 3; step++) Step(parameters, () => optimizer.step());
        return Of(name, path => Checkpoint.Save(optimizer, path), python);
    }

    private static Specimen Of(string name, Action<string> save, string? python)
    {
        using var folder = new Folder();
        save(folder["state.pth"]);
        return new Specimen(name, Checkpoint.LoadObject(folder["state.pth"]), save) { Optimizer = python, IsSafe = false };
    }
}
