using TorchRef.Layers;
using static TorchSharp.torch;

namespace TorchRef.Cli.Ledger;

internal static class InitProbes
{
    private const int Side = 200;

    public static IEnumerable<Probe> All =>
    [
        new("init.xavier_normal_: its distribution", "normal", () => Distribution(weights => nn.init.xavier_normal_(weights)), () => Distribution(weights => Initializers.XavierNormal(weights))),
        new("init.trunc_normal_ to [-0.5, 0.5]: all within", "yes", () =>
        {
            manual_seed(1);
            var weights = nn.init.trunc_normal_(empty(Side, Side), a: -0.5, b: 0.5); // [200, 200]
            return weights.abs().max().item<float>() <= 0.5f && weights.abs().min().item<float>() < 0.1f ? "yes" : "no";
        }),
    ];

    private static string Distribution(Func<Tensor, Tensor> initialise)
    {
        manual_seed(1);
        var weights = initialise(empty(Side, Side));            // [200, 200]
        // A uniform distribution ends at √3 deviations; 40,000 normal values go beyond 3.
        return (weights.abs().max() / weights.std()).item<float>() > 2 ? "normal" : "uniform";
    }
}
