using static TorchSharp.Engine.Op;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>The step that Adam and AdamW share.</summary>
internal static class AdamRule
{
    // greatest: the greatest squares so far, for amsgrad; else null.
    public static void Apply<TState>(
        Batch<TState> batch, double lr, double beta1, double beta2, double eps, List<Tensor> averages, List<Tensor> squares, List<Tensor>? greatest)
    {
        Lists.Average_(averages, batch.Gradients, beta1);
        Lists.AverageSquares_(squares, batch.Gradients, beta2);
        if (greatest is not null)
            for (var i = 0; i < squares.Count; i++) RunVoid("maximum.out", greatest[i], squares[i], greatest[i]);
        // The averages start at 0; the corrections undo that.
        var correction1 = 1 - Math.Pow(beta1, batch.Step);
        var correction2 = 1 - Math.Pow(beta2, batch.Step);
        var denominators = Lists.SqrtPlus(greatest ?? squares, eps, correction2);
        Lists.AddQuotient_(batch.Parameters, averages, denominators, -lr / correction1);
    }
}
