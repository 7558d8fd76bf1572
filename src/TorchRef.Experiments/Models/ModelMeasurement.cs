using System.Globalization;
using TorchRef.Experiments.Data;
using TorchRef.Experiments.Training;
using TorchRef.Interop.DataViews;
using static TorchSharp.torch;

namespace TorchRef.Experiments.Models;

/// <summary>What a network answers to images.</summary>
/// <param name="Correct">How many it names rightly.</param>
/// <param name="Images">How many it was shown.</param>
/// <param name="NarrowestMargin">The least by which a largest logit exceeds the second: round-off below half of it changes no answer.</param>
public sealed record ModelMeasurement(int Correct, int Images, double NarrowestMargin)
{
    private const int BatchSize = 1000;

    /// <summary>The share that is named rightly.</summary>
    public double Accuracy => (double)Correct / Images;

    /// <summary>Such as <c>9712 of 10000 (97.12 %)</c>.</summary>
    /// <param name="correct">How many are named rightly.</param>
    /// <param name="images">Of how many.</param>
    public static string Text(int correct, int images) => string.Create(CultureInfo.InvariantCulture, $"{correct} of {images} ({100.0 * correct / images:F2} %)");

    /// <inheritdoc/>
    public override string ToString() => Text(Correct, Images);

    /// <summary>Shows all images to a network in evaluation; its mode is restored.</summary>
    /// <param name="network">From (N, pixels) to (N, 10).</param>
    /// <param name="digits">The images.</param>
    /// <param name="device">Where the network is.</param>
    /// <param name="stop">Stops it.</param>
    public static ModelMeasurement Of(nn.Module<Tensor, Tensor> network, DigitSet digits, Device device, CancellationToken stop = default)
    {
        OperatorThreads.Settle();
        var wasTraining = network.training;
        network.eval();
        try
        {
            using var noGraph = no_grad();
            var (correct, margin) = (0, double.PositiveInfinity);
            foreach (var batch in new DataViewBatches(DigitDataView.Of(digits), BatchSize, DigitDataView.Features, DigitDataView.Label) { Device = device })
            {
                stop.ThrowIfCancellationRequested();
                using var scope = NewDisposeScope();
                var (values, classes) = network.call(batch[DigitDataView.Features]).topk(2); // [N, 2] each
                correct += (int)classes.select(1, 0).eq(batch[DigitDataView.Label]).sum().item<long>();
                margin = Math.Min(margin, (values.select(1, 0) - values.select(1, 1)).min().item<float>());
            }
            return new ModelMeasurement(correct, digits.Count, margin);
        }
        finally
        {
            network.train(wasTraining);
        }
    }
}
