using TorchRef.Numerics;
using static TorchSharp.torch;

namespace TorchRef.Layers;

/// <summary>How weights begin: each fills a tensor in place, outside of any graph, and returns it.</summary>
/// <remarks>
/// <para>
/// A unit with n inputs of spread s and weights of deviation σ has a pre-activation of spread √n·σ·s. With σ = 1/√n the
/// spread stays from layer to layer; a rectifier halves the mean square, so it wants √(2/n). With σ = 1 it grows with
/// every layer, with 0.01 it dies out. A uniform distribution in ±b has the deviation b/√3.
/// </para>
/// <para>
/// Equal to torch.nn.init from the same seed, bit for bit, where that has the same rule. Without a generator the numbers
/// come from the global one. A tensor without elements is left alone.
/// </para>
/// <para>Sources: Glorot and Bengio 2010 (Xavier), He et al. 2015; the gains are PyTorch's.</para>
/// </remarks>
public static class Initializers
{
    /// <summary>How many inputs a unit has and how many units an input goes to.</summary>
    /// <param name="weight">(out, in) of an affine layer, (out, in per group, kernel …) of a convolution.</param>
    /// <returns>in·(product of the kernel), out·(product of the kernel).</returns>
    /// <exception cref="ArgumentException">There are fewer than two dimensions.</exception>
    public static (long fanIn, long fanOut) Fans(Tensor weight)
    {
        var shape = weight.shape;
        if (shape.Length < 2) throw new ArgumentException("Fan in and fan out can not be computed for tensor with fewer than 2 dimensions");
        var kernel = shape[2..].Aggregate(1L, (product, size) => product * size);
        return (shape[1] * kernel, shape[0] * kernel);
    }

    /// <summary>The factor that makes up for what a nonlinearity takes from the spread.</summary>
    /// <remarks>Linear 1, sigmoid 1, tanh 5/3, ReLU √2, leaky ReLU √(2/(1 + slope²)), SELU ¾.</remarks>
    /// <param name="nonlinearity">What comes after the layer.</param>
    /// <param name="negative_slope">Of a leaky ReLU, the slope on the left.</param>
    public static double Gain(Nonlinearity nonlinearity, double negative_slope = 0.01) => nonlinearity switch
    {
        Nonlinearity.Linear or Nonlinearity.Sigmoid => 1,
        Nonlinearity.Tanh => 5.0 / 3,
        Nonlinearity.ReLU => Math.Sqrt(2),
        Nonlinearity.LeakyReLU => Math.Sqrt(2 / (1 + negative_slope * negative_slope)),
        Nonlinearity.SELU => 3.0 / 4,
        _ => throw new ArgumentException($"Unsupported nonlinearity {nonlinearity}"),
    };

    /// <summary>The same value everywhere.</summary>
    public static Tensor Constant(Tensor tensor, double val)
    {
        using var noGraph = no_grad();
        using var scope = NewDisposeScope();
        tensor.fill_(val);
        return tensor;
    }

    /// <summary>0 everywhere. For biases: units whose weights all begin at 0 are alike, and stay so.</summary>
    public static Tensor Zeros(Tensor tensor) => Constant(tensor, 0);

    /// <summary>σ·N(0, 1) + mean, with a standard deviation σ that is given; torch.nn.init.normal_.</summary>
    /// <exception cref="ArgumentException"><paramref name="std"/> is negative or NaN.</exception>
    public static Tensor Normal(Tensor tensor, double std = 1, double mean = 0, Generator? generator = null)
    {
        if (!(std >= 0)) throw new ArgumentException($"normal expects std >= 0.0, but found std {PythonText.Short(std)}");
        using var noGraph = no_grad();
        using var scope = NewDisposeScope();
        tensor.normal_(mean, std, generator);
        return tensor;
    }

    /// <summary>Uniform from <paramref name="a"/> up to, not including, <paramref name="b"/>; torch.nn.init.uniform_.</summary>
    /// <exception cref="ArgumentException"><paramref name="a"/> is greater than <paramref name="b"/>.</exception>
    public static Tensor Uniform(Tensor tensor, double a = 0, double b = 1, Generator? generator = null)
    {
        if (!(a <= b)) throw new ArgumentException($"uniform_ expects to return a [from, to) range, but found from={PythonText.Short(a)} > to={PythonText.Short(b)}");
        using var noGraph = no_grad();
        using var scope = NewDisposeScope();
        tensor.uniform_(a, b, generator);
        return tensor;
    }

    /// <summary>Normal with σ = gain·√(2/(fan_in + fan_out)), between what forward and backward want; torch.nn.init.xavier_normal_.</summary>
    /// <exception cref="ArgumentException">There are fewer than two dimensions, or <paramref name="gain"/> is negative.</exception>
    public static Tensor XavierNormal(Tensor tensor, double gain = 1, Generator? generator = null) =>
        WithElements(tensor, fans => Normal(tensor, XavierDeviation(fans, gain), generator: generator));

    /// <summary>Uniform with the same σ, so in ±√3·σ; torch.nn.init.xavier_uniform_.</summary>
    /// <exception cref="ArgumentException">There are fewer than two dimensions, or <paramref name="gain"/> is negative.</exception>
    public static Tensor XavierUniform(Tensor tensor, double gain = 1, Generator? generator = null) =>
        WithElements(tensor, fans => UniformOfDeviation(tensor, XavierDeviation(fans, gain), generator));

    /// <summary>Normal with σ = √(1/fan_in): Xavier by the inputs alone, as in the code that the study notes retell; the same as <see cref="XavierNormal"/> where a layer is square.</summary>
    /// <exception cref="ArgumentException">There are fewer than two dimensions.</exception>
    public static Tensor XavierFanIn(Tensor tensor, Generator? generator = null) =>
        WithElements(tensor, fans => Normal(tensor, Math.Sqrt(1.0 / fans.fanIn), generator: generator));

    /// <summary>Normal with σ = gain/√fan, for a rectifier √(2/fan_in); torch.nn.init.kaiming_normal_.</summary>
    /// <param name="tensor">What to fill.</param>
    /// <param name="a">Slope on the left of a leaky ReLU; others ignore it.</param>
    /// <param name="mode">Which fan.</param>
    /// <param name="nonlinearity">Decides the gain.</param>
    /// <param name="generator">Where the numbers come from; null is the global one.</param>
    /// <exception cref="ArgumentException">There are fewer than two dimensions.</exception>
    public static Tensor HeNormal(Tensor tensor, double a = 0, FanMode mode = FanMode.In, Nonlinearity nonlinearity = Nonlinearity.LeakyReLU, Generator? generator = null) =>
        WithElements(tensor, fans => Normal(tensor, HeDeviation(fans, a, mode, nonlinearity), generator: generator));

    /// <summary>Uniform with the same σ, so in ±√3·σ; torch.nn.init.kaiming_uniform_.</summary>
    /// <param name="tensor">What to fill.</param>
    /// <param name="a">Slope on the left of a leaky ReLU; others ignore it.</param>
    /// <param name="mode">Which fan.</param>
    /// <param name="nonlinearity">Decides the gain.</param>
    /// <param name="generator">Where the numbers come from; null is the global one.</param>
    /// <exception cref="ArgumentException">There are fewer than two dimensions.</exception>
    public static Tensor HeUniform(Tensor tensor, double a = 0, FanMode mode = FanMode.In, Nonlinearity nonlinearity = Nonlinearity.LeakyReLU, Generator? generator = null) =>
        WithElements(tensor, fans => UniformOfDeviation(tensor, HeDeviation(fans, a, mode, nonlinearity), generator));

    private static Tensor WithElements(Tensor tensor, Func<(long fanIn, long fanOut), Tensor> fill)
    {
        var fans = Fans(tensor);
        return tensor.numel() == 0 ? tensor : fill(fans);
    }

    private static Tensor UniformOfDeviation(Tensor tensor, double deviation, Generator? generator)
    {
        var bound = Math.Sqrt(3) * deviation;
        return Uniform(tensor, -bound, bound, generator);
    }

    private static double XavierDeviation((long fanIn, long fanOut) fans, double gain) => gain * Math.Sqrt(2.0 / (fans.fanIn + fans.fanOut));

    private static double HeDeviation((long fanIn, long fanOut) fans, double a, FanMode mode, Nonlinearity nonlinearity) =>
        Gain(nonlinearity, a) / Math.Sqrt(mode == FanMode.In ? fans.fanIn : fans.fanOut);
}
