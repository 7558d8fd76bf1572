using TorchRef.Experiments.Charts;
using TorchRef.Experiments.Running;
using TorchRef.Layers;
using TorchRef.Normalization;
using static TorchSharp.torch;

namespace TorchRef.Experiments.Catalog.Activations;

/// <summary>How activations spread through five layers, by activation function and initialisation, with and without batch normalisation.</summary>
/// <remarks>1000 inputs of 100 numbers from N(0, 1); five layers of 100 units without bias; nothing is trained.</remarks>
internal sealed class ActivationHistograms : IExperiment
{
    public const int Layers = 5;
    public const int Bins = 30;
    private const int Units = 100;
    private const int Samples = 1000;

    /// <summary>Names of the functions, each with the range that its histograms show.</summary>
    public static readonly IReadOnlyList<(string Name, double Low, double High)> Functions = [("sigmoid", 0, 1), ("tanh", -1, 1), ("ReLU", 0, 2)];

    /// <summary>Names of the initialisations, each with its standard deviation.</summary>
    public static readonly IReadOnlyList<(string Name, double Std)> Inits =
        [("std 1", 1), ("std 0.01", 0.01), ("Xavier", Math.Sqrt(1.0 / Units)), ("He", Math.Sqrt(2.0 / Units))];

    public string Name => "activations";

    public string Description => "how activations spread through five layers, by activation and initialisation, with and without batch normalisation";

    public RequestParts Uses => RequestParts.Seeds | RequestParts.Device;

    public static string Key(ulong seed, string function, string init, bool normalized) => $"seed {seed}/{function}/{init}{(normalized ? "/BN" : "")}";

    public ExperimentPlan Plan(RunRequest request)
    {
        IReadOnlyList<ulong> seeds = request.SeedsOr(usual: 5, quick: 2);
        return new ExperimentPlan
        {
            Seeds = seeds,
            Settings =
            [
                new Setting("inputs", $"{Samples} × {Units} from N(0, 1)"),
                new Setting("layers", $"{Layers} of {Units} units, without bias"),
                new Setting("activations", Functions.Select(function => function.Name)),
                new Setting("initialisations", Inits.Select(init => $"{init.Name} ({Spread.Number(init.Std)})")),
            ],
            Parts = [.. seeds.Select(seed => new ExperimentPart($"seed {seed}", part => Measure(part, seed, request.Device, histograms: seed == seeds[0])))],
            Conclude = records => new ActivationReport(records, seeds).Conclude(),
        };
    }

    private static void Measure(PartContext part, ulong seed, Device device, bool histograms)
    {
        using var noGraph = no_grad();
        int done = 0, all = Functions.Count * Inits.Count * 2;
        foreach ((string function, double low, double high) in Functions)
        {
            foreach ((string init, double std) in Inits)
            {
                foreach (bool normalized in (ReadOnlySpan<bool>)[false, true])
                {
                    part.Report((double)done++ / all, $"{function}, {init}");
                    Propagate(part.Records, Key(seed, function, init, normalized), seed, function, std, normalized, device, histograms ? (low, high) : null);
                }
            }
        }
    }

    /// <summary>All cases of a seed start from the same input and the same weights but for their scale.</summary>
    private static void Propagate(Records records, string key, ulong seed, string function, double std, bool normalized, Device device, (double Low, double High)? range)
    {
        using var scope = NewDisposeScope();
        using Generator inputs = RandomStream.Create(seed, "inputs"), weights = RandomStream.Create(seed, "weights");
        using Activation activation = Make(function);
        var values = randn(Samples, Units, float32, generator: inputs).to(device); // [1000, 100]
        for (int layer = 1; layer <= Layers; layer++)
        {
            var weight = randn(Units, Units, float32, generator: weights).to(device) * std; // [100, 100]
            values = values.mm(weight);                                         // [1000, 100]
            if (normalized)
            {
                using var norm = new BatchNorm1d(Units, device: device);
                values = norm.call(values);                                     // [1000, 100]
            }

            values = activation.call(values);                                   // [1000, 100]
            records.Append($"{key}/mean", values.mean().item<float>());
            records.Append($"{key}/std", values.std([0, 1], unbiased: false).item<float>());
            if (function == "sigmoid") records.Append($"{key}/outside 0.1 to 0.9", (values.lt(0.1) | values.gt(0.9)).to_type(float32).mean().item<float>());
            if (function == "ReLU") records.Append($"{key}/zeros", values.eq(0).to_type(float32).mean().item<float>());
            if (range is var (low, high)) Count(records, $"{key}/layer {layer}", values, low, high);
        }
    }

    private static void Count(Records records, string key, Tensor values, double low, double high)
    {
        // What lies beyond the picture, as outputs of ReLUs do, counts in the last bar.
        IEnumerable<double> shown = values.clamp(low, high).cpu().contiguous().data<float>().ToArray().Select(value => (double)value);
        records.Set($"{key}/counts", HistogramBins.Of(shown, low, high, Bins).Counts.Select(count => (double)count));
    }

    private static Activation Make(string function) => function switch
    {
        "sigmoid" => new Sigmoid(),
        "tanh" => new Tanh(),
        _ => new ReLU(),
    };
}
