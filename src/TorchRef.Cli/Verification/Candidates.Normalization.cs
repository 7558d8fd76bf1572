using TorchRef.Normalization;
using static TorchSharp.torch;

namespace TorchRef.Cli.Verification;

/// <summary>The settings of a layer normalisation that is to be compared.</summary>
internal sealed record LayerNormSettings(long[] Shape, double Eps, bool Affine, bool Bias);

/// <summary>The settings of a group normalisation that is to be compared.</summary>
internal sealed record GroupNormSettings(long Groups, long Channels, double Eps, bool Affine);

/// <summary>The settings of an instance normalisation that is to be compared; its positions have 1, 2 or 3 dimensions.</summary>
internal sealed record InstanceNormSettings(int Dimensions, long Features, double Eps, double? Momentum, bool Affine, bool Tracking);

/// <summary>The settings of a whitening that is to be compared.</summary>
internal sealed record WhiteningSettings(long Features, WhiteningMethod Method, double Eps, double? Momentum);

/// <summary>The settings of a recurrent batch normalisation that is to be compared.</summary>
internal sealed record RecurrentNormSettings(long Features, long MaxLength, double? Momentum);

/// <summary>The settings of a batch-normalised memory that is to be compared.</summary>
internal sealed record LstmSettings(long Inputs, long Hidden, long MaxLength, bool Bias, long Layers = 1);

/// <summary>The normalisations beside batch normalisation.</summary>
internal sealed partial record Candidates
{
    public Func<LayerNormSettings, ScalarType, nn.Module<Tensor, Tensor>> LayerNorm { get; init; } =
        (s, dtype) => new LayerNorm(s.Shape, s.Eps, s.Affine, s.Bias, dtype: dtype);

    public Func<GroupNormSettings, ScalarType, nn.Module<Tensor, Tensor>> GroupNorm { get; init; } =
        (s, dtype) => new GroupNorm(s.Groups, s.Channels, s.Eps, s.Affine, dtype: dtype);

    public Func<InstanceNormSettings, ScalarType, nn.Module<Tensor, Tensor>> InstanceNorm { get; init; } = (s, dtype) => s.Dimensions switch
    {
        1 => new InstanceNorm1d(s.Features, s.Eps, s.Momentum, s.Affine, s.Tracking, dtype: dtype),
        2 => new InstanceNorm2d(s.Features, s.Eps, s.Momentum, s.Affine, s.Tracking, dtype: dtype),
        _ => new InstanceNorm3d(s.Features, s.Eps, s.Momentum, s.Affine, s.Tracking, dtype: dtype),
    };

    public Func<WhiteningSettings, ScalarType, nn.Module<Tensor, Tensor>> Whitening { get; init; } =
        (s, dtype) => new Whitening(s.Features, s.Method, s.Eps, s.Momentum, dtype: dtype);

    public Func<RecurrentNormSettings, ScalarType, nn.Module<Tensor, long, Tensor>> RecurrentBatchNorm { get; init; } =
        (s, dtype) => new RecurrentBatchNorm(s.Features, s.MaxLength, momentum: s.Momentum, dtype: dtype);

    public Func<LstmSettings, ScalarType, nn.Module<Tensor, (Tensor h, Tensor c)?, long, (Tensor h, Tensor c)>> BatchNormLstmCell { get; init; } =
        (s, dtype) => new BatchNormLSTMCell(s.Inputs, s.Hidden, s.MaxLength, s.Bias, dtype: dtype);

    /// <summary>Takes sequences with the batch first.</summary>
    public Func<LstmSettings, ScalarType, nn.Module<Tensor, (Tensor h_0, Tensor c_0)?, (Tensor output, Tensor h_n, Tensor c_n)>> BatchNormLstm { get; init; } =
        (s, dtype) => new BatchNormLSTM(s.Inputs, s.Hidden, s.MaxLength, s.Layers, s.Bias, batch_first: true, dtype: dtype);
}
