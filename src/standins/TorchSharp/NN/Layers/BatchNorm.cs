using TorchSharp.Engine;

namespace TorchSharp.Modules;

/// <summary>Batch normalisation, by PyTorch's rules for which statistics count when.</summary>
public abstract class BatchNorm : NormBase
{
    public BatchNorm(long num_features, double eps, double momentum, bool affine, bool track_running_stats, torch.Device? device, torch.ScalarType? dtype, string name)
        : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, name)
    {
    }

    public override torch.Tensor forward(torch.Tensor input)
    {
        ValidateInputDimensions(input);
        var factor = momentum ?? 0;
        if (training && track_running_stats && num_batches_tracked is { } batches)
        {
            using (torch.no_grad()) Op.RunInPlace("add_.Scalar", batches, 1);
            factor = momentum ?? 1.0 / batches.item<long>();
        }
        var ofBatch = training || (running_mean is null && running_var is null);
        var tracked = !training || track_running_stats;
        return torch.nn.functional.batch_norm(input, tracked ? running_mean : null, tracked ? running_var : null, weight, bias, ofBatch, factor, eps);
    }
}

public sealed class BatchNorm1d : BatchNorm
{
    internal BatchNorm1d(long features, double eps, double momentum, bool affine, bool track, torch.Device? device, torch.ScalarType? dtype)
        : base(features, eps, momentum, affine, track, device, dtype, nameof(BatchNorm1d))
    {
    }

    protected override void ValidateInputDimensions(torch.Tensor input) => RequireRank(input, "2D or 3D", 2, 3);
}

public sealed class BatchNorm2d : BatchNorm
{
    internal BatchNorm2d(long features, double eps, double momentum, bool affine, bool track, torch.Device? device, torch.ScalarType? dtype)
        : base(features, eps, momentum, affine, track, device, dtype, nameof(BatchNorm2d))
    {
    }

    protected override void ValidateInputDimensions(torch.Tensor input) => RequireRank(input, "4D", 4);
}

public sealed class BatchNorm3d : BatchNorm
{
    internal BatchNorm3d(long features, double eps, double momentum, bool affine, bool track, torch.Device? device, torch.ScalarType? dtype)
        : base(features, eps, momentum, affine, track, device, dtype, nameof(BatchNorm3d))
    {
    }

    protected override void ValidateInputDimensions(torch.Tensor input) => RequireRank(input, "5D", 5);
}
