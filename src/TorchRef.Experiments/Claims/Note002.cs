using TorchRef.Experiments.Catalog.Activations;
using TorchRef.Layers;
using TorchRef.Normalization;
using static TorchRef.Experiments.Claims.ClaimMeasurement;
using static TorchSharp.torch;

namespace TorchRef.Experiments.Claims;

/// <summary>The claims of note 002, batch normalisation by the book.</summary>
internal static class Note002
{
    /// <summary>What the note prints for the second half of its worked example; the first half is its mirror image.</summary>
    private static readonly double[] s_printed = [0.086711, 0.26013299, 0.43355498, 0.60697698, 0.78039897, 0.95382097, 1.12724296, 1.30066495, 1.47408695, 1.64750894];

    public static IEnumerable<ClaimCheck> Checks =>
    [
        Check("C1", "batch normalisation (2015) forces activations to spread; training is fast, insensitive to the initialisation, and over-fits less", "normalised layers spread by γ, not by their weights", m =>
        {
            foreach (string function in ActivationHistograms.Functions.Select(function => function.Name)) m.Finding("activations", $"with batch normalisation the spread of {function}");
            m.Finding("bn-init", "with batch normalisation networks learn faster");
            m.Finding("bn-init", "from most scales a plain network learns nothing");
            m.FindingAsLimit("bn-init", "the scale matters with batch normalisation too");
            m.Finding("bn-noise", "the gap between training and test accuracy is narrower");
        }),
        Check("C2", "a batch normalisation layer is inserted between affine layer and activation", "the activation then sees mean 0 and variance 1", Inserted),
        Check("C3", "x̂ = (x − μ)/(√σ² + ε), as the note's third formula has it", "the paper and every framework have ε inside of the root: √(σ² + ε)", EpsilonOutside),
        Check("C4", "the variance becomes very close to 1, if not exactly 1", "it is σ²/(σ² + ε)", NearlyOne),
        Check("C5", "over inputs from N(0, 1) the sigmoid is closer to a straight line than to a curve", "within one standard deviation its slope hardly changes", m => m.Finding("sigmoid-linearity", "over N(0, 1) the sigmoid")),
        Check("C6", "γ and β start at 1 and 0, and are learned", "at the start nothing has left the linear region yet: leaving it has to be learned", StartsAtOne),
        Check("C7", "the worked example: the numbers 1 to 20 come out as printed, with mean 0.0 and variance 1.0", "μ = 10.5, σ² = 33.25, and no ε", WorkedExample),
    ];

    private static ClaimCheck Check(string id, string statement, string why, Action<ClaimMeasurement> measure) => new(new Claim(id, "002", statement), why, measure);

    private static Tensor Numbers() => arange(1, 21, 1, float64).view(20, 1);   // [20, 1]

    private static void Inserted(ClaimMeasurement m)
    {
        using Generator draws = m.Draws("inserted");
        using var affine = new Affine(30, 20, dtype: float64);
        using var norm = new BatchNorm1d(20, dtype: float64);
        Initializers.Normal(affine.Weight, 3, 1, draws);
        Initializers.Constant(affine.Bias!, 5);
        var z = affine.call(randn(200, 30, float64, generator: draws));         // [200, 20]
        var normalised = norm.call(z);                                          // [200, 20]
        m.Says("whatever the affine layer gives, the activation gets mean 0 and variance 1", normalised.mean([0]).abs().max().item<double>() < 1e-12 && (normalised.var([0], unbiased: false) - 1).abs().max().item<double>() < 1e-4,
            $"means up to {Number(z.mean([0]).abs().max().item<double>())} → {Number(normalised.mean([0]).abs().max().item<double>(), 2)}, variances up to {Number(z.var([0], unbiased: false).max().item<double>())} → {Number(normalised.var([0], unbiased: false).max().item<double>(), 6)}");
    }

    private static void EpsilonOutside(ClaimMeasurement m)
    {
        using var layer = nn.BatchNorm1d(1, dtype: float64);
        double reference = layer.call(Numbers())[19, 0].item<double>();
        double inside = 9.5 / Math.Sqrt(33.25 + 1e-5), outside = 9.5 / (Math.Sqrt(33.25) + 1e-5);
        m.Says("ε stands outside of the root, as PyTorch's layer shows", Math.Abs(outside - reference) < 1e-12, $"20 becomes {Number(reference, 9)}; by the note's formula {Number(outside, 9)}, with ε inside {Number(inside, 9)}");
    }

    private static void NearlyOne(ClaimMeasurement m)
    {
        using var norm = new BatchNorm1d(1, dtype: float64);
        double variance = norm.call(Numbers()).var([0, 1], unbiased: false).item<double>();
        m.Says("close to 1", Math.Abs(variance - 1) < 1e-5, $"{Exactly(variance)} for the numbers 1 to 20");
        m.Says("but not exactly 1", variance < 1, $"1 − {Number(1 - variance)}");
    }

    private static void StartsAtOne(ClaimMeasurement m)
    {
        using Generator draws = m.Draws("start");
        using var layer = nn.BatchNorm1d(4, dtype: float64);
        bool ones = layer.weight!.eq(1).all().item<bool>(), zeros = layer.bias!.eq(0).all().item<bool>();
        m.Says("γ starts at 1 and β at 0", ones && zeros, $"γ {(ones ? "all 1" : "not all 1")}, β {(zeros ? "all 0" : "not all 0")}");
        layer.call(randn(30, 4, float64, generator: draws)).exp().sum().backward(); // []
        double slope = Math.Min(layer.weight!.grad!.abs().min().item<double>(), layer.bias!.grad!.abs().min().item<double>());
        m.Says("both have gradients", slope > 0, $"smallest gradient {Number(slope)}");
        m.FindingAsLimit("sigmoid-linearity", "so γ = 1, β = 0, where training starts");
    }

    private static void WorkedExample(ClaimMeasurement m)
    {
        using var norm = new BatchNorm1d(1, eps: 0, dtype: float64);
        double[] values = norm.call(Numbers()).data<double>().ToArray();
        double[] printed = [.. s_printed.Reverse().Select(value => -value), .. s_printed];
        double error = values.Zip(printed, (value, expected) => Math.Abs(value - expected)).Max();
        m.Says("the twenty numbers are as printed", error < 5.1e-9, $"largest difference {Number(error, 2)}, which is the rounding of what was printed");
        (double mean, double variance) = (values.Average(), values.Average(value => value * value));
        m.Says("mean 0.0 and variance 1.0", Math.Abs(mean) < 1e-15 && Math.Abs(variance - 1) < 1e-14, $"mean {Number(mean, 2)}, variance 1 within {Number(Math.Abs(variance - 1), 2)}");
    }

    private static string Exactly(double value) => value.ToString("0.0000000000", System.Globalization.CultureInfo.InvariantCulture);
}
