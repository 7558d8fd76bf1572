using static TorchSharp.torch;

namespace TorchRef.Checks;

/// <summary>Checks gradients against differences with error bars.</summary>
public static class GradCheck
{
    /// <summary>Checks a function of several tensors.</summary>
    public static GradCheckReport Run(Func<Tensor[], Tensor[]> function, Tensor[] inputs, GradCheckOptions? options = null) => throw new NotSupportedException();

    /// <summary>Checks a module: by its input and all parameters.</summary>
    public static GradCheckReport Run(nn.Module<Tensor, Tensor> module, Tensor input, GradCheckOptions? options = null) => throw new NotSupportedException();
}
