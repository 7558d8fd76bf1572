using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Standins.Tests.NN;

public class GradientClippingTests
{
    private static Parameter With(params float[] gradient)
    {
        var parameter = new Parameter(torch.zeros(gradient.Length));
        parameter.grad = torch.tensor(gradient);
        return parameter;
    }

    [Fact]
    public void Gradients_are_scaled_to_a_common_norm()
    {
        Parameter[] parameters = [With(3, 0), With(4), new(torch.zeros(1))];
        Assert.Equal(5, nn.utils.clip_grad_norm_(parameters, 1), 1e-5);
        Near.Assert(parameters[0].grad!, [0.6, 0]);
        Near.Assert(parameters[1].grad!, [0.8]);
        Assert.Null(parameters[2].grad);
    }

    [Fact]
    public void Smaller_gradients_stay()
    {
        Parameter[] parameters = [With(3, 4)];
        Assert.Equal(7, nn.utils.clip_grad_norm_(parameters, 10, norm_type: 1), 1e-5);
        Near.Assert(parameters[0].grad!, [3, 4]);
    }

    [Fact]
    public void Values_are_cut_off()
    {
        Parameter[] parameters = [With(3, -4, 0.5f)];
        nn.utils.clip_grad_value_(parameters, 1);
        Near.Assert(parameters[0].grad!, [1, -1, 0.5]);
    }

    [Fact]
    public void Parameters_become_a_vector_and_come_back()
    {
        using var layer = nn.Linear(2, 1);
        using var vector = nn.utils.parameters_to_vector(layer.parameters());
        Assert.Equal([3L], vector.shape);
        nn.utils.vector_to_parameters(torch.tensor(new float[] { 1, 2, 3 }), layer.parameters());
        Near.Assert(layer.weight, [1, 2]);
        Near.Assert(layer.bias!, [3]);
        Assert.True(layer.weight.is_leaf);
    }
}
