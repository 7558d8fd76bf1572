using TorchRef.Experiments.Data;
using TorchRef.Experiments.Running;
using TorchRef.Layers;
using TorchRef.Optimization;
using static TorchSharp.torch;

namespace TorchRef.Experiments.Catalog.Normalization;

/// <summary>What a shift between training and test images costs, and how layer inputs drift during training, with and without batch normalisation.</summary>
/// <remarks>
/// Networks 784-50-50-50-50-10 with ReLUs learn 1000 images for 100 steps. The test images become x + δ. The drift of a layer's input is
/// √(Δmean² + Δstd²) of each unit over a fixed batch since the start, over that unit's std at the start; the median of the units.
/// </remarks>
internal sealed class CovariateShift : IExperiment
{
    public const int Layers = 5;
    private const int Units = 50;
    private const int Images = 1000;
    private const int Batch = 100;
    private const int Steps = 100;
    private const int ProbeEvery = 5;
    private const double Rate = 0.1;

    public static readonly IReadOnlyList<double> Shifts = [0, 0.1, 0.2, 0.3, 0.5, 0.75, 1];

    public string Name => "covariate-shift";

    public string Description => "what test images that are shifted against the training images cost, and how layer inputs drift during training";

    public RequestParts Uses => RequestParts.Seeds | RequestParts.Digits;

    public ExperimentPlan Plan(RunRequest request)
    {
        IReadOnlyList<ulong> seeds = request.SeedsOr(usual: 5, quick: 2);
        DigitData digits = request.Digits.Value;
        int train = Math.Min(Images, digits.Train.Count), test = Math.Min(Images, digits.Test.Count);
        if (train < Batch) throw new ArgumentException($"Training takes batches: expected at least {Batch} images to train with but got {train}");
        return new ExperimentPlan
        {
            Seeds = seeds,
            Data = digits,
            Settings =
            [
                new Setting("network", $"784-{string.Join('-', Enumerable.Repeat(Units, Layers - 1))}-10, ReLU, He"),
                new Setting("training", $"{train} images, {Steps} steps of {Batch}, SGD, learning rate {Rate}"),
                new Setting("test images", test),
                new Setting("shifts δ", Shifts),
            ],
            Parts = [.. from seed in seeds
                        from normalized in new[] { false, true }
                        select new ExperimentPart($"seed {seed}, {Kind(normalized)}", part => Measure(part, seed, normalized, digits.Train.Slice(0, train), digits.Test.Slice(0, test)))],
            Conclude = records => new CovariateShiftReport(records, seeds).Conclude(),
        };
    }

    public static string Kind(bool normalized) => normalized ? "with BN" : "without BN";

    private static void Measure(PartContext part, ulong seed, bool normalized, DigitSet train, DigitSet test)
    {
        using Generator weights = RandomStream.Create(seed, "weights"), order = RandomStream.Create(seed, "batches");
        using var network = new ProbedNetwork(Layers, Units, normalized, weights);
        using var optimizer = new SGD(network.parameters(), Rate);
        using var criterion = new SoftmaxCrossEntropy();
        var images = tensor(train.ToFloats(0, train.Count)).view(train.Count, -1); // [1000, 784]
        var labels = tensor(train.ToClassIndices(0, train.Count));              // [1000]
        string key = $"seed {seed}/{Kind(normalized)}";
        var start = network.Distributions(images);                              // (mean, std) for each layer, [50] each
        for (int step = 0; step < Steps; step++)
        {
            using var scope = NewDisposeScope();
            part.Report((double)step / Steps, $"step {step} of {Steps}");
            var batch = randint(0L, train.Count, new long[] { Batch }, int64, generator: order); // [100]
            optimizer.zero_grad();
            criterion.call(network.call(images.index_select(0, batch)), labels.index_select(0, batch)).backward(); // []
            optimizer.step();
            if ((step + 1) % ProbeEvery > 0) continue;
            part.Records.Append($"{key}/probed after step", step + 1);
            foreach ((int layer, double drift) in network.Drift(start, images)) part.Records.Append($"{key}/drift of the input of layer {layer}", drift);
        }

        TestShifted(part.Records, key, network, normalized, test);
    }

    private static void TestShifted(Records records, string key, ProbedNetwork network, bool normalized, DigitSet test)
    {
        using var noGraph = no_grad();
        var images = tensor(test.ToFloats(0, test.Count)).view(test.Count, -1); // [1000, 784]
        var labels = tensor(test.ToClassIndices(0, test.Count));                // [1000]
        foreach (double shift in Shifts)
        {
            using var scope = NewDisposeScope();
            double Accuracy() => network.call(images + shift).argmax(1).eq(labels).to_type(float64).mean().item<double>();
            network.eval();
            records.Append($"{key}/test accuracy", Accuracy());
            if (!normalized) continue;
            network.train();
            records.Append($"{key}/test accuracy, statistics of the test batch", Accuracy());
        }
    }
}
