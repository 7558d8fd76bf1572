using TorchRef.Normalization;
using TorchRef.Tests.Support;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using BatchNorm = TorchRef.Normalization.BatchNorm;

namespace TorchRef.Tests.Normalization;

/// <summary>Settings of a batch normalisation, and both who can be built from them: TorchRef's and torch.nn's.</summary>
internal sealed record Norms(long Features, double Eps = 1e-5, double? Momentum = 0.1, bool Affine = true, bool Tracking = true)
{
    /// <summary>The hand-written module that takes input of that rank.</summary>
    public BatchNorm Own(int rank, BatchNormForm form = BatchNormForm.Composite, ScalarType dtype = ScalarType.Float64) => rank switch
    {
        4 => new TorchRef.Normalization.BatchNorm2d(Features, Eps, Momentum, Affine, Tracking, form, dtype: dtype),
        5 => new TorchRef.Normalization.BatchNorm3d(Features, Eps, Momentum, Affine, Tracking, form, dtype: dtype),
        _ => new TorchRef.Normalization.BatchNorm1d(Features, Eps, Momentum, Affine, Tracking, form, dtype: dtype),
    };

    /// <summary>torch.nn's module; the element type by conversion, since the factory's argument reaches the counter in some versions.</summary>
    public nn.Module<Tensor, Tensor> Torch(int rank, ScalarType dtype = ScalarType.Float64)
    {
        var momentum = Momentum ?? 0.1;
        NormBase module = rank switch
        {
            4 => nn.BatchNorm2d(Features, Eps, momentum, Affine, Tracking),
            5 => nn.BatchNorm3d(Features, Eps, momentum, Affine, Tracking),
            _ => nn.BatchNorm1d(Features, Eps, momentum, Affine, Tracking),
        };
        module.momentum = Momentum;
        return module.to(dtype);
    }
}

internal static class NormExtensions
{
    /// <summary>γ and β away from 1 and 0, which hide faults.</summary>
    public static BatchNorm WithParameters(this BatchNorm module, Sampler sample)
    {
        if (!module.Affine) return module;
        using var noGraph = no_grad();
        module.Weight!.copy_(sample.Normal([module.NumFeatures], module.Weight.dtype, 1, 0.4)); // [C]
        module.Bias!.copy_(sample.Normal([module.NumFeatures], module.Bias.dtype)); // [C]
        return module;
    }

    /// <summary>Running statistics away from 0 and 1.</summary>
    public static BatchNorm WithStatistics(this BatchNorm module, Sampler sample)
    {
        if (!module.TrackRunningStats) return module;
        using var noGraph = no_grad();
        module.RunningMean!.copy_(sample.Normal([module.NumFeatures], module.RunningMean.dtype)); // [C]
        module.RunningVar!.copy_(sample.Normal([module.NumFeatures], module.RunningVar.dtype).square() + 0.5); // [C]
        return module;
    }

    /// <summary>Copies the state of one module into another, name by name.</summary>
    public static void CopyStateFrom(this nn.Module target, nn.Module source)
    {
        using var noGraph = no_grad();
        var values = source.state_dict();
        foreach (var (name, tensor) in target.state_dict()) tensor.copy_(values[name]);
    }

    /// <summary>All dimensions but the channel's.</summary>
    public static long[] Reduced(this Tensor tensor) => [.. Enumerable.Range(0, (int)tensor.dim()).Where(i => i != 1).Select(i => (long)i)];

    /// <summary>(C) → (1, C, 1, …), to broadcast over a tensor.</summary>
    public static Tensor Along(this Tensor values, Tensor like) => values.view([1, values.numel(), .. Enumerable.Repeat(1L, (int)like.dim() - 2)]);
}
