using TorchRef.Numerics;
using static TorchSharp.torch;

namespace TorchRef.Normalization;

/// <summary>What PyTorch requires of the input of batch normalisation, in its order and with its texts.</summary>
internal static class BatchNormChecks
{
    public static void RequireSeveralValues(Tensor input)
    {
        var shape = input.shape;
        if (shape[1] > 0 && input.numel() == shape[1])
            throw new ArgumentException($"Expected more than 1 value per channel when training, got input size {PythonText.Size(shape)}");
    }

    public static void RequireFit(Tensor input, Tensor? weight, Tensor? bias, Tensor? runningMean, Tensor? runningVar)
    {
        var channels = input.shape[1];
        RequireElements(runningMean, "running_mean", channels);
        RequireElements(runningVar, "running_var", channels);
        RequireElements(weight, "weight", channels);
        RequireElements(bias, "bias", channels);
        if (!input.is_floating_point())
            throw new ArgumentException($"\"batch_norm\" not implemented for '{TypeText.Of(input.dtype)}'");
        if ((weight ?? runningMean) is { } state && state.dtype != input.dtype) RequireLowPrecision(input.dtype, [weight, bias, runningMean, runningVar]);
    }

    private static void RequireElements(Tensor? tensor, string name, long channels)
    {
        if (tensor is not null && tensor.numel() != channels)
            throw new ArgumentException($"{name} should contain {channels} elements not {tensor.numel()}");
    }

    /// <summary>Input of another type than the state must be of low precision, and the state of float32.</summary>
    private static void RequireLowPrecision(ScalarType input, IEnumerable<Tensor?> state)
    {
        if (state.Any(tensor => tensor is not null && tensor.dtype != ScalarType.Float32))
            throw new ArgumentException("mixed dtype (CPU): expect parameter to have scalar type of Float");
        if (input is not (ScalarType.BFloat16 or ScalarType.Float16))
            throw new ArgumentException("mixed dtype (CPU): expect input to have scalar type of BFloat16");
    }
}
