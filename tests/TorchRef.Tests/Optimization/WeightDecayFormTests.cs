using TorchRef.Optimization;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Adam = TorchRef.Optimization.Adam;
using AdamW = TorchRef.Optimization.AdamW;
using SGD = TorchRef.Optimization.SGD;

namespace TorchRef.Tests.Optimization;

/// <summary>Weight decay in the loss, in the gradient, and decoupled.</summary>
public sealed class WeightDecayFormTests
{
    [Fact]
    public void One_step_from_1_without_gradient_tells_the_forms_apart()
    {
        Near(0.99, 0, p => new SGD(p, 0.1, weight_decay: 0.1));
        Near(0.99, 0, p => new SGD(p, 0.1, weight_decay: 0.1, decoupled_weight_decay: true));
        Near(0.90, 0, p => new Adam(p, 0.1, weight_decay: 0.1));
        Near(0.99, 0, p => new AdamW(p, 0.1, weight_decay: 0.1));
        Near(0.99, 0, p => new Adam(p, 0.1, weight_decay: 0.1, decoupled_weight_decay: true));
        Near(1 - 0.1 * 0.01, 0, p => new AdamW(p, 0.1));
    }

    [Fact]
    public void Decay_shrinks_while_climbing_too()
    {
        Near(1.19, 2, p => new SGD(p, 0.1, weight_decay: 0.1, maximize: true));
        Near(1.19, 2, p => new SGD(p, 0.1, weight_decay: 0.1, maximize: true, decoupled_weight_decay: true));
        Near(1.19, 2, p => new Momentum(p, 0.1, weight_decay: 0.1, maximize: true));
        Near(1.09, 2, p => new AdamW(p, 0.1, weight_decay: 0.1, maximize: true));
    }

    [Fact]
    public void Decoupled_decay_stays_out_of_the_velocity()
    {
        using var scope = NewDisposeScope();
        var parameter = new Parameter(tensor(new[] { 1.0 }));
        using var optimizer = new SGD([parameter], 0.1, momentum: 0.9, weight_decay: 0.1, decoupled_weight_decay: true);
        for (var step = 0; step < 3; step++)
        {
            parameter.grad = zeros([1], float64);
            optimizer.step();
        }

        Kinds.Near([0], optimizer.MomentumBuffer(parameter)!, 0);
        Kinds.Near([0.99 * 0.99 * 0.99], parameter, 1e-15);
    }

    [Fact]
    public void Adding_makes_a_new_tensor_and_shrinking_works_in_place()
    {
        using var scope = NewDisposeScope();
        var (direction, parameter) = (tensor(new[] { 1.0, 2.0 }), new Parameter(tensor(new[] { 10.0, -10.0 })));

        Kinds.Near([2, 1], WeightDecay.AddTo(direction, parameter, 0.1), 1e-15);
        Kinds.Near([1, 2], direction, 0);
        Assert.Same(direction, WeightDecay.AddTo(direction, parameter, 0));

        WeightDecay.Shrink(parameter, 0.5, 0.1);
        Kinds.Near([9.5, -9.5], parameter, 1e-15);
        Assert.True(parameter.is_leaf);
    }

    private static void Near(double expected, double gradient, Func<Parameter[], Optimizer> make)
    {
        using var scope = NewDisposeScope();
        var parameter = new Parameter(tensor(new[] { 1.0 }));
        using var optimizer = make([parameter]);
        parameter.grad = tensor(new[] { gradient });
        optimizer.step();
        Kinds.Near([expected], parameter, 1e-7);
    }
}
