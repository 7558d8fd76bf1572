using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchRef.Normalization;

/// <summary>
/// Folds the batch normalisation that follows a linear layer or a convolution into its weight and bias: in evaluation both
/// are affine, and so is one after the other.
/// </summary>
/// <remarks>
/// <para>W′ = W·scale, row by row of output channels, b′ = b·scale + shift; scale = γ/√(running_var + ε), shift = β − running_mean·scale.</para>
/// <para>
/// The result is a new module in evaluation mode that shares nothing with the two it replaces. Its output equals theirs up to
/// round-off. The normalisation must be in evaluation mode, since in training it isn't affine, and must keep
/// running statistics. A layer without bias gets one.
/// </para>
/// </remarks>
public static class BatchNormFolding
{
    /// <summary>Folds a batch normalisation into the linear layer before it.</summary>
    /// <param name="linear">The layer before, of C outputs.</param>
    /// <param name="norm">Batch normalisation of C channels, in evaluation mode.</param>
    /// <exception cref="ArgumentException">The normalisation is in training mode, keeps no running statistics, or has other channels or another type.</exception>
    public static Linear Fold(Linear linear, BatchNorm norm) => Fold(linear, StateOf(norm));

    /// <inheritdoc cref="Fold(Linear, BatchNorm)"/>
    public static Linear Fold(Linear linear, TorchSharp.Modules.BatchNorm norm) => Fold(linear, StateOf(norm));

    /// <summary>Folds a batch normalisation into the convolution before it.</summary>
    /// <param name="convolution">The layer before, of C output channels.</param>
    /// <param name="norm">Batch normalisation of C channels, in evaluation mode.</param>
    /// <exception cref="ArgumentException">The normalisation is in training mode, keeps no running statistics, or has other channels or another type.</exception>
    public static Conv1d Fold(Conv1d convolution, BatchNorm norm) => Fold(convolution, StateOf(norm));

    /// <inheritdoc cref="Fold(Conv1d, BatchNorm)"/>
    public static Conv1d Fold(Conv1d convolution, TorchSharp.Modules.BatchNorm norm) => Fold(convolution, StateOf(norm));

    /// <inheritdoc cref="Fold(Conv1d, BatchNorm)"/>
    public static Conv2d Fold(Conv2d convolution, BatchNorm norm) => Fold(convolution, StateOf(norm));

    /// <inheritdoc cref="Fold(Conv1d, BatchNorm)"/>
    public static Conv2d Fold(Conv2d convolution, TorchSharp.Modules.BatchNorm norm) => Fold(convolution, StateOf(norm));

    private static Linear Fold(Linear linear, BatchNormState norm)
    {
        var weight = linear.weight!;
        var (foldedWeight, foldedBias) = Fold(weight, linear.bias, norm); // [C, inputs], [C]
        return InEvaluation(nn.Linear(new Parameter(foldedWeight, weight.requires_grad), new Parameter(foldedBias, weight.requires_grad)));
    }

    private static Conv1d Fold(Conv1d convolution, BatchNormState norm)
    {
        var weight = convolution.weight!;
        var (foldedWeight, foldedBias) = Fold(weight, convolution.bias, norm); // [C, inputs/groups, kernel], [C]
        var (kernel, stride, dilation) = (convolution.kernel_size[0], convolution.stride[0], convolution.dilation[0]);
        var folded = convolution.padding_type is { } type
            ? nn.Conv1d(convolution.in_channels, convolution.out_channels, kernel, type, stride, dilation, convolution.padding_mode, convolution.groups, true, weight.device, weight.dtype)
            : nn.Conv1d(convolution.in_channels, convolution.out_channels, kernel, stride, convolution.padding![0], dilation, convolution.padding_mode, convolution.groups, true, weight.device, weight.dtype);
        return InEvaluation(Give(folded, foldedWeight, foldedBias, weight.requires_grad));
    }

    private static Conv2d Fold(Conv2d convolution, BatchNormState norm)
    {
        var weight = convolution.weight!;
        var (foldedWeight, foldedBias) = Fold(weight, convolution.bias, norm); // [C, inputs/groups, height, width], [C]
        var (kernel, stride, dilation) = (Pair(convolution.kernel_size), Pair(convolution.stride), Pair(convolution.dilation));
        var folded = convolution.padding_type is { } type
            ? nn.Conv2d(convolution.in_channels, convolution.out_channels, kernel, type, stride, dilation, convolution.padding_mode, convolution.groups, true, weight.device, weight.dtype)
            : nn.Conv2d(convolution.in_channels, convolution.out_channels, kernel, stride, Pair(convolution.padding!), dilation, convolution.padding_mode, convolution.groups, true, weight.device, weight.dtype);
        return InEvaluation(Give(folded, foldedWeight, foldedBias, weight.requires_grad));
    }

    private static (Tensor weight, Tensor bias) Fold(Tensor weight, Tensor? bias, BatchNormState norm)
    {
        if (norm.Channels != weight.shape[0])
            throw new ArgumentException($"the channels of the normalisation are the outputs of the layer before it: expected {weight.shape[0]} but got {norm.Channels}");
        if (norm.Mean.dtype != weight.dtype)
            throw new ArgumentException($"the layer and its normalisation must be of one type: expected {weight.dtype} but got {norm.Mean.dtype}");
        using var noGraph = no_grad();
        using var scope = NewDisposeScope();
        var (scale, shift) = norm.ToAffine();                           // [C], [C]
        var rows = new long[weight.dim()];
        Array.Fill(rows, 1);
        rows[0] = norm.Channels;
        var foldedWeight = weight * scale.view(rows);                   // as the weight
        var foldedBias = bias is null ? shift : bias * scale + shift;   // [C]
        return (foldedWeight.MoveToOuterDisposeScope(), foldedBias.MoveToOuterDisposeScope());
    }

    private static BatchNormState StateOf(BatchNorm norm)
    {
        RequireEvaluation(norm);
        return BatchNormState.Of(norm);
    }

    private static BatchNormState StateOf(TorchSharp.Modules.BatchNorm norm)
    {
        RequireEvaluation(norm);
        return BatchNormState.Of(norm);
    }

    private static void RequireEvaluation(nn.Module norm)
    {
        if (norm.training) throw new ArgumentException("batch normalisation is affine in evaluation only: expected a module in evaluation mode but got one in training mode");
    }

    private static T Give<T>(T convolution, Tensor weight, Tensor bias, bool learns)
        where T : Convolution
    {
        convolution.weight = new Parameter(weight, learns);
        convolution.bias = new Parameter(bias, learns);
        return convolution;
    }

    private static T InEvaluation<T>(T module)
        where T : nn.Module
    {
        module.eval();
        return module;
    }

    private static (long, long) Pair(long[] sizes) => (sizes[0], sizes[1]);
}
