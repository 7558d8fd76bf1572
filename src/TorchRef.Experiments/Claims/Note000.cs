using TorchRef.Layers;
using TorchRef.Normalization;
using TorchRef.Optimization;
using static TorchRef.Experiments.Claims.ClaimMeasurement;
using static TorchSharp.torch;

namespace TorchRef.Experiments.Claims;

/// <summary>The claims of note 000, lecture notes on batch normalisation.</summary>
internal static class Note000
{
    public static IEnumerable<ClaimCheck> Checks =>
    [
        Check("A1", "batch normalisation widens the range of hyper-parameters that work", "normalised layers do not pass the scale of their weights on", m =>
        {
            m.Finding("learning-rate", "with batch normalisation more learning rates and initial scales");
            m.Finding("learning-rate", "with batch normalisation larger learning rates");
        }),
        Check("A2", "normalising the inputs turns an elongated loss contour round and speeds descent up", "the curvature of the loss is the inputs' second moment; the note takes the mean off and squares, but never averages nor divides by σ", Contours),
        Check("A3", "one may normalise z, before the activation, or a, after it", "which is more common is a habit, and no measurement; the switch works either way", Places),
        Check("A4", "z becomes z_norm by μ and σ², and z̃ = γ·z_norm + β with learned γ and β can have any mean and spread", "with γ = √(σ² + ε) and β = μ the layer is the identity", Identity),
        Check("A5", "linear, then batch normalisation, then activation, mini-batch by mini-batch with the statistics of each", "training uses the batch's own statistics", MiniBatches),
        Check("A6", "the β of batch normalisation is not the β of momentum or RMSprop", "one is learned, the others are constants of the optimiser", Betas),
        Check("A7", "with a framework nobody needs to write batch normalisation", "torch.nn's layer and the hand-written one agree", Framework),
        Check("A8", "the bias before batch normalisation is cancelled", "the batch's mean contains the bias; running statistics don't follow it", CancelledBias),
        Check("A9", "batch normalisation works because later layers depend less on the earlier ones", "the distributions move less, but whether that is the reason is contested: Santurkar et al. (2018) find smoother losses instead; and shifted inputs are no less of a problem", LessDependence),
        Check("A10", "dropout's noise multiplies by 0 or 1, batch normalisation's by 1/σ and adds −μ", "inverted dropout, the one of today's frameworks, multiplies by 0 or 1/(1 − p)", Noise),
        Check("A11", "the noise, and with it the regularisation, becomes weaker as the batch grows", "a mean of m values spreads by 1/√m", WeakerNoise),
        Check("A12", "at test time the exponentially weighted averages of the batches' statistics are used, so a batch of one will do", "evaluation looks at no other sample", TestTime),
    ];

    private static ClaimCheck Check(string id, string statement, string why, Action<ClaimMeasurement> measure) => new(new Claim(id, "000", statement), why, measure);

    private static void Contours(ClaimMeasurement m)
    {
        m.Finding("input-normalization", "normalising the inputs turns");
        m.Finding("input-normalization", "gradient descent is faster");
        m.FindingAsLimit("input-normalization", "it is the division by σ");
    }

    private static void Places(ClaimMeasurement m)
    {
        m.Finding("bn-position", "networks learn with batch normalisation in either place");
        using Generator draws = m.Draws("places");
        using var relu = new ReLU();
        using var norm = new BatchNorm1d(20, dtype: float64);
        var z = randn(200, 20, float64, generator: draws) * 3 + 1;              // [200, 20]
        foreach ((string name, var values) in new[] { ("z, before the activation", norm.call(z)), ("a, after it", norm.call(relu.call(z))) })
        {
            double mean = values.mean([0]).abs().max().item<double>(), variance = (values.var([0], unbiased: false) - 1).abs().max().item<double>();
            m.Says($"{name}, comes out with mean 0 and variance 1", mean < 1e-12 && variance < 1e-4, $"mean within {Number(mean, 2)}, variance within {Number(variance, 2)} of 1");
        }
    }

    private static void Identity(ClaimMeasurement m)
    {
        using Generator draws = m.Draws("identity");
        using var norm = new BatchNorm1d(8, dtype: float64);
        var input = randn(100, 8, float64, generator: draws) * 5 + 7;           // [100, 8]
        var (variance, mean) = (input.var([0], unbiased: false), input.mean([0])); // [8], [8]
        using (no_grad())
        {
            norm.Weight!.copy_((variance + norm.Eps).sqrt());
            norm.Bias!.copy_(mean);
        }

        double error = (norm.call(input) - input).abs().max().item<double>();
        m.Says("γ = √(σ² + ε) and β = μ give the input back", error < 1e-12, $"largest difference {Number(error, 2)}");
        norm.call(input).square().sum().backward();                             // []
        double slope = Math.Min(norm.Weight!.grad!.abs().min().item<double>(), norm.Bias!.grad!.abs().min().item<double>());
        m.Says("γ and β have gradients to learn by", slope > 0, $"smallest gradient {Number(slope, 2)}");
    }

    private static void MiniBatches(ClaimMeasurement m)
    {
        using Generator draws = m.Draws("batches");
        using var linear = new Affine(6, 4, dtype: float64);
        using var norm = new BatchNorm1d(4, dtype: float64);
        Initializers.Normal(linear.Weight, generator: draws);
        double own = 0, shared = double.PositiveInfinity;
        var input = cat([randn(50, 6, float64, generator: draws), randn(50, 6, float64, generator: draws) + 2]); // [100, 6]
        var joint = linear.call(input).mean([0]);                               // [4]
        foreach (var batch in input.chunk(2))
        {
            var z = linear.call(batch);                                         // [50, 4]
            own = Math.Max(own, norm.call(z).mean([0]).abs().max().item<double>());
            shared = Math.Min(shared, (z - joint).mean([0]).abs().max().item<double>());
        }

        m.Says("each of two mini-batches comes out with mean 0 in front of the activation", own < 1e-12, $"means within {Number(own, 2)}");
        m.Says("statistics of both batches together would not do that", shared > 0.1, $"means off by {Number(shared)} then");
    }

    private static void Betas(ClaimMeasurement m)
    {
        using Generator draws = m.Draws("betas");
        using var norm = new BatchNorm1d(3, dtype: float64);
        using var adam = new Adam(norm.parameters(), lr: 0.1);
        (norm.call(randn(20, 3, float64, generator: draws)) - 1).square().sum().backward(); // []
        double constant = ((AdamOptions)adam.ParamGroups[0].Options).beta1;
        adam.step();
        double moved = norm.Bias!.abs().min().item<double>(), still = ((AdamOptions)adam.ParamGroups[0].Options).beta1;
        m.Says("a step moves the layer's β and leaves the optimiser's β₁ alone", moved > 0 && still == constant, $"β moved by {Number(moved)}, β₁ stayed {Number(still)}");
    }

    private static void Framework(ClaimMeasurement m)
    {
        using Generator draws = m.Draws("framework");
        using var mine = new BatchNorm1d(10, dtype: float64);
        using var theirs = nn.BatchNorm1d(10, dtype: float64);
        var input = randn(32, 10, float64, generator: draws) * 2 + 3;           // [32, 10]
        double error = (mine.call(input) - theirs.call(input)).abs().max().item<double>();
        m.Says("one line of torch.nn does what the equations say", error < 1e-12, $"largest difference {Number(error, 2)}");
    }

    private static void CancelledBias(ClaimMeasurement m)
    {
        using Generator draws = m.Draws("bias");
        using var linear = new Affine(20, 10, dtype: float64);
        using var norm = new BatchNorm1d(10, dtype: float64);
        Initializers.XavierNormal(linear.Weight, generator: draws);
        Initializers.Zeros(linear.Bias!);
        var (input, target) = (randn(64, 20, float64, generator: draws), randn(64, 10, float64, generator: draws)); // [64, 20], [64, 10]
        double Slope(bool normalized)
        {
            linear.Bias!.grad = null;
            var z = linear.call(input);                                         // [64, 10]
            ((normalized ? norm.call(z) : z).sigmoid() - target).square().mean().backward(); // []
            return linear.Bias!.grad!.abs().max().item<double>();
        }

        (double with, double without) = (Slope(true), Slope(false));
        m.Says("its gradient is 0 but for round-off", with < 1e-12 && without > 1e-3, $"{Number(with, 2)}, against {Number(without)} without batch normalisation");
        norm.eval();
        var before = norm.call(linear.call(input));                             // [64, 10]
        using (no_grad()) linear.Bias!.add_(1);
        double change = (norm.call(linear.call(input)) - before).abs().max().item<double>();
        m.Limit("in evaluation mode the bias matters", change > 0.1, $"adding 1 to it changes outputs by {Number(change)}");
    }

    private static void LessDependence(ClaimMeasurement m)
    {
        m.Finding("covariate-shift", "with batch normalisation the last layer's input drifts less");
        m.FindingAsLimit("covariate-shift", "with batch normalisation and its running statistics shifted images");
    }

    private static void Noise(ClaimMeasurement m)
    {
        using var seeded = m.SeedGlobally();
        using var classic = new Dropout.ClassicDropout(0.5);
        using var inverted = new Dropout.Dropout(0.5);
        var input = ones(1000, float64);                                        // [1000]
        string Factors(Tensor values) => string.Join(" or ", values.data<double>().Distinct().Order().Select(value => Number(value)));
        (string then, string now) = (Factors(classic.call(input)), Factors(inverted.call(input)));
        m.Says("dropout as the notes write it multiplies by 0 or 1", then == "0 or 1", $"by {then}");
        m.Limit("inverted dropout multiplies by something else", now != then, $"by {now}");
    }

    private static void WeakerNoise(ClaimMeasurement m)
    {
        using Generator draws = m.Draws("noise");
        int[] sizes = [2, 8, 32, 128];
        double[] spread = new double[sizes.Length];
        for (int i = 0; i < sizes.Length; i++)
            spread[i] = randn(4000, sizes[i], float64, generator: draws).mean([1]).std([0]).item<double>();
        string list = string.Join(", ", sizes.Zip(spread, (size, std) => $"m = {size}: {Number(std)}"));
        m.Says("the batch's mean is less noisy the larger the batch", spread.Zip(spread.Skip(1)).All(pair => pair.Second < pair.First), $"standard deviation of μ_B for {list}");
        double off = sizes.Zip(spread, (size, std) => Math.Abs(std * Math.Sqrt(size) - 1)).Max();
        m.Says("by 1/√m", off < 0.06, $"within {Number(100 * off, 2)} %");
        double[] scale = [.. sizes.Skip(1).Select(size => (1 / randn(4000, size, float64, generator: draws).std([1], unbiased: false)).std([0]).item<double>())];
        m.Finding("bn-noise", "the gap between training and test accuracy is narrower");
        m.Says("so is its 1/σ", scale.Zip(scale.Skip(1)).All(pair => pair.Second < pair.First), $"standard deviation of 1/σ_B for {string.Join(", ", sizes.Skip(1).Zip(scale, (size, std) => $"m = {size}: {Number(std)}"))}");
    }

    private static void TestTime(ClaimMeasurement m)
    {
        using Generator draws = m.Draws("test time");
        using var norm = new BatchNorm1d(3, dtype: float64);
        var (mean, variance) = (zeros(3, float64), ones(3, float64));           // [3], [3]
        for (int i = 0; i < 20; i++)
        {
            var batch = randn(16, 3, float64, generator: draws) * 2 + 5;        // [16, 3]
            norm.call(batch);
            (mean, variance) = (mean * 0.9 + batch.mean([0]) * 0.1, variance * 0.9 + batch.var([0], unbiased: true) * 0.1); // [3], [3]
        }

        var one = randn(1, 3, float64, generator: draws);                       // [1, 3]
        norm.eval();
        double error = (norm.call(one) - (one - mean) / (variance + norm.Eps).sqrt()).abs().max().item<double>();
        m.Says("evaluation of a single sample uses the averages", error < 1e-12, $"largest difference from the formula {Number(error, 2)}");
        norm.train();
        bool refused = false;
        try
        {
            norm.call(one);
        }
        catch (ArgumentException)
        {
            refused = true;
        }

        m.Says("training refuses a single sample, whose variance is 0", refused, refused ? "an error" : "no error");
    }
}
