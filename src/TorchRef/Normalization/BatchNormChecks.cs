using TorchRef.Numerics;
using static TorchSharp.torch;

namespace TorchRef.Normalization;

/// <summary>What PyTorch requires of the input of batch normalisation, in its order and with its texts.</summary>
internal static class BatchNormChecks
{
    public static void RequireSeveralValues(Tensor input)
    {
        if (input.shape[1] > 0 && ChannelStatistics.ValuesPerChannel(input) == 1)
            throw new ArgumentException($"Expected more than 1 value per channel when training, got input size {PythonText.Size(input.shape)}");
    }

    public static void RequireFit(Tensor input, Tensor? weight, Tensor? bias, Tensor? runningMean, Tensor? runningVar)
    {
        var channels = input.shape[1];
        foreach (var (tensor, name) in new[] { (runningMean, "running_mean"), (runningVar, "running_var"), (weight, "weight"), (bias, "bias") })
            if (tensor is not null && tensor.numel() != channels)
                throw new ArgumentException($"{name} should contain {channels} elements not {tensor.numel()}");
        if (!input.is_floating_point())
            throw new ArgumentException($"\"batch_norm\" not implemented for '{NameOf(input.dtype)}'");
        RequireOneType(input.dtype, new[] { weight, bias, runningMean, runningVar }.OfType<Tensor>().Select(tensor => tensor.dtype).ToArray());
    }

    private static void RequireOneType(ScalarType input, ScalarType[] state)
    {
        if (state.Length == 0 || state[0] == input) return;
        if (state.Any(type => type != ScalarType.Float32))
            throw new ArgumentException("mixed dtype (CPU): expect parameter to have scalar type of Float");
        if (input is not (ScalarType.BFloat16 or ScalarType.Float16))
            throw new ArgumentException("mixed dtype (CPU): expect input to have scalar type of BFloat16");
    }

    /// <summary>libtorch's own names of element types, which its messages use.</summary>
    private static string NameOf(ScalarType type) => type switch
    {
        ScalarType.Int8 => "Char",
        ScalarType.Int16 => "Short",
        ScalarType.Int32 => "Int",
        ScalarType.Int64 => "Long",
        ScalarType.ComplexFloat32 => "ComplexFloat",
        ScalarType.ComplexFloat64 => "ComplexDouble",
        _ => type.ToString(),
    };
}
