using System.Globalization;
using static TorchSharp.torch;

namespace TorchRef.Cli.Ledger;

internal static class TensorProbes
{
    public static IEnumerable<Probe> All =>
    [
        new("tensor([1, 2, 3]).var(unbiased: false)", "0.667", () => Text(tensor([1.0, 2.0, 3.0]).var(unbiased: false))),
        new("hardtanh of 5 with bounds -1 and 1", "1.000", () => Text(tensor([5.0]).hardtanh(-1, 1))),
        new("elu_ of -1: what the tensor itself becomes", "-0.632", () => Changed(tensor([-1.0]), values => values.elu_(1.0))),
        new("torch.div(7, 2, floor)", "3.000", () => Text(div(tensor([7.0]), tensor([2.0]), RoundingMode.floor))),
        new("tensordot of (2, 3) and (3, 2) over 1 dimension: shape", "(2, 2)", () => Shape(ones(2, 3).tensordot(ones(3, 2), 1))),
        new("baddbmm of 1 (2, 2, 2), 2 and 3: first element", "13.000", () => Text(ones(2, 2, 2).baddbmm(ones(2, 2, 2) * 2, ones(2, 2, 2) * 3).flatten()[0])),
        new("gaussian_nll_loss of 0, 1 and variance 2: gradient by the variance", "0.125", GradientByVariance),
        new("item() of conj(1 + 2i): imaginary part", "-2", () => tensor(new System.Numerics.Complex(1, 2)).conj().item<System.Numerics.Complex>().Imaginary.ToString(CultureInfo.InvariantCulture)),
    ];

    private static string GradientByVariance()
    {
        var variance = tensor([2.0], float64, requires_grad: true);
        nn.functional.gaussian_nll_loss(zeros(1, float64), ones(1, float64), variance).sum().backward();
        return variance.grad is { } gradient ? Text(gradient) : "none";
    }

    private static string Text(Tensor tensor) => tensor.to_type(float64).item<double>().ToString("0.000", CultureInfo.InvariantCulture);

    private static string Shape(Tensor tensor) => $"({string.Join(", ", tensor.shape)})";

    private static string Changed(Tensor tensor, Action<Tensor> change)
    {
        change(tensor);
        return Text(tensor);
    }
}
