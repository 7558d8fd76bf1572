using TorchRef.Experiments.Data;
using static TorchSharp.torch;

namespace TorchRef.Cli.Verification;

/// <summary>
/// What a small untrained network, 784-100-100, makes of 100 digits: input for batch normalisation that is correlated,
/// sparse and of uneven spread, as random numbers aren't. Computed when it is first asked for.
/// </summary>
internal sealed class DigitActivations(Lazy<DigitData> data, ulong seed) : IDisposable
{
    /// <summary>Columns of the activations.</summary>
    public const int Features = 100;

    private const int Count = 100;
    private Dictionary<string, Tensor>? _values;

    public static IReadOnlyList<string> Names { get; } = ["digits, layer 1", "digits, layer 2", "digits after ReLU"];

    /// <summary>The activations of that name, (100, 100), in float64.</summary>
    public Tensor this[string name] => (_values ??= Compute())[name];

    public void Dispose()
    {
        foreach (var tensor in _values?.Values ?? Enumerable.Empty<Tensor>()) tensor.Dispose();
    }

    private Dictionary<string, Tensor> Compute()
    {
        using var noGraph = no_grad();
        using var scope = NewDisposeScope();
        manual_seed((long)seed);
        using var first = nn.Linear(784, Features, dtype: float64);
        using var second = nn.Linear(Features, Features, dtype: float64);
        var one = first.call(Digits.Images(data.Value, 0, Count)); // [100, 100]
        var active = one.relu();                                // [100, 100]
        var two = second.call(active);                          // [100, 100]
        scope.Detach(one, two, active);
        return Names.Zip([one, two, active]).ToDictionary(pair => pair.First, pair => pair.Second);
    }
}
