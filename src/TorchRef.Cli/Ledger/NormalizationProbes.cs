using TorchRef.Normalization;
using static TorchSharp.torch;
using GroupNorm = TorchRef.Normalization.GroupNorm;

namespace TorchRef.Cli.Ledger;

internal static class NormalizationProbes
{
    public static IEnumerable<Probe> All =>
    [
        new("BatchNorm1d(2, dtype: float64): type of num_batches_tracked", "Int64",
            () => nn.BatchNorm1d(2, dtype: float64).num_batches_tracked!.dtype.ToString(),
            () => new BatchNorm1d(2, dtype: float64).NumBatchesTracked!.dtype.ToString()),
        new("BatchNorm1d: momentum of the constructor may be none", "yes",
            () => AllowsNull(typeof(nn).GetMethods().First(method => method.Name == nameof(nn.BatchNorm1d)).GetParameters()),
            () => AllowsNull(typeof(BatchNorm1d).GetConstructors()[0].GetParameters())),
        new("BatchNorm1d in training on one value per channel, (1, 3)", "throws: Expected more than 1 value per channel when training, got input size torch.Size([1, 3])",
            () => OneValue(nn.BatchNorm1d(3), norm => norm.running_var!), () => OneValue(new BatchNorm1d(3), norm => norm.RunningVar!)),
        new("BatchNorm1d on input of four dimensions", "throws: expected 2D or 3D input (got 4D input)",
            () => Shape(nn.BatchNorm1d(3).call(zeros(2, 3, 4, 5))), () => Shape(new BatchNorm1d(3).call(zeros(2, 3, 4, 5)))),
        new("GroupNorm(1, 2): weight at the start", "1, 1", () => Weight(nn.GroupNorm(1, 2)), () => Weight(new GroupNorm(1, 2))),
        new("GroupNorm on input of two dimensions, (2, 4)", "(2, 4)", () => Shape(nn.GroupNorm(2, 4).call(ones(2, 4))), () => Shape(new GroupNorm(2, 4).call(ones(2, 4)))),
    ];

    private static string AllowsNull(System.Reflection.ParameterInfo[] parameters) =>
        Nullable.GetUnderlyingType(parameters.First(parameter => parameter.Name == "momentum").ParameterType) is null ? "no, a plain double" : "yes";

    private static string OneValue<T>(T norm, Func<T, Tensor> variance) where T : nn.Module<Tensor, Tensor>
    {
        norm.call(ones(1, 3));
        return variance(norm).isnan().any().item<bool>() ? "no error, and running_var becomes NaN" : "no error";
    }

    private static string Weight(nn.Module module) => string.Join(", ", module.get_parameter("weight")!.data<float>().ToArray());

    private static string Shape(Tensor tensor) => $"({string.Join(", ", tensor.shape)})";
}
