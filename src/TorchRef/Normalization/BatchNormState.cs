using static TorchSharp.torch;

namespace TorchRef.Normalization;

/// <summary>What evaluation needs of a batch normalisation, whoever wrote it. The tensors are the module's own.</summary>
internal readonly record struct BatchNormState(Tensor Mean, Tensor Variance, Tensor? Weight, Tensor? Bias, double Eps)
{
    public long Channels => Mean.numel();

    public static BatchNormState Of(BatchNorm module)
    {
        if (module.RunningMean is not { } mean || module.RunningVar is not { } variance) throw Untracked();
        return new BatchNormState(mean, variance, module.Weight, module.Bias, module.Eps);
    }

    public static BatchNormState Of(TorchSharp.Modules.BatchNorm module)
    {
        if (module.running_mean is not { } mean || module.running_var is not { } variance) throw Untracked();
        return new BatchNormState(mean, variance, module.weight, module.bias, module.eps);
    }

    /// <summary>Evaluation as y = x·scale + shift: scale = γ/√(variance + ε), shift = β − mean·scale, (C) each.</summary>
    public (Tensor scale, Tensor shift) ToAffine()
    {
        var scale = ChannelStatistics.InverseDeviation(Variance, Eps);  // [C]
        if (Weight is not null) scale = scale * Weight;                 // [C]
        var shift = -(Mean * scale);                                    // [C]
        if (Bias is not null) shift = shift + Bias;                     // [C]
        return (scale, shift);
    }

    private static ArgumentException Untracked() =>
        new("running statistics are what evaluation is made of: expected a module that tracks them but got one that doesn't");
}
