using System.Globalization;
using TorchRef.Layers;
using TorchRef.Normalization;
using static TorchSharp.torch;

namespace TorchRef.Experiments.Models;

/// <summary>A layer of a model: our module for it, and the line that makes PyTorch's.</summary>
/// <param name="Python">What stands in an <c>nn.Sequential</c> in Python, such as <c>nn.Linear(784, 50)</c>.</param>
/// <param name="Create">Makes our module, with the same names in its state dict.</param>
public sealed record ModelLayer(string Python, Func<nn.Module<Tensor, Tensor>> Create)
{
    /// <summary>A fully connected layer.</summary>
    /// <param name="inputs">Size of the input.</param>
    /// <param name="outputs">Size of the output.</param>
    public static ModelLayer Affine(int inputs, int outputs) => new(Line("Linear", $"{inputs}, {outputs}"), () => new Affine(inputs, outputs));

    /// <summary>Batch normalisation of vectors.</summary>
    /// <param name="features">Their size.</param>
    public static ModelLayer BatchNorm(int features) => new(Line("BatchNorm1d", $"{features}"), () => new BatchNorm1d(features, form: BatchNormForm.ClosedForm));

    /// <summary>The rectifier.</summary>
    public static ModelLayer ReLU() => new(Line("ReLU", ""), () => new ReLU());

    /// <summary>Dropout.</summary>
    /// <param name="p">The share that is dropped.</param>
    public static ModelLayer Drop(double p) => new(Line("Dropout", p.ToString(CultureInfo.InvariantCulture)), () => new TorchRef.Dropout.Dropout(p));

    /// <summary>Our modules in a row, whose state dict has the names of an <c>nn.Sequential</c> of PyTorch's: 0.weight, 0.bias, ….</summary>
    /// <param name="layers">The layers.</param>
    public static nn.Module<Tensor, Tensor> Sequence(IReadOnlyList<ModelLayer> layers) => nn.Sequential(layers.Select((layer, place) => ($"{place}", layer.Create())));

    private static string Line(string module, string arguments) => $"nn.{module}({arguments})";
}
