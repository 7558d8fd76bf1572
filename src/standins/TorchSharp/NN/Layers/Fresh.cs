using static TorchSharp.Engine.Op;

namespace TorchSharp.Modules;

/// <summary>New tensors for layers. A type that isn't given is the default one.</summary>
internal static class Fresh
{
    public static torch.Tensor Empty(torch.Device? device, torch.ScalarType? dtype, params long[] shape) =>
        Run("empty.memory_format", shape, dtype, Engine.Arg.None, device ?? torch.get_default_device());

    public static torch.Tensor Full(torch.Device? device, torch.ScalarType? dtype, double value, params long[] shape) =>
        RunInPlace("fill_.Scalar", Empty(device, dtype, shape), value);

    /// <summary>A weight as PyTorch's linear and convolutional layers begin: uniform, its bound 1/√(fan in).</summary>
    public static Parameter Weight(torch.Device? device, torch.ScalarType? dtype, params long[] shape)
    {
        var weight = new Parameter(Empty(device, dtype, shape));
        torch.nn.init.kaiming_uniform_(weight, Math.Sqrt(5));
        return weight;
    }

    /// <summary>The bias that goes with such a weight, on its device and of its type.</summary>
    public static Parameter Bias(torch.Tensor weight, long size)
    {
        var bias = new Parameter(Empty(weight.device, weight.dtype, size));
        UniformBias(bias, weight);
        return bias;
    }

    public static void UniformBias(torch.Tensor bias, torch.Tensor weight)
    {
        var (fanIn, _) = torch.nn.init.CalculateFanInAndFanOut(weight);
        var bound = fanIn > 0 ? 1 / Math.Sqrt(fanIn) : 0;
        torch.nn.init.uniform_(bias, -bound, bound);
    }
}
