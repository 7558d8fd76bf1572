using TorchRef.Dropout;
using TorchRef.Numerics;
using static TorchSharp.torch;
using InvertedDropout = TorchRef.Dropout.Dropout;

namespace TorchRef.Tests.Dropout;

/// <summary>The dropouts of torch.nn by name, TorchRef's and torch.nn's own, and what tests of all of them need.</summary>
internal static class DropoutFamily
{
    public static TheoryData<string> Names => ["Dropout", "Dropout1d", "Dropout2d", "Dropout3d", "AlphaDropout", "FeatureAlphaDropout"];

    public static DropoutModule Make(string name, double p = 0.5, bool inplace = false) => name switch
    {
        "Dropout" => new InvertedDropout(p, inplace),
        "Dropout1d" => new Dropout1d(p, inplace),
        "Dropout2d" => new Dropout2d(p, inplace),
        "Dropout3d" => new Dropout3d(p, inplace),
        "AlphaDropout" => new AlphaDropout(p, inplace),
        _ => new FeatureAlphaDropout(p, inplace),
    };

    public static nn.Module<Tensor, Tensor> MakeReference(string name, double p) => name switch
    {
        "Dropout" => nn.Dropout(p),
        "Dropout1d" => nn.Dropout1d(p),
        "Dropout2d" => nn.Dropout2d(p),
        "Dropout3d" => nn.Dropout3d(p),
        "AlphaDropout" => nn.AlphaDropout(p),
        _ => nn.FeatureAlphaDropout(p),
    };

    public static Tensor WithMask(string name, Tensor input, Tensor mask, double p) => name switch
    {
        "Dropout" => InvertedDropout.WithMask(input, mask, p),
        "AlphaDropout" => AlphaDropout.WithMask(input, mask, p),
        "FeatureAlphaDropout" => FeatureAlphaDropout.WithMask(input, mask, p),
        _ => ChannelDropout.WithMask(input, mask, p),
    };

    /// <summary>A batch of the rank for which the module is named.</summary>
    public static long[] ShapeFor(string name) => name switch
    {
        "Dropout1d" => [8, 16, 3],
        "Dropout3d" => [8, 16, 2, 1, 2],
        _ => [8, 16, 2, 2],
    };

    public static Tensor Numbers(long[] shape)
    {
        using var generator = new Generator(7);
        return randn(shape, float64, generator: generator);     // shape
    }

    /// <summary>Same type, shape and bits.</summary>
    public static void Same(Tensor? expected, Tensor? actual)
    {
        Assert.NotNull(expected);
        Assert.NotNull(actual);
        Assert.Equal(0, Difference.RelativeToLargest(actual, expected));
    }

    public static void Near(double expected, Tensor actual, double within) =>
        Assert.InRange(actual.to_type(float64).item<double>(), expected - within, expected + within);
}
