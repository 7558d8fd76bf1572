using TorchRef.Experiments.Catalog.Optimizers;
using TorchRef.Layers;
using TorchRef.Normalization;
using TorchRef.Optimization;
using static TorchRef.Experiments.Claims.ClaimMeasurement;
using static TorchSharp.torch;

namespace TorchRef.Experiments.Claims;

/// <summary>The claims of note 001, lecture slides on activation functions and batch normalisation.</summary>
internal static class Note001
{
    public static IEnumerable<ClaimCheck> Checks =>
    [
        Check("B1", "parameters, data and the truth give a loss, which back-propagation makes smaller", "steps against the gradient go down", Descent),
        Check("B2", "there are variants of gradient descent", "they differ in what they remember of earlier gradients", Variants),
        Check("B3", "from the step function came the sigmoid, a smoothed step, then tanh, then ReLU", "a steep sigmoid is a step; tanh is a sigmoid that was stretched", Ancestry),
        Check("B4", "σ′ lies in (0, ¼), so gradients vanish", "σ′ = σ(1 − σ) takes ¼ on at 0: the interval is (0, ¼]", SigmoidSlope),
        Check("B5", "tanh′ lies between 0 and ½", "tanh′ = 1 − tanh² is 1 at 0", TanhSlope),
        Check("B6", "the derivative of ReLU is 0 on the left of 0 and x on the right", "ReLU is x on the right, so its derivative there is 1", ReLUSlope),
        Check("B7", "on the way back through sigmoids gradients become smaller and smaller", "each layer multiplies by at most ¼, the weights aside", m => { m.Finding("vanishing-gradients", "behind sigmoids gradients vanish"); m.Finding("vanishing-gradients", "each sigmoid costs"); }),
        Check("B8", "if all the data are negative, every gradient of a ReLU is 0", "what must be negative is the input of the ReLU, data times weights plus bias: a large negative bias or one over-large step does it", AllNegative),
        Check("B9", "batch normalisation keeps the inputs of tanh near 0, where its gradient is large", "normalised inputs have mean 0 and variance 1, whatever the weights", NearZero),
        Check("B10", "batch normalisation wipes out mean and variance; γ and β bring back a mean of β and a variance of γ²", "exactly the variance is γ²σ²/(σ² + ε), which is less where σ² isn't large against ε", GammaSquared),
        Check("B11", "x̂ = (x − μ)/√(σ² + ε), y = γx̂ + β", "that is what PyTorch computes, ε inside of the root", Equations),
        Check("B12", "the running statistics are α·old + (1 − α)·batch, and stand for the mean of the whole data set", "α is 1 − PyTorch's momentum; PyTorch averages unbiased variances; an average that forgets is not the mean of all; and any forward in training mode moves it", Running),
    ];

    private static ClaimCheck Check(string id, string statement, string why, Action<ClaimMeasurement> measure) => new(new Claim(id, "001", statement), why, measure);

    private static void Descent(ClaimMeasurement m)
    {
        using Generator draws = m.Draws("descent");
        using var linear = new Affine(5, 3, dtype: float64);
        using var loss = new SoftmaxCrossEntropy();
        Initializers.Normal(linear.Weight, generator: draws);
        var (input, classes) = (randn(60, 5, float64, generator: draws), randint(0L, 3, new long[] { 60 }, int64, generator: draws)); // [60, 5], [60]
        using var sgd = new SGD(linear.parameters(), 0.5);
        var losses = new List<double>();
        for (int step = 0; step < 20; step++)
        {
            sgd.zero_grad();
            var value = loss.call(linear.call(input), classes);                 // []
            losses.Add(value.item<double>());
            value.backward();
            sgd.step();
        }

        m.Says("each step makes the loss smaller", losses.Zip(losses.Skip(1)).All(pair => pair.Second < pair.First), $"{Number(losses[0])} → {Number(losses[^1])} in {losses.Count - 1} steps");
    }

    private static void Variants(ClaimMeasurement m)
    {
        if (m.Run("optimizers") is not { } result) return;
        foreach (ValleyPath path in Valley.Paths(result.Records))
            m.Says($"{path.Name} goes down x²/20 + y² by a way of its own", path.Heights[^1] < path.Heights[0], $"loss {Number(path.Heights[0])} → {Number(path.Heights[^1])} in {path.X.Count - 1} updates");
    }

    private static void Ancestry(ClaimMeasurement m)
    {
        using var sigmoid = new Sigmoid();
        using var tanh = new Tanh();
        using var step = new Step();
        var x = linspace(-3, 3, 601, float64);                                  // [601]
        var away = x.masked_select(x.abs().gt(0.1));                            // [580]
        double[] gaps = [.. new[] { 1.0, 10, 100 }.Select(steepness => (sigmoid.call(away * steepness) - step.call(away)).abs().max().item<double>())];
        m.Says("the steeper a sigmoid, the closer to a step", gaps[0] > gaps[1] && gaps[1] > gaps[2] && gaps[2] < 1e-3, $"largest distance, away from 0: {string.Join(", ", gaps.Select(gap => Number(gap)))} at steepness 1, 10, 100");
        double error = (tanh.call(x) - (sigmoid.call(x * 2) * 2 - 1)).abs().max().item<double>();
        m.Says("tanh x = 2σ(2x) − 1", error < 1e-14, $"within {Number(error, 2)}");
    }

    /// <summary>The derivative as autograd has it, so that the hand-written formulas aren't their own witnesses.</summary>
    private static double[] Slopes(Func<Tensor, Tensor> function, Tensor at)
    {
        var x = at.clone().requires_grad_(true);                                // [n]
        function(x).sum().backward();                                           // []
        return x.grad!.data<double>().ToArray();
    }

    private static void SigmoidSlope(ClaimMeasurement m)
    {
        double[] slopes = Slopes(x => nn.functional.sigmoid(x), linspace(-20, 20, 4001, float64));
        m.Says("σ′ is positive and never above ¼", slopes.Min() > 0 && slopes.Max() <= 0.25, $"from {Number(slopes.Min(), 2)} to {Number(slopes.Max(), 6)}");
        m.Finding("vanishing-gradients", "behind sigmoids gradients vanish");
        m.Limit("¼ itself is taken on, so the interval isn't open there", slopes[2000] == 0.25, $"σ′(0) = {Number(slopes[2000], 6)}");
    }

    private static void TanhSlope(ClaimMeasurement m)
    {
        double[] slopes = Slopes(x => nn.functional.tanh(x), linspace(-5, 5, 1001, float64));
        m.Says("tanh′ is positive", slopes.Min() > 0, $"least value {Number(slopes.Min(), 2)}");
        m.Says("tanh′ stays below ½", slopes.Max() < 0.5, $"largest value {Number(slopes.Max(), 6)}, at 0; above ½ on {slopes.Count(slope => slope > 0.5)} of {slopes.Length} places from −5 to 5");
    }

    private static void ReLUSlope(ClaimMeasurement m)
    {
        double[] places = [-3, -1, -0.5, 0.5, 2, 3];
        double[] slopes = Slopes(x => nn.functional.relu(x), tensor(places, float64));
        m.Says("on the left it is 0", slopes.Take(3).All(slope => slope == 0), $"{string.Join(", ", slopes.Take(3).Select(slope => Number(slope)))} at −3, −1, −0.5");
        m.Says("on the right it is x", slopes.Zip(places).Skip(3).All(pair => pair.First == pair.Second), $"{string.Join(", ", slopes.Skip(3).Select(slope => Number(slope)))} at 0.5, 2, 3");
    }

    private static void AllNegative(ClaimMeasurement m)
    {
        if (m.Run("dead-relu") is not { } result) return;
        double Of(string weights) => result.Records.Number($"seed {result.Plan.Seeds[0]}/negative data/weights of {weights}/gradient");
        m.Says("where all inputs of a ReLU are negative its gradient is 0", Of("positive") == 0, $"largest gradient {Number(Of("positive"))} with negative data and positive weights");
        m.Limit("negative data alone don't do it", Of("either sign") > 0, $"largest gradient {Number(Of("either sign"))} with negative data and weights of either sign");
        m.FindingAsLimit("dead-relu", "over-large steps kill");
    }

    private static void NearZero(ClaimMeasurement m)
    {
        using Generator draws = m.Draws("tanh");
        using var norm = new BatchNorm1d(50, dtype: float64);
        var z = randn(200, 100, float64, generator: draws).mm(randn(100, 50, float64, generator: draws)); // [200, 50]
        double Slope(Tensor values) => (1 - values.tanh().square()).mean().item<double>();
        (double before, double after) = (z.abs().mean().item<double>(), norm.call(z).abs().mean().item<double>());
        m.Says("weights of std 1 send the inputs of tanh far out, batch normalisation brings them back", before > 3 && after < 1, $"mean distance from 0: {Number(before)} → {Number(after)}");
        m.Says("where the gradient of tanh is large", Slope(norm.call(z)) > 4 * Slope(z), $"mean tanh′: {Number(Slope(z))} → {Number(Slope(norm.call(z)))}");
    }

    private static void GammaSquared(ClaimMeasurement m)
    {
        const double Gamma = 3, Beta = -2;
        using Generator draws = m.Draws("gamma");
        var standard = randn(1000, 1, float64, generator: draws);               // [1000, 1]
        (double mean, double variance) After(Tensor input)
        {
            using var norm = new BatchNorm1d(1, dtype: float64);
            using var noGraph = no_grad();
            norm.Weight!.fill_(Gamma);
            norm.Bias!.fill_(Beta);
            var output = norm.call(input);                                      // [1000, 1]
            return (output.mean().item<double>(), output.var([0, 1], unbiased: false).item<double>());
        }

        (double mean, double variance) = After(standard * 10 + 4);
        m.Says("the mean becomes β", Math.Abs(mean - Beta) < 1e-10, $"{Number(mean, 6)} with β = {Number(Beta)}");
        m.Says("the variance becomes γ²", Math.Abs(variance / (Gamma * Gamma) - 1) < 1e-4, $"{Number(variance, 8)} with γ = {Number(Gamma)}");
        var small = standard * 0.01;                                            // [1000, 1]
        double own = small.var([0, 1], unbiased: false).item<double>(), less = After(small).variance;
        m.Limit("a small variance doesn't become γ², but γ²σ²/(σ² + ε)", less < 0.99 * Gamma * Gamma && Math.Abs(less / (Gamma * Gamma * own / (own + 1e-5)) - 1) < 1e-9, $"{Number(less, 4)} from σ² = {Number(own, 2)}, by the formula {Number(Gamma * Gamma * own / (own + 1e-5), 4)}");
    }

    private static void Equations(ClaimMeasurement m)
    {
        using Generator draws = m.Draws("equations");
        using var layer = nn.BatchNorm1d(5, dtype: float64);
        var input = randn(40, 5, float64, generator: draws) * 0.02;             // [40, 5]
        var expected = (input - input.mean([0])) / (input.var([0], unbiased: false) + 1e-5).sqrt(); // [40, 5]
        double error = (layer.call(input) - expected).abs().max().item<double>();
        m.Says("torch.nn computes the same", error < 1e-12, $"largest difference {Number(error, 2)} at a variance of 4×10⁻⁴, where ε counts");
    }

    private static void Running(ClaimMeasurement m)
    {
        var input = arange(1, 21, 1, float64).view(20, 1);                      // [20, 1]
        using var layer = nn.BatchNorm1d(1, momentum: 0.1, dtype: float64);
        layer.call(input);
        double mean = layer.running_mean!.item<double>(), variance = layer.running_var!.item<double>();
        const double Alpha = 0.9;
        double batch = 10.5, biased = 33.25, unbiased = 35;
        m.Says("μ_run = α·μ_run + (1 − α)·μ, with α = 1 − PyTorch's momentum", Math.Abs(mean - (1 - Alpha) * batch) < 1e-12, $"{Number(mean, 6)} after the numbers 1 to 20, α = 0.9");
        m.Limit("PyTorch averages the unbiased variance, the notes the biased one", Math.Abs(variance - (Alpha + (1 - Alpha) * unbiased)) < 1e-12 && Math.Abs(variance - (Alpha + (1 - Alpha) * biased)) > 0.1, $"{Number(variance, 6)}; with the biased one it would be {Number(Alpha + (1 - Alpha) * biased, 6)}");
        for (int i = 0; i < 9; i++) layer.call(input);
        double after = layer.running_mean!.item<double>();
        m.Limit("an average that forgets is not the mean of the data", Math.Abs(after - batch) > 1, $"after ten times the same batch {Number(after, 4)}, its mean is {Number(batch)}");
        layer.call(input);
        m.Limit("a forward in training mode moves it, without any step of an optimiser", layer.running_mean!.item<double>() != after, $"{Number(after, 4)} → {Number(layer.running_mean!.item<double>(), 4)}");
    }
}
