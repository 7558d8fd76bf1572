using TorchRef.Dropout;
using TorchRef.Layers;
using TorchRef.Normalization;
using TorchRef.Optimization;
using static TorchRef.Experiments.Claims.ClaimMeasurement;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace TorchRef.Experiments.Claims;

/// <summary>The claims of note 004: batch normalisation, over-fitting, hyper-parameters.</summary>
internal static class Note004
{
    public static IEnumerable<ClaimCheck> Checks =>
    [
        Check("E1", "batch normalisation goes before or after the activation", "either place gives it a batch to normalise", Places),
        Check("E2", "γ = 1 and β = 0 at the start (the note writes r for γ)", "so that the layer starts by normalising, and nothing else", StartsAtOne),
        Check("E3", "over 16 initial scales batch normalisation learns faster in almost all cases", "where the scale happens to be right for the plain network it wins", m => m.Finding("bn-init", "with batch normalisation networks learn faster")),
        Check("E4", "seven layers and 300 images of MNIST over-fit: past epoch 100 the training accuracy is nearly 100 %, the test accuracy far below", "more parameters than images", Overfits),
        Check("E5", "weight decay adds ½λW² to the loss, its gradient is λW, and λ = 0.1 helps against over-fitting", "the gap narrows because the training accuracy falls; and the note takes a root in words that its formula doesn't have", Decay),
        Check("E6", "the Dropout class: mask = rand > ratio, evaluation multiplies by 1 − ratio, backward by the mask", "what went forward goes backward", DropoutClass),
        Check("E7", "dropout narrows the gap between training and test accuracy", "at these settings by under-fitting", Narrows),
        Check("E8", "at test time outputs are multiplied by the share of units that were removed", "it is the share of those kept, 1 − ratio, as the note itself says elsewhere", WhichRatio),
        Check("E9", "an ensemble of five networks is a few per cent better than one", "their errors differ", m => m.Finding("ensemble", "an average of")),
        Check("E10", "dropout is close to an ensemble: evaluation stands for the average over all the thinned networks", "for a linear layer exactly so, through a nonlinearity approximately", AverageOfThinned),
        Check("E11", "tuning on the test set over-fits the test set", "the best of many is partly the luckiest of many", Tuning),
        Check("E12", "20 % of the training data are set aside for validation, after shuffling", "data may come sorted", Shuffled),
        Check("E13", "random search on a logarithmic scale finds good values; few epochs are enough, and the range is narrowed step by step", "every decade gets its share of the trials", RandomSearchClaim.Measure),
    ];

    private static ClaimCheck Check(string id, string statement, string why, Action<ClaimMeasurement> measure) => new(new Claim(id, "004", statement), why, measure);

    private static void Overfits(ClaimMeasurement m)
    {
        m.Finding("overfit", "the network learns its images by heart");
        m.Finding("overfit", "on other images it is far worse");
    }

    private static void Narrows(ClaimMeasurement m)
    {
        m.Finding("dropout", "dropout narrows the gap");
        m.Finding("dropout", "the training accuracy stays below 100 %");
        m.FindingAsLimit("dropout", "at these settings it under-fits");
    }

    private static void Places(ClaimMeasurement m)
    {
        m.Finding("bn-position", "networks learn with batch normalisation in either place");
        using Generator draws = m.Draws("places");
        using var sigmoid = new Sigmoid();
        using var norm = new BatchNorm1d(10, dtype: float64);
        var z = randn(300, 10, float64, generator: draws) * 4;                  // [300, 10]
        var (before, after) = (sigmoid.call(norm.call(z)), norm.call(sigmoid.call(z))); // [300, 10], [300, 10]
        double middle = before.mean().item<double>(), zero = after.mean().item<double>();
        m.Says("before the activation, the outputs spread around the middle of its range", Math.Abs(middle - 0.5) < 0.01, $"mean of the sigmoid's outputs {Number(middle)}");
        m.Says("after it, the next layer gets mean 0", Math.Abs(zero) < 1e-12, $"mean {Number(zero, 2)}");
    }

    private static void StartsAtOne(ClaimMeasurement m)
    {
        using var norm = new BatchNorm1d(5);
        using var layer = nn.BatchNorm1d(5);
        foreach ((string name, Tensor gamma, Tensor beta) in new[] { ("here", norm.Weight!, norm.Bias!), ("in torch.nn", layer.weight!, layer.bias!) })
            m.Says($"γ = 1 and β = 0 {name}", gamma.eq(1).all().item<bool>() && beta.eq(0).all().item<bool>(), $"γ {Number(gamma.mean().item<float>())}, β {Number(beta.mean().item<float>())}");
    }

    private static void Decay(ClaimMeasurement m)
    {
        const double Lambda = 0.1;
        using Generator draws = m.Draws("decay");
        var weight = new Parameter(randn(20, 10, float64, generator: draws));   // [20, 10]
        WeightDecay.L2Penalty([weight], Lambda).backward();                     // []
        double error = (weight.grad! - weight * Lambda).abs().max().item<double>();
        m.Says("the gradient of ½λΣW² is λW", error < 1e-15, $"largest difference {Number(error, 2)}");
        var rooted = new Parameter(weight.detach().clone());                    // [20, 10]
        (rooted.square().sum().sqrt() * (Lambda / 2)).backward();               // []
        double difference = (rooted.grad! - weight * Lambda).abs().max().item<double>();
        m.Limit("with the square root that the note's words add, it isn't", difference > 1e-3, $"largest difference {Number(difference)}");
        m.Finding("weight-decay", "weight decay narrows the gap");
        m.FindingAgainst("weight-decay", "the test accuracy is no better", "λ = 0.1 improves the test accuracy");
    }

    private static void DropoutClass(ClaimMeasurement m)
    {
        const double Ratio = 0.3;
        using var seeded = m.SeedGlobally();
        using var dropout = new ClassicDropout(Ratio);
        using Generator draws = m.Draws("dropout");
        var input = (rand(20_000, float64, generator: draws) + 1).requires_grad_(true); // [20000]
        var output = dropout.call(input);                                       // [20000]
        output.sum().backward();                                                // []
        double kept = output.ne(0).to_type(float64).mean().item<double>();
        m.Says("training keeps a share of 1 − ratio, unscaled", Math.Abs(kept - (1 - Ratio)) < 0.02 && output.eq(input).logical_or(output.eq(0)).all().item<bool>(), $"{Number(kept)} kept with a ratio of {Number(Ratio)}");
        m.Says("backward lets through what forward let through", input.grad!.eq(output.ne(0).to_type(float64)).all().item<bool>(), "gradients are 1 where the output isn't 0, else 0");
        dropout.eval();
        double factor = (dropout.call(input) / input).mean().item<double>();
        m.Says("evaluation multiplies by 1 − ratio", Math.Abs(factor - (1 - Ratio)) < 1e-12, $"by {Number(factor)}");
    }

    private static void WhichRatio(ClaimMeasurement m)
    {
        const double Ratio = 0.2;
        using var seeded = m.SeedGlobally();
        using var dropout = new ClassicDropout(Ratio);
        var input = ones(100_000, float64);                                     // [100000]
        double trained = dropout.call(input).mean().item<double>();
        m.Says("training's mean output is that of evaluation by the share removed", Math.Abs(trained - Ratio) < 0.01, $"mean output in training {Number(trained)} for inputs of 1 and a ratio of {Number(Ratio)}: the share kept, {Number(1 - Ratio)}, not the share removed");
    }

    private static void AverageOfThinned(ClaimMeasurement m)
    {
        const int Masks = 20_000;
        using Generator draws = m.Draws("thinned");
        var input = randn(50, float64, generator: draws).abs();                 // [50]
        var weight = randn(50, float64, generator: draws);                      // [50]
        var masks = rand(Masks, 50, float64, generator: draws).gt(0.5).to_type(float64); // [20000, 50]
        var thinned = (masks * input).mv(weight);                               // [20000]
        double whole = input.dot(weight).item<double>() / 2;
        double average = thinned.mean().item<double>(), doubt = thinned.std([0]).item<double>() / Math.Sqrt(Masks);
        m.Says("through a linear layer the average over masks is the scaled network's output", Math.Abs(average - whole) < 4 * doubt, $"{Number(average, 4)} ± {Number(doubt, 2)} over {Masks} masks, {Number(whole, 4)} by scaling");
        var bent = thinned.square();                                            // [20000]
        double curved = bent.mean().item<double>(), error = bent.std([0]).item<double>() / Math.Sqrt(Masks);
        m.Finding("ensemble", "one pass with scaled weights");
        m.Limit("behind a nonlinearity it is another number", Math.Abs(curved - whole * whole) > 4 * error, $"squared: {Number(curved, 4)} ± {Number(error, 2)} over masks, {Number(whole * whole, 4)} by scaling");
    }

    private static void Tuning(ClaimMeasurement m)
    {
        const int Trials = 100, Images = 200;
        using Generator draws = m.Draws("tuning");
        // Classifiers that know nothing: whatever the best of them gains, it gains by luck.
        var onTest = randint(0L, 10, new long[] { Trials, Images }, int64, generator: draws).eq(0).to_type(float64).mean([1]); // [100]
        var onOthers = randint(0L, 10, new long[] { Trials, Images }, int64, generator: draws).eq(0).to_type(float64).mean([1]); // [100]
        long best = onTest.argmax().item<long>();
        (double tuned, double honest) = (onTest[best].item<double>(), onOthers[best].item<double>());
        m.Says("the accuracy of the best of 100 is too good on the images that chose it", tuned > honest + 0.02, $"{Number(tuned)} on the {Images} images that chose it, {Number(honest)} on {Images} others; all 100 guess at random");
    }

    private static void Shuffled(ClaimMeasurement m)
    {
        const int Count = 500;
        using Generator draws = m.Draws("split");
        int count = Math.Min(Count, m.Digits.Train.Count);
        long[] sorted = [.. m.Digits.Train.ToClassIndices(0, count).Order()];
        long[] order = randperm(count, int64, generator: draws).data<long>().ToArray();
        int validation = count / 5;
        int without = sorted.Take(validation).Distinct().Count(), with = order.Take(validation).Select(i => sorted[i]).Distinct().Count();
        m.Says("a fifth of sorted images lacks most digits, a fifth of shuffled ones lacks none", without < 10 && with == 10, $"{validation} of {count}: {without} different digits unshuffled, {with} shuffled");
    }
}
