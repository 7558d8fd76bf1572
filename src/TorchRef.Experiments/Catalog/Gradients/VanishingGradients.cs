using TorchRef.Experiments.Running;
using TorchRef.Layers;
using TorchRef.Normalization;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace TorchRef.Experiments.Catalog.Gradients;

/// <summary>How gradients shrink on their way back, by depth and activation, with and without batch normalisation.</summary>
/// <remarks>
/// Fully connected layers of 100 units on 100 inputs from N(0, 1); softmax cross-entropy of 100 random classes, so that all
/// layers are of one size; one backward pass, no training. A gradient's size is the root mean square of ∂L/∂W of a layer.
/// </remarks>
internal sealed class VanishingGradients : IExperiment
{
    private const int Units = 100;
    private const int Samples = 100;

    public static readonly IReadOnlyList<int> Depths = [2, 5, 10, 20];

    public static readonly IReadOnlyList<(string Name, double Std, Func<Activation> Make)> Functions =
    [
        ("sigmoid, Xavier", Math.Sqrt(1.0 / Units), () => new Sigmoid()),
        ("tanh, Xavier", Math.Sqrt(1.0 / Units), () => new Tanh()),
        ("ReLU, He", Math.Sqrt(2.0 / Units), () => new ReLU()),
    ];

    public string Name => "vanishing-gradients";

    public string Description => "how gradients shrink on their way back through 2 to 20 layers, by activation, with and without batch normalisation";

    public RequestParts Uses => RequestParts.Seeds | RequestParts.Device;

    public static string Key(ulong seed, string function, bool normalized, int depth) => $"seed {seed}/{function}{(normalized ? ", BN" : "")}/depth {depth}/rms of ∂L/∂W";

    public ExperimentPlan Plan(RunRequest request)
    {
        IReadOnlyList<ulong> seeds = request.SeedsOr(usual: 10, quick: 3);
        return new ExperimentPlan
        {
            Seeds = seeds,
            Settings =
            [
                new Setting("depths", Depths.Select(depth => (double)depth)),
                new Setting("layers", $"{Units} units each"),
                new Setting("activations and initialisations", Functions.Select(function => function.Name)),
                new Setting("batch", $"{Samples} × {Units} from N(0, 1), random classes"),
            ],
            Parts = [.. seeds.Select(seed => new ExperimentPart($"seed {seed}", part => Measure(part, seed, request.Device)))],
            Conclude = records => new VanishingGradientsReport(records, seeds).Conclude(),
        };
    }

    private static void Measure(PartContext part, ulong seed, Device device)
    {
        int done = 0, all = Functions.Count * 2 * Depths.Count;
        foreach ((string function, double std, Func<Activation> make) in Functions)
        {
            foreach (bool normalized in new[] { false, true })
            {
                foreach (int depth in Depths)
                {
                    part.Report((double)done++ / all, $"{function}, depth {depth}");
                    part.Records.Set(Key(seed, function, normalized, depth), Sizes(seed, std, make, normalized, depth, device));
                }
            }
        }
    }

    /// <summary>The size of the gradient of each layer's weights, from the first layer to the last.</summary>
    private static double[] Sizes(ulong seed, double std, Func<Activation> make, bool normalized, int depth, Device device)
    {
        using var scope = NewDisposeScope();
        using Generator inputs = RandomStream.Create(seed, "inputs"), draws = RandomStream.Create(seed, "weights");
        // float64: 20 sigmoids leave a gradient that float32 can just about hold, and its square can't be.
        var values = randn(Samples, Units, float64, generator: inputs).to(device); // [100, 100]
        var classes = randint(0L, Units, new long[] { Samples }, int64, generator: inputs).to(device); // [100]
        var weights = new List<Parameter>();
        using Activation activation = make();
        for (int layer = 1; layer <= depth; layer++)
        {
            bool last = layer == depth;
            weights.Add(new Parameter((randn(Units, Units, float64, generator: draws) * std).to(device))); // [100, 100]
            values = values.mm(weights[^1]);                                    // [100, 100]
            if (last) break;
            if (normalized) values = new BatchNorm1d(Units, device: device, dtype: float64).call(values); // [100, 100]
            values = activation.call(values);                                   // [100, 100]
        }

        using var loss = new SoftmaxCrossEntropy();
        loss.call(values, classes).backward();                                  // []
        return [.. weights.Select(weight => Math.Sqrt(weight.grad!.square().mean().item<double>()))];
    }
}
