using TorchRef.Normalization;
using TorchRef.Optimization;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace TorchRef.Cli.Verification;

/// <summary>
/// Makes the modules that are verified. The command verifies TorchRef's own; tests put faulty ones in their place, and
/// require that they are found.
/// </summary>
internal sealed partial record Candidates(
    Func<BatchNormSettings, BatchNormForm, ScalarType, nn.Module<Tensor, Tensor>> BatchNorm1d,
    Func<double, nn.Module<Tensor, Tensor>> Dropout,
    Func<DropoutSettings, nn.Module<Tensor, Tensor>> DropoutVariant,
    Func<IReadOnlyList<(IEnumerable<Parameter> parameters, GroupOptions options)>, Optimizer> Optimizer,
    Func<nn.Module, GroupOptions, IReadOnlyList<(IEnumerable<Parameter> parameters, GroupOptions options)>> DecayGroups)
{
    public static Candidates Own { get; } = new(
        (s, form, dtype) => new BatchNorm1d(s.Features, s.Eps, s.Momentum, s.Affine, s.Tracking, form, dtype: dtype),
        p => new Dropout.Dropout(p),
        DropoutVariants.Make,
        OwnOptimizers.Make,
        ParameterGroups.WithoutDecayForBiasesAndNorms);

    public Func<BatchNormSettings, BatchNormForm, ScalarType, nn.Module<Tensor, Tensor>> BatchNorm2d { get; init; } =
        (s, form, dtype) => new BatchNorm2d(s.Features, s.Eps, s.Momentum, s.Affine, s.Tracking, form, dtype: dtype);

    public Func<BatchNormSettings, BatchNormForm, ScalarType, nn.Module<Tensor, Tensor>> BatchNorm3d { get; init; } =
        (s, form, dtype) => new BatchNorm3d(s.Features, s.Eps, s.Momentum, s.Affine, s.Tracking, form, dtype: dtype);

    public Func<BatchNormSettings, BatchNormForm, ScalarType, nn.Module<Tensor, Tensor>> LazyBatchNorm { get; init; } = (s, form, dtype) => s.Dimensions switch
    {
        1 => new LazyBatchNorm1d(s.Eps, s.Momentum, s.Affine, s.Tracking, form, dtype: dtype),
        2 => new LazyBatchNorm2d(s.Eps, s.Momentum, s.Affine, s.Tracking, form, dtype: dtype),
        _ => new LazyBatchNorm3d(s.Eps, s.Momentum, s.Affine, s.Tracking, form, dtype: dtype),
    };

    public Func<BatchNormSettings, long, ScalarType, nn.Module<Tensor, Tensor>> GhostBatchNorm { get; init; } =
        (s, size, dtype) => new GhostBatchNorm(s.Features, size, s.Eps, s.Momentum, s.Affine, s.Tracking, dtype: dtype);

    public Func<TorchSharp.Modules.BatchNorm, nn.Module<Tensor, Tensor>> FrozenBatchNorm { get; init; } = TorchRef.Normalization.FrozenBatchNorm.From;

    public Func<long, BatchNormConvention, ScalarType, nn.Module<Tensor, Tensor>> ConventionalBatchNorm { get; init; } =
        (features, convention, dtype) => new ConventionalBatchNorm(features, convention, dtype: dtype);

    /// <summary>A layer of torch.nn and the normalisation behind it as one layer.</summary>
    public Func<nn.Module<Tensor, Tensor>, TorchSharp.Modules.BatchNorm, nn.Module<Tensor, Tensor>> Folded { get; init; } = (layer, norm) => layer switch
    {
        TorchSharp.Modules.Linear linear => BatchNormFolding.Fold(linear, norm),
        TorchSharp.Modules.Conv1d convolution => BatchNormFolding.Fold(convolution, norm),
        _ => BatchNormFolding.Fold((TorchSharp.Modules.Conv2d)layer, norm),
    };

    /// <summary>Dropout of the study notes, by the ratio.</summary>
    public Func<double, nn.Module<Tensor, Tensor>> ClassicDropout { get; init; } = ratio => new Dropout.ClassicDropout(ratio);

    /// <summary>What it does to its input with a mask that is given.</summary>
    public Func<Tensor, Tensor, Tensor> ClassicDropoutWithMask { get; init; } = TorchRef.Dropout.ClassicDropout.WithMask;

    /// <summary>The mean and standard deviation of several passes: by the network, its input, how many, whether unbiased, and which modules drop.</summary>
    public Func<nn.Module<Tensor, Tensor>, Tensor, int, bool, Func<nn.Module, bool>, (Tensor mean, Tensor deviation)> MonteCarlo { get; init; } =
        (network, input, samples, unbiased, isDropout) => TorchRef.Dropout.MonteCarlo.Predict(network, input, samples, unbiased: unbiased, isDropout: isDropout);

    /// <summary>BatchNorm1d, 2d or 3d, as the settings say.</summary>
    public nn.Module<Tensor, Tensor> BatchNorm(BatchNormSettings settings, BatchNormForm form, ScalarType dtype) => settings.Dimensions switch
    {
        1 => BatchNorm1d(settings, form, dtype),
        2 => BatchNorm2d(settings, form, dtype),
        _ => BatchNorm3d(settings, form, dtype),
    };
}
