using TorchRef.Experiments.Running;
using TorchRef.Layers;
using TorchRef.Normalization;
using TorchRef.Optimization;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace TorchRef.Experiments.Catalog.Gradients;

/// <summary>When a ReLU dies: by a large negative bias or by one over-large step, but not by negative data.</summary>
/// <remarks>
/// 20 inputs in [0, 1], like pixels; 100 ReLUs; one output; the squared error of a linear teacher. A unit is dead when it gives 0
/// for each of the 1000 samples: its gradient is 0 then, and no step brings it back.
/// </remarks>
internal sealed class DeadReLU : IExperiment
{
    private const int Inputs = 20;
    private const int Units = 100;
    private const int Samples = 1000;
    public const int Steps = 50;

    public static readonly IReadOnlyList<double> Biases = [0, -1, -2, -3, -4, -5, -6, -8];
    public static readonly IReadOnlyList<double> Rates = [0.01, 0.03, 0.1, 0.3, 1];

    public string Name => "dead-relu";

    public string Description => "when ReLUs die: by a large negative bias, by one over-large step, but not by negative data";

    public RequestParts Uses => RequestParts.Seeds;

    public ExperimentPlan Plan(RunRequest request)
    {
        IReadOnlyList<ulong> seeds = request.SeedsOr(usual: 5, quick: 2);
        return new ExperimentPlan
        {
            Seeds = seeds,
            Settings =
            [
                new Setting("network", $"{Inputs} inputs, {Units} ReLUs, 1 output"),
                new Setting("samples", Samples),
                new Setting("biases", Biases),
                new Setting("learning rates", Rates),
                new Setting("steps", Steps),
            ],
            Parts = [.. seeds.Select(seed => new ExperimentPart($"seed {seed}", part => Measure(part, seed)))],
            Conclude = records => new DeadReLUReport(records, seeds).Conclude(),
        };
    }

    private static void Measure(PartContext part, ulong seed)
    {
        SweepBias(part.Records, seed);
        foreach (double rate in Rates)
        {
            part.Report(0.2, $"learning rate {Spread.Number(rate)}");
            Train(part.Records, seed, rate);
        }

        NegativeData(part.Records, seed);
    }

    /// <summary>The share of dead units when all biases have one value, with and without batch normalisation after it.</summary>
    private static void SweepBias(Records records, ulong seed)
    {
        using var scope = NewDisposeScope();
        using var noGraph = no_grad();
        using Generator draws = RandomStream.Create(seed, "bias");
        var input = randn(Samples, Inputs, float64, generator: draws);          // [1000, 20]
        var weight = randn(Inputs, Units, float64, generator: draws) / Math.Sqrt(Inputs); // [20, 100]
        using var norm = new BatchNorm1d(Units, dtype: float64);
        foreach (double bias in Biases)
        {
            var before = input.mm(weight) + bias;                               // [1000, 100]
            records.Append($"seed {seed}/bias/dead", Dead(before));
            records.Append($"seed {seed}/bias/BN/dead", Dead(norm.call(before)));
        }
    }

    /// <summary>Trains at one learning rate and counts the dead before each step, and at the end.</summary>
    private static void Train(Records records, ulong seed, double rate)
    {
        using var scope = NewDisposeScope();
        using Generator draws = RandomStream.Create(seed, "training");
        var input = rand(Samples, Inputs, float64, generator: draws);           // [1000, 20]
        var target = input.mm(randn(Inputs, 1, float64, generator: draws));     // [1000, 1]
        using var first = new Affine(Inputs, Units, dtype: float64);
        using var second = new Affine(Units, 1, dtype: float64);
        foreach (Affine layer in (ReadOnlySpan<Affine>)[first, second])
        {
            Initializers.HeNormal(layer.Weight, nonlinearity: Nonlinearity.ReLU, generator: draws);
            Initializers.Zeros(layer.Bias!);
        }

        using var relu = new ReLU();
        using var optimizer = new SGD([first.Weight, first.Bias!, second.Weight, second.Bias!], rate);
        for (int step = 0; step <= Steps; step++)
        {
            using var inner = NewDisposeScope();
            var before = first.call(input);                                     // [1000, 100]
            var loss = (second.call(relu.call(before)) - target).square().mean(); // []
            optimizer.zero_grad();
            loss.backward();
            records.Append($"seed {seed}/rate {Exact.Text(rate)}/dead", Dead(before));
            records.Append($"seed {seed}/rate {Exact.Text(rate)}/gradient", first.Weight.grad!.abs().max().item<double>());
            records.Append($"seed {seed}/rate {Exact.Text(rate)}/loss", loss.item<double>());
            optimizer.step();
        }
    }

    /// <summary>All data negative, once with weights of either sign and once with positive ones alone.</summary>
    private static void NegativeData(Records records, ulong seed)
    {
        using var scope = NewDisposeScope();
        using Generator draws = RandomStream.Create(seed, "negative data");
        var input = -rand(Samples, Inputs, float64, generator: draws);          // [1000, 20]
        var drawn = randn(Inputs, Units, float64, generator: draws) / Math.Sqrt(Inputs); // [20, 100]
        using var relu = new ReLU();
        foreach ((string name, Tensor start) in new[] { ("either sign", drawn), ("positive", drawn.abs()) })
        {
            var weight = new Parameter(start.clone());                          // [20, 100]
            var before = input.mm(weight);                                      // [1000, 100]
            relu.call(before).sum().backward();                                 // []
            records.Set($"seed {seed}/negative data/weights of {name}/dead", Dead(before));
            records.Set($"seed {seed}/negative data/weights of {name}/gradient", weight.grad!.abs().max().item<double>());
        }
    }

    /// <summary>The share of units that no sample makes positive; a unit whose values aren't numbers any more is dead too.</summary>
    private static double Dead(Tensor before) => 1 - before.gt(0).any(0L).to_type(float64).mean().item<double>();
}
