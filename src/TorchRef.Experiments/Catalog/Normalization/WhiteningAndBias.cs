using System.Diagnostics;
using TorchRef.Experiments.Running;
using TorchRef.Normalization;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace TorchRef.Experiments.Catalog.Normalization;

/// <summary>What whitening costs and does, and the bias that drifts when a normalisation's gradient is left out.</summary>
/// <remarks>
/// The drift: x = u + b is normalised to y = x − E[x], and the loss wants another mean of y. A gradient that takes E[x] for a constant
/// moves b on and on; y, and so the loss, never notices. Through E[x] the gradient of b is 0.
/// </remarks>
internal sealed class WhiteningAndBias : IExperiment
{
    private const int Samples = 256;
    private const int Channels = 16;
    private const int Steps = 100;
    private const double Rate = 0.1;

    private static readonly (string Name, bool Through)[] s_gradients = [("mean taken for a constant", false), ("through the mean", true)];

    public string Name => "whitening";

    public string Description => "what whitening does and costs beside batch normalisation, and the bias that drifts when the gradient leaves the mean out";

    public RequestParts Uses => RequestParts.Seeds;

    public ExperimentPlan Plan(RunRequest request)
    {
        IReadOnlyList<ulong> seeds = request.SeedsOr(usual: 5, quick: 2);
        string? times = null;
        return new ExperimentPlan
        {
            Seeds = seeds,
            Settings = [new Setting("samples", Samples), new Setting("channels", Channels), new Setting("steps", Steps), new Setting("learning rate", Rate)],
            Parts =
            [
                .. seeds.Select(seed => new ExperimentPart($"seed {seed}", part =>
                {
                    Correlate(part.Records, seed);
                    foreach ((string name, bool through) in s_gradients) Drift(part.Records, seed, name, through);
                })),
                new ExperimentPart("cost", part =>
                {
                    foreach (int channels in WhiteningReport.CostChannels) part.Records.Set($"cost/{channels} channels", WhiteningReport.Products(channels));
                    times = Time();
                }),
            ],
            Conclude = records => new WhiteningReport(records, seeds, [.. s_gradients.Select(gradient => gradient.Name)]).Conclude(times),
        };
    }

    /// <summary>The largest correlation between two channels, and their variances, before and after.</summary>
    private static void Correlate(Records records, ulong seed)
    {
        using var scope = NewDisposeScope();
        using var noGraph = no_grad();
        using Generator draws = RandomStream.Create(seed, "channels");
        var input = randn(Samples, Channels, float64, generator: draws).mm(randn(Channels, Channels, float64, generator: draws)); // [256, 16]
        using var norm = new BatchNorm1d(Channels, dtype: float64);
        using var whitening = new Whitening(Channels, dtype: float64);
        foreach ((string name, Tensor values) in new[] { ("input", input), ("BN", norm.call(input)), ("whitening", whitening.call(input)) })
        {
            var centred = values - values.mean([0]);                            // [256, 16]
            var covariance = centred.t().mm(centred) / Samples;                 // [16, 16]
            var deviation = covariance.diag().sqrt();                           // [16]
            var correlation = covariance / deviation.outer(deviation) - eye(Channels, dtype: float64); // [16, 16]
            records.Set($"seed {seed}/{name}/largest correlation", correlation.abs().max().item<double>());
            records.Set($"seed {seed}/{name}/variance", deviation.square().mean().item<double>());
        }
    }

    private static void Drift(Records records, ulong seed, string name, bool through)
    {
        using var scope = NewDisposeScope();
        using Generator draws = RandomStream.Create(seed, "drift");
        var input = randn(Samples, float64, generator: draws);                  // [256]
        var target = randn(Samples, float64, generator: draws) + 1;             // [256]
        var bias = new Parameter(zeros(1, float64));                            // [1]
        for (int step = 0; step <= Steps; step++)
        {
            using var inner = NewDisposeScope();
            var shifted = input + bias;                                         // [256]
            var mean = shifted.mean();                                          // []
            var loss = (shifted - (through ? mean : mean.detach()) - target).square().mean() / 2; // []
            bias.grad = null;
            loss.backward();
            records.Append($"seed {seed}/{name}/bias", bias[0].item<double>());
            records.Append($"seed {seed}/{name}/loss", loss.item<double>());
            using var noGraph = no_grad();
            bias.sub_(bias.grad! * Rate);                                       // [1]
        }
    }

    /// <summary>Both layers, forward and backward, timed; a remark and no record, since another run takes another time.</summary>
    private static string Time()
    {
        using var scope = NewDisposeScope();
        const int Wide = 100;
        var input = randn(Samples, Wide, float32, requires_grad: true);         // [256, 100]
        using var norm = new BatchNorm1d(Wide);
        using var whitening = new Whitening(Wide);
        double normalized = Fastest(norm, input), whitened = Fastest(whitening, input);
        return $"Measured in this run: forward and backward of {Samples} × {Wide} values take {Spread.Number(normalized)} ms with batch normalisation and {Spread.Number(whitened)} ms with whitening, {Spread.Number(whitened / normalized, 2)} times as long.";
    }

    private static double Fastest(nn.Module<Tensor, Tensor> layer, Tensor input)
    {
        double fastest = double.PositiveInfinity;
        for (int i = 0; i < 6; i++)
        {
            using var scope = NewDisposeScope();
            long started = Stopwatch.GetTimestamp();
            layer.call(input).square().sum().backward();                        // []
            fastest = Math.Min(fastest, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return fastest;
    }
}
